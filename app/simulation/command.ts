// What a person can do to a running simulation: data with a simulated time. A run is its design, its seed and these.
import type { Micros } from '../foundation/micros.ts';

export type Command = { readonly atUs: Micros } & (
  | {
      /** A host is powered off (nothing answers); a component's process dies (its host refuses). */
      readonly type: 'kill';
      readonly target: string;
    }
  | { readonly type: 'repair'; readonly target: string }
  | {
      /**
       * Settings of a component, a link, the traffic (`users`) or the DNS record (`dns`) change; the rest stays. The
       * patch names only what changes (foundation/merge-patch.ts).
       */
      readonly type: 'reconfigure';
      readonly target: string;
      readonly patch: Readonly<Record<string, unknown>>;
    }
  | {
      /** A word of a program's runtime interface: `['set', 'server', 'Server 1', 'health', 'down']`. */
      readonly type: 'admin';
      readonly target: string;
      readonly words: readonly string[];
    }
);

/** Commands in the order in which they are carried out: by time, then as given. */
export const inOrder = (commands: readonly Command[]): readonly Command[] =>
  commands
    .map((command, index) => ({ command, index }))
    .sort((a, b) => a.command.atUs - b.command.atUs || a.index - b.index)
    .map((entry) => entry.command);

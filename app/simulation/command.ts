// What a person can do to a running simulation: data with a simulated time. A run is its design, its seed and these.
import type { Micros } from '../foundation/micros.ts';

/** What is wrong with an element. Several can be on at once; each ends by itself. */
export type Fault = 'kill' | 'hang' | 'slow' | 'cut' | 'degrade' | 'flood';

export type Command = { readonly atUs: Micros } & (
  | {
      /** A host is powered off (nothing answers); a component's process dies (its host refuses). */
      readonly type: 'kill';
      readonly target: string;
    }
  | {
      /**
       * Every fault of a host, component or link ends, or of the `users` the flood; with `fault`, only that one; with
       * `other`, only the partition of the two hosts.
       */
      readonly type: 'repair';
      readonly target: string;
      readonly fault?: Fault;
      readonly other?: string;
    }
  | {
      /** A process (or every process of a host) is stopped: the kernel goes on accepting, nobody answers. */
      readonly type: 'hang';
      readonly target: string;
    }
  | {
      /** Work that starts on a component (or host) from now on takes `factor` times as long. */
      readonly type: 'slow';
      readonly target: string;
      readonly factor: number;
    }
  | {
      /**
       * A link carries nothing; or, with `other`, no link between two hosts does; or a host's cable is pulled, which its
       * programs can see. What is sent waits for TCP's retries.
       */
      readonly type: 'cut';
      readonly target: string;
      readonly other?: string;
    }
  | {
      /** A link loses this share of its messages (TCP sends them again, later) and delays all of them by `delayMs`. */
      readonly type: 'degrade';
      readonly target: string;
      readonly lossShare: number;
      readonly delayMs: number;
    }
  | {
      /** A second population of clients asks for pages, so many a second, and does not care for the answers. */
      readonly type: 'flood';
      readonly target: string;
      readonly rateRps: number;
    }
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

// The acts of a run as tokens of the timeline, with how long each fault lasted. Pure.
import type { Design } from '../design/design.ts';
import type { IconName } from '../drawing/icons.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { doneTo, isRestart, isReturnOfRestart, said } from '../state/fault-words.ts';
import { truthAt } from '../state/truth.ts';

/** An act on the track. */
export interface TimelineToken {
  readonly atUs: Micros;
  readonly icon: IconName;
  /** `Power off, Server 1`. */
  readonly text: string;
  /** When the fault ended, or null while it lasts and for what has no length. */
  readonly untilUs: Micros | null;
  readonly command: Command;
}

export function tokensOf(design: Design, commands: readonly Command[]): readonly TimelineToken[] {
  const ends = endsOf(design, commands);
  return commands.flatMap((command): readonly TimelineToken[] => {
    const words = said(design, command);
    if (words === null || isReturnOfRestart(commands, command)) return [];
    const again = isRestart(commands, command);
    const name = again ? 'Restart' : words.name;
    const text = command.type === 'flood' ? name : `${name}, ${doneTo(design, command)}`;
    const icon = again ? 'restart' : words.icon;
    return [{ atUs: command.atUs, icon, text, untilUs: ends.get(command) ?? null, command }];
  });
}

/** By the command of a fault: when it was over. */
function endsOf(design: Design, commands: readonly Command[]): ReadonlyMap<Command, Micros> {
  const ends = new Map<Command, Micros>();
  let before: readonly Command[] = [];
  for (const { atUs } of commands) {
    const on = truthAt(design, commands, atUs).faults.map((fault) => fault.command);
    for (const command of before) if (!on.includes(command)) ends.set(command, atUs);
    before = on;
  }
  return ends;
}

/** Tokens narrower apart than this would hide each other. */
const TOKEN_PITCH_PX = 26;

/** Acts that share a token, in their order. */
export type TokenGroup = readonly [TimelineToken, ...TimelineToken[]];

/** Acts too close for a token each share one, which stands at the time of the first. */
export function tokenGroups(tokens: readonly TimelineToken[], pxPerS: number): readonly TokenGroup[] {
  const groups: [TimelineToken, ...TimelineToken[]][] = [];
  for (const token of tokens) {
    const group = groups.at(-1);
    const isNear = group !== undefined && ((token.atUs - group[0].atUs) / SECOND) * pxPerS < TOKEN_PITCH_PX;
    if (isNear) group.push(token);
    else groups.push([token]);
  }
  return groups;
}

/** The act of a group that a press goes to: the first after the playhead, from the last on the first again. */
export const nextOf = (group: TokenGroup, nowUs: Micros): Micros =>
  (group.find((token) => token.atUs > nowUs) ?? group[0]).atUs;

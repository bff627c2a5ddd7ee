// What several recounts read of a played run: its faults, the span that counts, and stretches in which fields keep their values.
import type { Component, Design } from '../../design/design.ts';
import { type Micros, SECOND } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import type { PlayedRequest, PlayedRun } from './played.ts';

/** Where nothing happens, requests count from here on. */
const SETTLED_US = 5 * SECOND;

export const faultsOf = (run: PlayedRun): readonly Command[] =>
  run.commands.filter(({ type }) => type === 'kill' || type === 'hang' || type === 'cut');

export const isCalm = (run: PlayedRun): boolean =>
  !run.isChanged && faultsOf(run).length === 0 && quietOf(run) !== null;

export function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new Error(`No run or part is cited: ${what}.`);
  return one;
}

/** The run as drawn in which just this was killed, hung or cut; of all of it when a type is named. */
export const runWith = (runs: readonly PlayedRun[], target: string, type?: Command['type']): PlayedRun =>
  found(
    runs.find((run) => {
      const faults = faultsOf(run) as readonly { readonly type: string; readonly target: string }[];
      const isIt = faults.every((fault) => fault.target === target && (type === undefined || fault.type === type));
      return !run.isChanged && faults.length > 0 && isIt;
    }),
    `a fault of ${target}`,
  );

export const calmOf = (runs: readonly PlayedRun[]): PlayedRun => found(runs.find(isCalm), 'nothing wrong');

/** When the users stop asking, or null where they do not. */
function quietOf({ commands }: PlayedRun): Micros | null {
  const quiet = commands.find(
    (one) => one.type === 'reconfigure' && one.target === 'users' && one.patch['rateRps'] === 0,
  );
  return quiet?.atUs ?? null;
}

/** From the fault until no more requests start. */
export function spanOf(run: PlayedRun): { readonly fromUs: Micros; readonly toUs: Micros } {
  return { fromUs: faultsOf(run)[0]?.atUs ?? SETTLED_US, toUs: quietOf(run) ?? run.untilUs };
}

/** Those that started in the span, the flood's left out. */
export function requestsIn(run: PlayedRun, kind?: PlayedRequest['kind']): readonly PlayedRequest[] {
  const { fromUs, toUs } = spanOf(run);
  return run.ended.filter(
    (one) => one.startUs >= fromUs && one.startUs < toUs && (kind === undefined || one.kind === kind),
  );
}

export const answeredOf = (requests: readonly PlayedRequest[]): number =>
  requests.filter(({ answered }) => answered).length;

/** A stretch of time in which none of some fields changed. */
export interface Stretch {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly values: readonly number[];
}

/** Of these fields of these elements, in [fromUs, toUs). */
export function stretches(
  run: PlayedRun,
  fields: readonly (readonly [element: string, field: number])[],
  fromUs: Micros,
  toUs: Micros,
): readonly Stretch[] {
  const histories = fields.map(([element, field]) => run.values(element, field));
  const cuts = histories.flatMap((history) => history.map(({ atUs }) => atUs));
  const inside = [...new Set([fromUs, ...cuts.filter((atUs) => atUs > fromUs && atUs < toUs), toUs])];
  inside.sort((one, other) => one - other);
  return inside.slice(0, -1).map((beginUs, at) => ({
    fromUs: beginUs,
    toUs: inside[at + 1] as Micros,
    values: histories.map((history) => history.findLast(({ atUs }) => atUs <= beginUs)?.value ?? 0),
  }));
}

/** How long all of it held. */
export const timeWhen = (all: readonly Stretch[], holds: (values: readonly number[]) => boolean): Micros =>
  all.reduce((sumUs, { fromUs, toUs, values }) => sumUs + (holds(values) ? toUs - fromUs : 0), 0);

/** The parts that a sentence calls by name and server, in its order: `MySQL on Server 2`. */
export function partsNamed(sentence: string, design: Design): readonly Component[] {
  const named = design.components.flatMap((part) => {
    const host = design.hosts.find(({ id }) => id === part.hostId)?.name;
    const at = [...sentence.matchAll(new RegExp(`${part.name} on ${host}(?!\\d)`, 'gi'))][0]?.index ?? -1;
    return at < 0 ? [] : [{ part, at }];
  });
  return named.sort((one, other) => one.at - other.at).map(({ part }) => part);
}

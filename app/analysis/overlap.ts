// How long two elements were in a state at the same time, such as two hosts with one address, or two databases that take writes.
import type { Micros } from '../foundation/micros.ts';
import { elementOf, fieldValues } from './reading.ts';
import type { WatchedRun } from './shared-runs.ts';

/** The time within the watched span during which `isOn` held for a field of both elements, by their ids. */
export function togetherUs(
  { run, fromUs, toUs }: WatchedRun,
  ids: readonly [string, string],
  field: number,
  isOn: (value: number) => boolean,
): Micros {
  const changes = ids
    .flatMap((id, index) => {
      const values = fieldValues(run, elementOf(run.design, id), field, fromUs, toUs);
      return values.map(({ atUs, value }) => ({ atUs, on: isOn(value), index }));
    })
    .sort((a, b) => a.atUs - b.atUs);
  const now = [false, false];
  let sinceUs = fromUs;
  let bothUs = 0;
  for (const { atUs, on, index } of [...changes, { atUs: toUs, on: false, index: 0 }]) {
    if (now[0] && now[1]) bothUs += atUs - sinceUs;
    sinceUs = atUs;
    now[index] = on;
  }
  return bothUs;
}

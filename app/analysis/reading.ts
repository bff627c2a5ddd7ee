// Reads a headless run: how requests ended, what an element's field was, which requests passed a link.
import type { Component, Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { present } from '../foundation/assert.ts';
import type { Micros } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { FIELDS, HopSign, signOf } from '../simulation/trace.ts';
import type { Shares } from './fault-measure.ts';
import type { Knowledge, RunMeasure } from './finding.ts';

const FAILED = OUTCOMES.indexOf('failed');

/** Index of an element in the trace. */
export function elementOf(design: Design, id: string): number {
  const index = elementsOf(design).indexOf(id);
  return present(index < 0 ? null : index, `element ${id}`);
}

/** `nginx`, `MySQL`, `the app server`: how a part is called inside a sentence. */
export const partWords = (part: Component, knowledge: Knowledge): string =>
  knowledge.role(part) === 'computes' ? `the ${part.name}` : part.name;

/** Requests that started in [fromUs, toUs) and have ended, of one server when its link is named. */
export function sharesOf(run: RunMeasure, fromUs: Micros, toUs: Micros, serverLink?: string): Shares {
  const server = serverLink === undefined ? -1 : elementOf(run.design, serverLink);
  const count = { requests: 0, answered: 0, reads: 0, readsAnswered: 0, writes: 0, writesAnswered: 0 };
  for (const { ends } of run.chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const startUs = ends.startUs[row] as number;
      if (startUs < fromUs || startUs >= toUs || (server >= 0 && ends.server[row] !== server)) continue;
      const answered = ends.outcome[row] === FAILED ? 0 : 1;
      count.requests++;
      count.answered += answered;
      if (ends.purpose[row] === Purpose.Write) {
        count.writes++;
        count.writesAnswered += answered;
      } else if (ends.purpose[row] === Purpose.Read) {
        count.reads++;
        count.readsAnswered += answered;
      }
    }
  }
  return count;
}

/** Nearest-rank quantile of how long the answered requests took that started in [fromUs, toUs); null without any. */
export function answerQuantileUs(run: RunMeasure, fromUs: Micros, toUs: Micros, share: number): Micros | null {
  const tookUs = run.chunks.flatMap(({ ends }) =>
    Array.from(ends.startUs).flatMap((startUs, row) =>
      startUs >= fromUs && startUs < toUs && ends.outcome[row] !== FAILED
        ? [(ends.endUs[row] as number) - startUs]
        : [],
    ),
  );
  tookUs.sort((one, other) => one - other);
  return tookUs[Math.ceil(share * tookUs.length) - 1] ?? null;
}

/** The values that a field of an element had in [fromUs, toUs): the one at the start, then each change. */
export function fieldValues(
  run: RunMeasure,
  element: number,
  field: number,
  fromUs: Micros,
  toUs: Micros,
): readonly { readonly atUs: Micros; readonly value: number }[] {
  let before = run.chunks[0]?.base[element * FIELDS + field] ?? 0;
  const within: { atUs: Micros; value: number }[] = [];
  for (const { changes } of run.chunks) {
    for (let row = 0; row < changes.atUs.length; row++) {
      if (changes.element[row] !== element || changes.field[row] !== field) continue;
      const atUs = changes.atUs[row] as number;
      const value = changes.value[row] as number;
      if (atUs < fromUs) before = value;
      else if (atUs < toUs) within.push({ atUs, value });
    }
  }
  return [{ atUs: fromUs, value: before }, ...within];
}

/** Numbers of the requests that were asked along any of these links. */
export function requestsOnLinks(run: RunMeasure, links: readonly string[]): ReadonlySet<number> {
  const elements = new Set(links.map((link) => elementOf(run.design, link)));
  const requests = new Set<number>();
  for (const { hops } of run.chunks) {
    for (let row = 0; row < hops.link.length; row++) {
      const request = hops.request[row] as number;
      if (request === 0 || signOf(hops.what[row] as number) !== HopSign.Ask) continue;
      if (elements.has(hops.link[row] as number)) requests.add(request);
    }
  }
  return requests;
}

/** Numbers of the requests that users started before an instant. */
export function requestsStarted(run: RunMeasure, beforeUs: Micros): readonly number[] {
  return run.chunks.flatMap(({ starts }) =>
    Array.from(starts.request).filter((_, row) => (starts.atUs[row] as number) < beforeUs),
  );
}

/** The same of those that started in [fromUs, toUs): numbers are given in order of arrival. */
export const requestsBetween = (run: RunMeasure, fromUs: Micros, toUs: Micros): readonly number[] =>
  requestsStarted(run, toUs).slice(requestsStarted(run, fromUs).length);

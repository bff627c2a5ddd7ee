// The writes that a page names as lost, as failed yet stored, and as standing in one database only, are those of the trace: over
// runs drawn around their data, at several instants of each.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import { elementsOf } from '../design/elements.ts';
import { randomDataRun } from '../designs/random-data-run.ts';
import { SECOND } from '../foundation/micros.ts';
import { ObservedLogs } from '../simulation/checkers/observed-logs.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import type { Run } from '../simulation/run.ts';
import { ledgerOf, type NamedWrites } from '../simulation/write-ledger.ts';
import type { WriteName } from '../simulation/writes.ts';
import { Timeline } from './timeline.ts';

const SECONDS = 18;
const RUNS = 20;
const choices = { balances: BALANCES };

interface Stored {
  readonly element: number;
  readonly epoch: number;
  readonly position: number;
}

/** What a trace says of the writes, by itself. */
class Truth {
  readonly observed: ObservedLogs;
  private readonly stored = new Map<number, Stored>();
  private readonly saved = new Map<number, boolean>();
  private readonly startedUs = new Map<number, number>();

  constructor(run: Run) {
    this.observed = new ObservedLogs(run.design);
  }

  read(chunk: ReturnType<Timeline['chunk']>): void {
    chunk.starts.request.forEach((request, row) => {
      this.startedUs.set(request, chunk.starts.atUs[row] as number);
    });
    this.observed.read(chunk, {
      took: (element, position, epoch, request) => {
        if (request > 0) this.stored.set(request, { element, epoch, position });
      },
      ended: (row, { ends }) => {
        if (ends.purpose[row] !== Purpose.Write) return;
        this.saved.set(ends.request[row] as number, OUTCOMES[ends.outcome[row] as number] !== 'failed');
      },
    });
  }

  /** Numbers of the requests that ended so and are (not) in the log that counts, oldest stored first. */
  of(isSaved: boolean, isOnRecord: boolean): number[] {
    return [...this.stored]
      .filter(([request]) => this.saved.get(request) === isSaved)
      .filter(([, { element, epoch, position }]) => {
        const record = this.observed.recordOf(element);
        return (record !== undefined && this.observed.holds(record, epoch, position)) === isOnRecord;
      })
      .map(([request]) => request);
  }

  onlyIn(element: number, other: number): number[] {
    return [...this.stored]
      .filter(([, { epoch, position }]) => this.observed.holds(element, epoch, position))
      .filter(([, { epoch, position }]) => !this.observed.holds(other, epoch, position))
      .map(([request]) => request);
  }

  expectStarts(names: readonly WriteName[]): void {
    for (const { request, startUs } of names) expect(startUs).toBe(this.startedUs.get(request));
  }
}

/** Of very many, the first are named: in the order in which they were stored. */
function expectNamed({ count, first }: NamedWrites, truth: readonly number[], isExact: boolean): void {
  expect(first.map(({ request }) => request)).toEqual(truth.slice(0, first.length));
  if (isExact) expect(count).toBe(truth.length);
  else expect(count).toBeGreaterThanOrEqual(truth.length);
  expect(first.length).toBe(Math.min(truth.length, 200));
}

test(`names are the truth, in ${RUNS} runs`, () => {
  let [lost, stored, apart] = [0, 0, 0];
  for (let index = 0; index < RUNS; index++) {
    const run = randomDataRun(20_000 + index, SECONDS, choices);
    const timeline = new Timeline(run, behaviours, structuredClone);
    const truth = new Truth(run);
    const { firstComponent } = elementsOf(run.design);
    for (let second = 0; second < SECONDS; second++) {
      truth.read(timeline.chunk(second));
      if (second % 3 !== 2) continue;
      const ledger = ledgerOf(timeline.worldAt((second + 1) * SECOND - 1).writes, null);
      expectNamed(ledger.lost, truth.of(true, false), true);
      expectNamed(ledger.failedYetStored, truth.of(false, true), true);
      truth.expectStarts([...ledger.lost.first, ...ledger.failedYetStored.first]);
      for (const { component, record, only, onlyRecord } of ledger.apart) {
        const [own, counts] = [firstComponent + component, firstComponent + record];
        // A row that no user's request wrote has no name.
        expectNamed(only, truth.onlyIn(own, counts), false);
        expectNamed(onlyRecord, truth.onlyIn(counts, own), false);
        apart += only.first.length;
      }
      lost += ledger.lost.count;
      stored += ledger.failedYetStored.count;
    }
  }
  for (const named of [lost, stored, apart]) expect(named).toBeGreaterThan(10);
});

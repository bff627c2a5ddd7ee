// The window over hand-made chunks of a design with one balancer and one server.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { type Elements, elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import { Belief, FIELDS, Field, type TraceChunk } from '../simulation/trace.ts';
import { Summariser } from './summarise.ts';
import { Timeline } from './timeline.ts';
import { TraceWindow } from './trace-window.ts';

/** users, dns, a host (2), a component (3), a link (4). */
const ELEMENTS: Elements = {
  count: 5,
  firstHost: 2,
  firstComponent: 3,
  firstLink: 4,
  monitoring: 99,
  ids: ['users', 'dns', 'host', 'part', 'link'],
  indexOf: (id) => ELEMENTS.ids.indexOf(id),
  sortOf: (index) => (['users', 'dns', 'host', 'component', 'link'] as const)[index] ?? 'link',
};

interface Rows {
  readonly base?: readonly number[];
  readonly hops?: readonly (readonly [depart: number, arrive: number])[];
  readonly changes?: readonly (readonly [at: number, element: number, field: number, value: number])[];
  readonly starts?: readonly number[];
  readonly ends?: readonly (readonly [end: number, outcome: number, reason?: number, purpose?: number])[];
}

function chunk(index: number, rows: Rows = {}): TraceChunk {
  const { base, hops = [], changes = [], starts = [], ends = [] } = rows;
  const us = (values: readonly number[]) => Float64Array.from(values, (value) => Math.round((index + value) * SECOND));
  const zeros = (length: number) => new Int32Array(length);
  const bytes = (values: readonly number[]) => Uint8Array.from(values);
  return {
    index,
    base: base === undefined ? zeros(ELEMENTS.count * FIELDS) : Int32Array.from(base),
    hops: {
      departUs: us(hops.map(([depart]) => depart)),
      arriveUs: us(hops.map(([, arrive]) => arrive)),
      link: zeros(hops.length).fill(4),
      request: Int32Array.from(hops, (_, row) => row + 1),
      what: bytes(hops.map(() => 0)),
    },
    changes: {
      atUs: us(changes.map(([at]) => at)),
      element: Int32Array.from(changes, ([, element]) => element),
      field: bytes(changes.map(([, , field]) => field)),
      value: Int32Array.from(changes, ([, , , value]) => value),
    },
    logs: {
      atUs: new Float64Array(),
      element: new Int32Array(),
      position: new Int32Array(),
      epoch: new Int32Array(),
      request: new Int32Array(),
    },
    spans: {
      endUs: us([]),
      arrivedUs: us([]),
      link: zeros(0),
      request: zeros(0),
      purpose: bytes([]),
      good: bytes([]),
      beganUs: us([]),
    },
    starts: { atUs: us(starts), request: zeros(starts.length), purpose: bytes(starts.map(() => 0)) },
    ends: {
      endUs: us(ends.map(([end]) => end)),
      startUs: us(ends.map(() => 0)),
      request: zeros(ends.length),
      purpose: bytes(ends.map(([, , , purpose = 0]) => purpose)),
      outcome: bytes(ends.map(([, outcome]) => outcome)),
      status: zeros(ends.length),
      reason: bytes(ends.map(([, , reason = 0]) => reason)),
      cause: zeros(ends.length).fill(-1),
      termination: bytes(ends.map(() => 0)),
      retries: bytes(ends.map(() => 0)),
      redispatched: bytes(ends.map(() => 0)),
      server: zeros(ends.length),
      staleBy: zeros(ends.length),
      listIndex: zeros(ends.length),
      address: zeros(ends.length),
      cookieState: bytes(ends.map(() => 0)),
      queueUs: us(ends.map(() => -1)),
      connectUs: us(ends.map(() => -1)),
      responseUs: us(ends.map(() => -1)),
      activeUs: us(ends.map(() => -1)),
      serverQueue: zeros(ends.length),
      backendQueue: zeros(ends.length),
    },
    digest: `digest ${index}`,
    events: 0,
  };
}

const summariser = new Summariser(ELEMENTS);

/** As the worker sends it: the chunk, and the summary of the second. */
function take(window: TraceWindow, received: TraceChunk): void {
  window.receive(received);
  window.learn([summariser.summarise(received, window.second(received.index - 1) ?? null)]);
}

const at = (seconds: number): number => Math.round(seconds * SECOND);

describe('fields at an instant', () => {
  const window = new TraceWindow(ELEMENTS);
  window.receive(
    chunk(0, {
      changes: [
        [0.2, 3, Field.Busy, 1],
        [0.5, 3, Field.Busy, 2],
        [0.9, 3, Field.Busy, 0],
      ],
    }),
  );
  const busy = (seconds: number) => window.fieldsAt(at(seconds))?.[3 * FIELDS + Field.Busy];

  test('forwards, backwards and at the very instant of a change', () => {
    expect([0, 0.2, 0.3, 0.5, 0.95, 0.4, 0.1].map(busy)).toEqual([0, 1, 1, 2, 0, 1, 0]);
  });

  test('a moment that is not here has none', () => {
    expect(window.fieldsAt(at(1.5))).toBeNull();
  });

  test('the same array is handed out, so that frames allocate nothing', () => {
    expect(window.fieldsAt(at(0.1))).toBe(window.fieldsAt(at(0.6)));
  });
});

describe('what is held', () => {
  test('missing, covered, evicted', () => {
    const window = new TraceWindow(ELEMENTS);
    for (const index of [0, 1, 2, 5]) take(window, chunk(index));
    expect(window.missing(0, 6)).toEqual([3, 4, 6]);
    expect(window.coveredUntil(at(0.5))).toBe(at(3));
    expect(window.coveredUntil(at(3.5))).toBe(at(3.5));
    window.evict(2, 5, new Set([0]));
    expect([0, 1, 2, 5].filter((index) => window.has(index))).toEqual([0, 2, 5]);
    expect(window.second(1)).toBeDefined();
    expect(window.seconds).toBe(3);
  });

  test('a cut keeps the past of its second to be looked at, and wants the second again', () => {
    const window = new TraceWindow(ELEMENTS);
    for (const index of [0, 1, 2])
      window.receive(
        chunk(index, {
          hops: [
            [0.3, 0.4],
            [0.7, 0.8],
          ],
        }),
      );
    window.cutAt(at(1.5));
    expect(window.has(1)).toBe(false);
    expect(window.missing(0, 2)).toEqual([1, 2]);
    expect(window.fieldsAt(at(1.4))).not.toBeNull();
    // The command comes before all else at its instant: the state there is no longer what it was.
    expect(window.fieldsAt(at(1.5) - 1)).not.toBeNull();
    expect(window.fieldsAt(at(1.5))).toBeNull();
    expect(window.coveredUntil(at(1.2))).toBe(at(1.5) - 1);
    const departed: number[] = [];
    window.forEachHop(at(1), at(2.9), (departUs) => departed.push(departUs));
    expect(departed).toEqual([at(1.3)]);
    window.receive(chunk(1));
    expect(window.has(1)).toBe(true);
  });
});

test('hops are visited by departure, both ends included', () => {
  const window = new TraceWindow(ELEMENTS);
  window.receive(
    chunk(0, {
      hops: [
        [0.1, 0.3],
        [0.5, 0.9],
      ],
    }),
  );
  window.receive(chunk(1, { hops: [[0, 0.2]] }));
  const seen: number[] = [];
  window.forEachHop(at(0.5), at(1), (departUs) => seen.push(departUs));
  expect(seen).toEqual([at(0.5), at(1)]);
});

test('at each instant of a run, all that is under way is visited, even while the DNS has answers to give', () => {
  const design = distributedDesign('classroom');
  const timeline = new Timeline({ design, seed: 4, commands: [] }, behaviours, structuredClone);
  const window = new TraceWindow(elementsOf(design));
  const hops: [departUs: number, arriveUs: number][] = [];
  for (let second = 0; second < 8; second++) {
    const lived = timeline.chunk(second);
    window.receive(lived);
    lived.hops.departUs.forEach((departUs, row) => {
      hops.push([departUs, lived.hops.arriveUs[row] as number]);
    });
  }
  const inOrder = (times: number[]) => times.sort((a, b) => a - b);
  let most = 0;
  for (let nowUs = 0; nowUs < 7 * SECOND; nowUs += 0.03 * SECOND) {
    const seen: number[] = [];
    window.forEachHop(Math.max(0, nowUs - SECOND), nowUs, (departUs, arriveUs) => {
      if (arriveUs > nowUs) seen.push(departUs);
    });
    const underWay = hops.flatMap(([departUs, arriveUs]) => (departUs <= nowUs && nowUs < arriveUs ? [departUs] : []));
    expect(inOrder(seen)).toEqual(inOrder(underWay));
    most = Math.max(most, seen.length);
  }
  expect(most).toBeGreaterThan(5);
});

describe('outcomes', () => {
  const window = new TraceWindow(ELEMENTS);
  take(window, chunk(0, { starts: [0.1, 0.2, 0.6], ends: [[0.5, 0]] }));
  take(
    window,
    chunk(1, {
      starts: [0.3],
      ends: [
        [0.1, 1],
        [0.9, 2, 4, 1],
      ],
    }),
  );
  take(window, chunk(2, { ends: [[0.4, 2, 4, 1]] }));

  test('who was open at the start counts, and who has not ended waits', () => {
    expect(window.outcomes(at(0.4), at(2.2))).toMatchObject({
      total: 4,
      answered: 1,
      retried: 1,
      failed: 1,
      waiting: 1,
    });
    expect(window.outcomes(at(0.5), at(3) - 1)).toMatchObject({
      total: 3,
      answered: 0,
      retried: 1,
      failed: 2,
      waiting: 0,
    });
  });

  test('the second itself is known by its summary', () => {
    expect([0, 1, 2].map((index) => window.second(index)?.waiting)).toEqual([2, 1, 0]);
    expect(window.second(1)?.points).toEqual(Uint32Array.of(100_000, 100_000, 0, 1, 900_000, 900_000, 0, 6));
  });

  test('failures are counted by cause, and stay countable when the chunks are gone', () => {
    const before = window.outcomes(0, at(2.9));
    expect(before.failures).toEqual([{ reason: 4, cause: -1, purpose: 1, count: 2, example: expect.any(Number) }]);
    window.evict(2, 2, new Set());
    expect(window.outcomes(0, at(2.9))).toEqual(before);
  });
});

test('changes of state: the dead, and what HAProxy believes; not busy workers, not the beginning', () => {
  const window = new TraceWindow(ELEMENTS);
  take(
    window,
    chunk(0, {
      changes: [
        [0, 4, Belief.Health, 4],
        [0.4, 3, Field.Busy, 1],
        [0.5, 2, Field.Alive, 2],
      ],
    }),
  );
  take(window, chunk(1, { changes: [[0.2, 4, Belief.Health, 3]] }));
  const found: number[] = [];
  window.forEachStateChange(0, at(9), (change) => found.push(change.atUs));
  expect(found).toEqual([at(0.5), at(1.2)]);
  expect(window.nextStateChange(at(0.5))).toBe(at(1.2));
  expect(window.nextStateChange(at(1.2))).toBeNull();
  expect(window.previousStateChange(at(1.2))).toBe(at(0.5));
  expect(window.previousStateChange(at(0.5))).toBeNull();
  expect(window.lastBecame(2, Field.Alive, 2, at(1.9))).toBe(at(0.5));
});

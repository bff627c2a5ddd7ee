// `balance roundrobin` against HAProxy's recorded orders, and against a second, straightforward implementation of the same
// rules on lists, with random weights, changes and redispatches.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Loads, NO_SERVER, WEIGHT_SCALE } from './algorithm.ts';
import { roundRobin } from './round-robin.ts';

const start = (weights: readonly number[]) => {
  const effective = Int32Array.from(weights, (one) => one * WEIGHT_SCALE);
  return roundRobin.start(effective, effective);
};
/** Nobody is busy; `full` says who is full. */
const loads = (...full: number[]): Loads => ({
  served: new Int32Array(8),
  queued: new Int32Array(8),
  full: Uint8Array.from({ length: 8 }, (_, server) => full[server] ?? 0),
});
const IDLE = loads();
const pick = (state: ReturnType<typeof start>, avoid: number, busy = IDLE) => roundRobin.pick(state, avoid, busy, 0);

function order(weights: readonly number[], picks: number): string {
  const state = start(weights);
  return Array.from({ length: picks }, () => pick(state, NO_SERVER) + 1).join(' ');
}

describe('orders from a fresh start, as recorded from HAProxy 2.6', () => {
  test.each([
    ['1:1', '1 2 1 2'],
    ['1:1:1', '1 2 3 1 2 3'],
    ['1:2', '2 2 1 2 2 1'],
    ['1:3', '2 2 2 1 2 2 2 1'],
    ['5:1:1', '1 1 1 2 1 1 3 1 1 1 2 1 1 3'],
    ['10:7:3', '1 2 1 2 1 3 1 2 1 2 1 3 1 2 1 2 1 1 2 3'],
    ['2:0:1', '1 1 3 1 1 3'],
  ])('weights %s give %s', (weights, expected) => {
    expect(order(weights.split(':').map(Number), expected.split(' ').length)).toBe(expected);
  });
});

test('no usable server gives none, however often it is asked', () => {
  expect(order([0, 0], 3)).toBe('0 0 0');
});

test('a redispatch gets another server and takes its turn', () => {
  const state = start([1, 1]);
  const picks = Array.from({ length: 4 }, () => [pick(state, NO_SERVER), pick(state, 0)]);
  expect(picks).toEqual([
    [0, 1],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test('the server to avoid is taken after all when there is no other', () => {
  const state = start([1, 0]);
  expect([pick(state, 0), pick(state, 0)]).toEqual([0, 0]);
});

test('a full server is passed over, and when all are full there is none', () => {
  const state = start([1, 1, 1]);
  expect(pick(state, NO_SERVER, loads(1, 0, 0))).toBe(1);
  expect(pick(state, NO_SERVER, loads(1, 1, 1))).toBe(NO_SERVER);
});

test('a server that is away for a while leaves all turns to the other, and comes back about one turn later', () => {
  const state = start([1, 1]);
  const picks: number[] = [];
  for (let i = 0; i < 12; i++) {
    if (i === 2) roundRobin.setWeight(state, 0, 0, IDLE);
    if (i === 6) roundRobin.setWeight(state, 0, WEIGHT_SCALE, IDLE);
    picks.push(pick(state, NO_SERVER) + 1);
  }
  expect(picks.slice(2, 6)).toEqual([2, 2, 2, 2]);
  expect(new Set(picks.slice(-4, -2))).toEqual(new Set([1, 2]));
});

/** The rules once more, on plain lists that are sorted whenever something is put in. */
class ListRotation {
  init: Entry[] = [];
  curr: Entry[] = [];
  next: Entry[] = [];
  w = 0;
  n = 0;
  p = 0;
  readonly entries: Entry[];

  constructor(weights: readonly number[]) {
    this.entries = weights.map((weight, id) => ({ id, e: weight * 16, last: 0, next: 0, rem: 0, key: 0 }));
    for (const entry of this.entries) if (entry.e > 0) this.put(this.init, entry, 4096 - entry.e);
    this.n = this.entries.reduce((sum, entry) => sum + entry.e, 0);
    this.w = this.p = this.n;
  }

  put(list: Entry[], entry: Entry, key: number) {
    entry.key = key;
    list.push(entry);
    list.sort((a, b) => a.key - b.key); // stable: equal keys stay in order of insertion
  }

  place(entry: Entry) {
    if (entry.next >= 2 * this.w || entry.next >= this.w + this.n) {
      entry.next -= this.w;
      this.put(this.next, entry, 4096 - entry.e);
    } else this.put(this.curr, entry, 256 * entry.next + Math.floor((4096 + entry.rem - entry.e) / 16));
  }

  take(entry: Entry) {
    for (const list of [this.init, this.curr, this.next]) {
      const at = list.indexOf(entry);
      if (at >= 0) list.splice(at, 1);
    }
  }

  candidate(): Entry | undefined {
    const [first] = this.curr;
    if (first && first.next <= this.p) return first;
    const [waiting] = this.init;
    if (waiting) {
      waiting.next = 0;
      waiting.rem = 0;
      return waiting;
    }
    return first;
  }

  pick(avoid: number): number {
    if (this.w === 0) this.p = this.w = this.n;
    let swapped = false;
    let avoided: Entry | undefined;
    for (;;) {
      const entry = this.candidate();
      if (!entry && swapped) break;
      if (!entry) {
        swapped = true;
        [this.init, this.next] = [this.next, this.init];
        this.w = this.n;
        this.p = this.w;
        continue;
      }
      if (entry.next === 0) entry.next = this.p;
      entry.last = entry.next;
      entry.next += Math.floor(this.n / entry.e);
      entry.rem += this.n % entry.e;
      if (entry.rem >= entry.e) {
        entry.rem -= entry.e;
        entry.next++;
      }
      this.take(entry);
      this.p++;
      if (entry.id === avoid) {
        avoided = entry;
        continue;
      }
      this.place(entry);
      if (avoided && swapped) this.put(this.init, avoided, 4096 - avoided.e);
      else if (avoided) this.place(avoided);
      return entry.id;
    }
    if (avoided) this.place(avoided);
    return avoided?.id ?? -1;
  }

  weigh(id: number, weight: number) {
    const entry = this.entries[id] as Entry;
    const before = entry.e;
    entry.e = weight * 16;
    this.n += entry.e - before;
    if (before === entry.e) return;
    if (entry.e === 0) this.take(entry);
    else if (before === 0) {
      entry.next = this.p + Math.floor((this.n + this.w - this.p) / entry.e);
      this.place(entry);
    } else if (this.init.includes(entry)) {
      this.take(entry);
      this.put(this.init, entry, 4096 - entry.e);
    } else {
      const old = entry.next + (this.next.includes(entry) ? this.w : 0);
      const step = Math.floor(this.n / entry.e);
      entry.next = Math.min(entry.last + step, old);
      entry.rem = 0;
      if (entry.next < this.p + 2) entry.next = this.p + step;
      this.take(entry);
      this.place(entry);
    }
  }
}

interface Entry {
  id: number;
  e: number;
  last: number;
  next: number;
  rem: number;
  key: number;
}

const weight = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 256 }));
const act = fc.record({ server: fc.nat(7), avoids: fc.boolean(), weight: fc.option(weight, { freq: 4 }) });

test('random weights, changes and redispatches give the order of the plain implementation', () => {
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 8 }),
      fc.array(act, { maxLength: 200 }),
      (weights, acts) => {
        const state = start(weights);
        const plain = new ListRotation(weights);
        for (const { server, avoids, weight: changed } of acts) {
          const id = server % weights.length;
          if (changed !== null) {
            roundRobin.setWeight(state, id, changed * WEIGHT_SCALE, IDLE);
            plain.weigh(id, changed);
          }
          const avoid = avoids ? id : NO_SERVER;
          const next = roundRobin.peek(state, IDLE);
          const picked = pick(state, avoid);
          expect(picked).toBe(plain.pick(avoid));
          if (!avoids) expect(next).toBe(picked);
        }
      },
    ),
    { numRuns: 400 },
  );
});

// static-rr, leastconn, first, source and random, each against a second, straightforward implementation of HAProxy's rules with
// random weights, loads, changes and redispatches, and against orders that HAProxy 2.6 was seen to give.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Algorithm, type Loads, NO_SERVER, WEIGHT_SCALE } from './algorithm.ts';
import { firstServer } from './first-server.ts';
import { leastConnections } from './least-connections.ts';
import { mixed } from './mixing.ts';
import { randomDraws, xorshift32 } from './random-draws.ts';
import { sourceMap, sourceRing } from './source-hash.ts';
import { staticRoundRobin } from './static-rr.ts';

const MOST_SERVERS = 6;
const loads = (): Loads => ({
  served: new Int32Array(MOST_SERVERS),
  queued: new Int32Array(MOST_SERVERS),
  full: new Uint8Array(MOST_SERVERS),
});
const IDLE = loads();
const effective = (weights: readonly number[]): Int32Array => Int32Array.from(weights, (one) => one * WEIGHT_SCALE);
const started = <State>(algorithm: Algorithm<State>, weights: readonly number[]): State =>
  algorithm.start(effective(weights), effective(weights));
const weight = fc.integer({ min: 0, max: 12 });
const weightLists = fc.array(weight, { minLength: 1, maxLength: MOST_SERVERS });
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Each slot goes to the first server whose score, raised by its weight, gives the largest whole quotient. */
function plainTable(weights: readonly number[], own: readonly number[]): number[] {
  const divisor = own.reduce(gcd, 0) || 1;
  const reduced = weights.map((one) => one / divisor);
  const total = reduced.reduce((sum, one) => sum + one, 0);
  const scores = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    reduced.forEach((one, server) => {
      scores[server] = (scores[server] ?? 0) + one;
    });
    const values = scores.map((score, server) => (reduced[server] === 0 ? -1 : Math.floor((score + total) / total)));
    const best = values.indexOf(Math.max(...values));
    scores[best] = (scores[best] ?? 0) - total;
    return best;
  });
}

describe('static-rr', () => {
  test.each([
    ['1:1', '1 2 1 2'],
    ['5:1:1', '1 1 1 2 1 1 3 1 1 1 2 1 1 3'],
    ['10:7:3', '1 1 2 1 2 1 3 1 2 1 2 1 2 3 1 1 2 1 2 3'],
    ['1:2', '1 2 2 1 2 2'],
    ['2:0:4', '1 3 3 1 3 3'],
  ])('weights %s give %s', (weights, order) => {
    const state = started(staticRoundRobin, weights.split(':').map(Number));
    const picks = order.split(' ').map(() => staticRoundRobin.pick(state, NO_SERVER, IDLE, 0) + 1);
    expect(picks.join(' ')).toBe(order);
  });

  const act = fc.record({
    server: fc.nat(MOST_SERVERS - 1),
    toggles: fc.boolean(),
    avoid: fc.integer({ min: -1, max: MOST_SERVERS - 1 }),
    full: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: MOST_SERVERS, maxLength: MOST_SERVERS }),
  });

  test('servers that leave and return, are full or to be avoided: as a walk around the plain table', () => {
    fc.assert(
      fc.property(weightLists, fc.array(act, { maxLength: 80 }), (weights, acts) => {
        const state = started(staticRoundRobin, weights);
        const now = [...weights];
        let index = 0;
        for (const { server, toggles, avoid, full } of acts) {
          const id = server % weights.length;
          if (toggles) {
            now[id] = now[id] === 0 ? (weights[id] ?? 0) : 0;
            staticRoundRobin.setWeight(state, id, (now[id] ?? 0) * WEIGHT_SCALE, IDLE);
          }
          const busy = { ...loads(), full: Uint8Array.from(full, (one) => (one === 0 ? 1 : 0)) };
          const table = plainTable(now, weights);
          if (table.length > 0 && index >= table.length) index = 0;
          const walk = table.map((_, step) => (index + step) % table.length);
          const free = walk.filter((slot) => busy.full[table[slot] ?? 0] === 0);
          const slot = free.find((one) => table[one] !== avoid) ?? free.at(-1);
          const expected = slot === undefined ? NO_SERVER : table[slot];
          if (slot !== undefined) index = slot + 1;
          expect(staticRoundRobin.pick(state, avoid, busy, 0)).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** A list in order; a server that is put in goes behind its equals. */
class PlainLeastConnections {
  order: { id: number; key: number }[] = [];
  readonly weights: number[];

  constructor(weights: number[]) {
    this.weights = weights;
    weights.forEach((one, id) => {
      if (one > 0) this.order.push({ id, key: 0 });
    });
  }
  put(id: number, busy: number) {
    const key = busy === 0 ? 0 : Math.floor(((busy + 1) * 4096) / ((this.weights[id] ?? 1) * 16));
    const at = this.order.findIndex((one) => one.key > key);
    this.order.splice(at < 0 ? this.order.length : at, 0, { id, key });
  }
  take(id: number): number {
    const at = this.order.findIndex((one) => one.id === id);
    return at < 0 ? -1 : (this.order.splice(at, 1)[0]?.key ?? -1);
  }
  load(id: number, busy: number) {
    const entry = this.order.find((one) => one.id === id);
    if (!entry) return;
    const key = busy === 0 ? 0 : Math.floor(((busy + 1) * 4096) / ((this.weights[id] ?? 1) * 16));
    if (entry.key === key) return;
    this.take(id);
    this.put(id, busy);
  }
  weigh(id: number, changed: number, busy: number) {
    if (this.weights[id] === changed) return;
    this.weights[id] = changed;
    this.take(id);
    if (changed > 0) this.put(id, busy);
  }
  pick(avoid: number, full: Uint8Array): number {
    const free = this.order.filter((one) => full[one.id] === 0);
    return (free.find((one) => one.id !== avoid) ?? free[0])?.id ?? NO_SERVER;
  }
}

describe('leastconn', () => {
  test('idle servers take turns whatever their weights', () => {
    const state = started(leastConnections, [1, 2, 4]);
    const busy = loads();
    const picks = Array.from({ length: 6 }, () => {
      const server = leastConnections.pick(state, NO_SERVER, busy, 0);
      for (const step of [1, -1]) {
        busy.served[server] = (busy.served[server] ?? 0) + step;
        leastConnections.onLoad?.(state, server, busy);
      }
      return server + 1;
    });
    expect(picks).toEqual([1, 2, 3, 1, 2, 3]);
  });

  test('a change of weight puts an idle server behind its equals (seen at HAProxy 2.6.12)', () => {
    const state = started(leastConnections, [1, 1]);
    leastConnections.setWeight(state, 0, 50 * WEIGHT_SCALE, IDLE);
    expect(leastConnections.pick(state, NO_SERVER, IDLE, 0)).toBe(1);
  });

  const act = fc.record({
    server: fc.nat(MOST_SERVERS - 1),
    what: fc.constantFrom('take', 'give', 'queue', 'weigh', 'pick'),
    weight,
    avoid: fc.integer({ min: -1, max: MOST_SERVERS - 1 }),
    full: fc.nat(3),
  });

  test('requests that come and go, queue and weights that change: as the plain list', () => {
    fc.assert(
      fc.property(weightLists, fc.array(act, { maxLength: 150 }), (weights, acts) => {
        const state = started(leastConnections, weights);
        const plain = new PlainLeastConnections([...weights]);
        const busy = loads();
        for (const { server, what, weight: changed, avoid, full } of acts) {
          const id = server % weights.length;
          const all = () => (busy.served[id] ?? 0) + (busy.queued[id] ?? 0);
          busy.full[id] = full === 0 ? 1 : 0;
          if (what === 'take' || what === 'give') {
            busy.served[id] = Math.max(0, (busy.served[id] ?? 0) + (what === 'take' ? 1 : -1));
            leastConnections.onLoad?.(state, id, busy);
            plain.load(id, all());
          } else if (what === 'queue') busy.queued[id] = (busy.queued[id] ?? 0) + 1;
          else if (what === 'weigh') {
            leastConnections.setWeight(state, id, changed * WEIGHT_SCALE, busy);
            plain.weigh(id, changed, all());
          }
          expect(leastConnections.pick(state, avoid, busy, 0)).toBe(plain.pick(avoid, busy.full));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('first', () => {
  test('the first that is usable and not full, the one to avoid only when there is no other', () => {
    const state = started(firstServer, [1, 0, 1]);
    const full = (...servers: number[]): Loads => ({
      ...loads(),
      full: Uint8Array.from({ length: 6 }, (_, id) => (servers.includes(id) ? 1 : 0)),
    });
    expect(firstServer.pick(state, NO_SERVER, IDLE, 0)).toBe(0);
    expect(firstServer.pick(state, 0, IDLE, 0)).toBe(2);
    expect(firstServer.pick(state, 0, full(2), 0)).toBe(0);
    expect(firstServer.pick(state, NO_SERVER, full(0), 0)).toBe(2);
    expect(firstServer.pick(state, NO_SERVER, full(0, 2), 0)).toBe(NO_SERVER);
  });
});

/** The mixing function once more, on unbounded integers. */
function plainMix(key: number): number {
  const bits = (value: bigint) => BigInt.asUintN(32, value);
  let a = BigInt(key >>> 0);
  a = bits(a + 0x7ed55d16n + (a << 12n));
  a = bits(a ^ 0xc761c23cn ^ (a >> 19n));
  a = bits(a + 0x165667b1n + (a << 5n));
  a = bits(bits(a + 0xd3a2646cn) ^ bits(a << 9n));
  a = bits(a + 0xfd7046c5n + (a << 3n));
  a = bits(a ^ 0xb55a4f09n ^ (a >> 16n));
  return Number(bits(a * 3221225473n));
}

/** The owner of the point that is nearest on the circle, the lower one of two that are equally near. */
function plainOwner(weights: readonly number[], number: number): number {
  let best = { server: NO_SERVER, distance: Number.POSITIVE_INFINITY, isBelow: false };
  weights.forEach((one, server) => {
    for (let j = 0; j < one * 16; j++) {
      const point = plainMix((server + 1) * 4096 + j);
      for (const isBelow of [true, false]) {
        const distance =
          (isBelow ? number - point : point - number) + (isBelow === number >= point || number === point ? 0 : 2 ** 32);
        if (distance < best.distance || (distance === best.distance && isBelow && !best.isBelow))
          best = { server, distance, isBelow };
      }
    }
  });
  return best.server;
}

const address = fc.nat(0xffffffff);

describe('source', () => {
  test('the mixing function is that of HAProxy, bit for bit', () => {
    fc.assert(
      fc.property(address, (key) => {
        expect(mixed(key)).toBe(plainMix(key));
      }),
      { numRuns: 500 },
    );
  });

  test('map-based: the address modulo the length of the plain table', () => {
    fc.assert(
      fc.property(weightLists, address, (weights, key) => {
        const table = plainTable(weights, weights);
        const usable = weights.filter((one) => one > 0).length;
        const expected = table.length === 0 ? NO_SERVER : table[usable === 1 ? 0 : key % table.length];
        expect(sourceMap.pick(started(sourceMap, weights), NO_SERVER, IDLE, key)).toBe(expected);
      }),
    );
  });

  test('consistent: the nearest point of the ring', () => {
    fc.assert(
      fc.property(weightLists, address, (weights, key) => {
        const usable = weights.filter((one) => one > 0).length;
        const expected = plainOwner(weights, usable === 1 ? 0 : key);
        expect(sourceRing.pick(started(sourceRing, weights), NO_SERVER, IDLE, key)).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('consistent: only the clients of a lost server move; a redispatch gets another server', () => {
    const whole = started(sourceRing, [1, 1, 1]);
    const without = started(sourceRing, [1, 0, 1]);
    fc.assert(
      fc.property(address, (key) => {
        const before = sourceRing.pick(whole, NO_SERVER, IDLE, key);
        if (before !== 1) expect(sourceRing.pick(without, NO_SERVER, IDLE, key)).toBe(before);
        expect(sourceRing.pick(whole, before, IDLE, key)).not.toBe(before);
      }),
    );
  });
});

describe('random', () => {
  test("HAProxy's generator repeats the same numbers from its seed", () => {
    expect(xorshift32(2463534242)).toBe(723471715);
    expect(xorshift32(723471715)).toBe(2497366906);
  });

  test('of the servers drawn, the one with the fewest requests per weight; a full one is nobody', () => {
    fc.assert(
      fc.property(
        weightLists,
        fc.array(address, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(5), { minLength: MOST_SERVERS, maxLength: MOST_SERVERS }),
        fc.nat(MOST_SERVERS - 1),
        (weights, drawn, served, fullServer) => {
          const state = started(randomDraws, weights);
          state.drawn = Float64Array.from(drawn);
          const busy = { ...loads(), served: Int32Array.from(served) };
          busy.full[fullServer] = 1;
          const owners = drawn.map((number) =>
            plainOwner(weights, weights.filter((one) => one > 0).length > 0 ? number : 0),
          );
          const best = owners.reduce((kept, server) => {
            const isBusier =
              (served[server] ?? 0) * (weights[kept] ?? 0) > (served[kept] ?? 0) * (weights[server] ?? 0);
            return kept !== server && isBusier ? kept : server;
          });
          expect(randomDraws.pick(state, NO_SERVER, busy, 0)).toBe(best === fullServer ? NO_SERVER : best);
        },
      ),
      { numRuns: 60 },
    );
  });
});

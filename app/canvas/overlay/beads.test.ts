// The picture is a pure function of (trace, playhead, speed): the same moment has the same beads, however one got there.
import { describe, expect, test } from 'vitest';
import { drawKind } from '../../catalogue/figures.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { elementsOf } from '../../design/elements.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { figuresOf } from '../../drawing/figures.ts';
import { wiresOf } from '../../drawing/wires.ts';
import { Purpose } from '../../simulation/message.ts';
import { DNS_ELEMENT, HopSign, hopWhat } from '../../simulation/trace.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { TraceWindow } from '../../timeline/trace-window.ts';
import { BeadKind } from './bead-set.ts';
import { Beads, type HopSource, MOST_BEADS, MOST_BEADS_A_LINK, type Moment, type VisitHop } from './beads.ts';
import { lanesOf } from './lanes.ts';

const design = distributedDesign('realistic');
const elements = elementsOf(design);
const lanes = lanesOf(design, wiresOf(design, figuresOf(design, {}, drawKind)), []);
const USERS_LINK = elements.indexOf('users-haproxy');
const SERVER_LINK = elements.indexOf('haproxy-nginx1');
const COPY_LINK = elements.indexOf('mysql1-mysql2');
const ALIVE = new Float64Array(elements.count).fill(Number.POSITIVE_INFINITY);

type Hop = readonly [departUs: number, arriveUs: number, link: number, request: number, what: number];

const sourceOf = (hops: readonly Hop[]): HopSource => {
  const sorted = [...hops].sort((a, b) => a[0] - b[0]);
  return {
    version: 1,
    forEachHop: (fromUs: number, toUs: number, visit: VisitHop) => {
      for (const hop of sorted) if (hop[1] >= fromUs && hop[0] <= toUs) visit(...hop);
    },
  };
};

/** Requests that go to a server and back: 20 ms to the balancer, 0.25 ms on, 40 ms of work. */
const journey = (request: number, atUs: number, purpose: number = Purpose.Read, sign: number = HopSign.Good): Hop[] => {
  const there = hopWhat(purpose, HopSign.Ask, 0);
  const back = hopWhat(purpose, sign, 0);
  return [
    [atUs, atUs + 20_000, USERS_LINK, request, there],
    [atUs + 20_000, atUs + 20_250, SERVER_LINK, request, there],
    [atUs + 60_250, atUs + 60_500, SERVER_LINK, request, back],
    [atUs + 60_500, atUs + 80_500, USERS_LINK, request, back],
  ];
};

test('what a flood asks is a shape of its own, whatever becomes of it', () => {
  const hops = [...journey(1, 0), ...journey(2, 0, Purpose.Flood), ...journey(3, 0, Purpose.Flood, HopSign.Bad)];
  for (const playheadUs of [10_000, 70_000]) {
    const kinds = pictureOf(new Beads(lanes), sourceOf(hops), at(playheadUs)).map(([request, kind]) => [request, kind]);
    expect(kinds).toEqual([
      [1, BeadKind.Read],
      [2, BeadKind.Flood],
      [3, BeadKind.Flood],
    ]);
  }
});

const traffic = (count: number, everyUs: number): Hop[] =>
  Array.from({ length: count }, (_, n) =>
    journey(n + 1, n * everyUs, n % 10 === 0 ? Purpose.Write : Purpose.Read),
  ).flat();

const at = (playheadUs: number, speed = 1, exact = false): Moment => ({ playheadUs, speed, exact, deadSinceUs: ALIVE });

const pictureOf = (beads: Beads, source: HopSource, moment: Moment) => {
  beads.place(source, moment);
  const { set } = beads;
  return Array.from({ length: set.count }, (_, i) => [
    set.request[i],
    set.kind[i],
    set.link[i],
    set.fraction[i],
    set.direction[i],
  ]);
};

describe('the same moment has the same picture', () => {
  const source = sourceOf(traffic(400, 25_000));

  test('in another instance', () => {
    for (const us of [1_000, 3_210_000, 7_777_777]) {
      expect(pictureOf(new Beads(lanes), source, at(us))).toEqual(pictureOf(new Beads(lanes), source, at(us)));
    }
  });

  test('while paused, and after scrubbing forward and back', () => {
    const beads = new Beads(lanes);
    const first = pictureOf(beads, source, at(4_000_000));
    expect(first.length).toBeGreaterThan(10);
    expect(pictureOf(beads, source, at(4_000_000))).toEqual(first);
    for (let us = 4_000_000; us < 9_000_000; us += 13_000) beads.place(source, at(us));
    beads.place(source, at(250_000, 100));
    expect(pictureOf(beads, source, at(4_000_000))).toEqual(first);
  });
});

describe('exact', () => {
  test('a hop takes its true time, and is nowhere before and after', () => {
    const beads = new Beads(lanes);
    const source = sourceOf(journey(1, 1_000_000));
    const halfway = pictureOf(beads, source, at(1_010_000, 1, true));
    expect(halfway).toEqual([[1, BeadKind.Read, USERS_LINK, 0.5, 1]]);
    expect(pictureOf(beads, source, at(999_999, 1, true))).toEqual([]);
    expect(pictureOf(beads, source, at(1_040_000, 1, true))).toEqual([]);
    expect(pictureOf(beads, source, at(1_070_500, 1, true))).toEqual([[1, BeadKind.Read, USERS_LINK, 0.5, -1]]);
    expect(pictureOf(beads, source, at(1_080_500, 1, true))).toEqual([]);
    expect(beads.stretched).toBe(false);
  });
});

describe('stretched', () => {
  const source = sourceOf(journey(1, 1_000_000));
  const hopMs = 1_600 / lanes.hopsOfRequest;

  test('hops follow each other, none shorter than it can be seen, and the request ends within 1.6 s', () => {
    const beads = new Beads(lanes);
    let seen: (number | undefined)[] = [];
    const stays = new Map<string, number>();
    for (let ms = 0; ms < 2_000; ms++) {
      const picture = pictureOf(beads, source, at(1_000_000 + ms * 1_000));
      expect(picture.length).toBeLessThanOrEqual(1);
      for (const [, , link, , direction] of picture) {
        const key = `${link} ${direction}`;
        stays.set(key, (stays.get(key) ?? 0) + 1);
        if (seen.at(-1) !== link) seen = [...seen, link];
      }
    }
    expect(seen).toEqual([USERS_LINK, SERVER_LINK, USERS_LINK]);
    for (const ms of stays.values()) expect(Math.abs(ms - hopMs)).toBeLessThanOrEqual(1);
    expect([...stays.values()].reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(1_600);
    expect(beads.stretched).toBe(true);
  });

  test('the order of picks is kept', () => {
    const beads = new Beads(lanes);
    const many = sourceOf(traffic(60, 30_000));
    const picked: number[] = [];
    for (let us = 0; us < 3_000_000; us += 4_000) {
      for (const [request, , link, , direction] of pictureOf(beads, many, at(us))) {
        if (link === SERVER_LINK && direction === 1 && !picked.includes(request as number))
          picked.push(request as number);
      }
    }
    expect(picked.length).toBeGreaterThan(40);
    expect(picked).toEqual([...picked].sort((a, b) => a - b));
  });

  test('half the speed takes half the simulated time', () => {
    const slow = pictureOf(new Beads(lanes), source, at(1_050_000, 0.5));
    const fast = pictureOf(new Beads(lanes), source, at(1_100_000, 1));
    expect(slow[0]?.[3]).toBeCloseTo(fast[0]?.[3] as number, 5);
  });

  test('when an element dies, what is only drawn late there is taken off', () => {
    const beads = new Beads(lanes);
    const dead = ALIVE.slice();
    dead[elements.indexOf('nginx1')] = 1_070_000;
    const lateUs = 1_000_000 + hopMs * 1_500;
    expect(pictureOf(beads, source, at(lateUs))).toHaveLength(1);
    expect(pictureOf(beads, source, { ...at(lateUs), deadSinceUs: dead })).toHaveLength(0);
  });
});

describe('failures travel back', () => {
  test('an error answer is a cross on its way to the caller', () => {
    const beads = new Beads(lanes);
    const picture = pictureOf(beads, sourceOf(journey(1, 0, Purpose.Write, HopSign.Bad)), at(70_500, 1, true));
    expect(picture).toEqual([[1, BeadKind.Failed, USERS_LINK, 0.5, -1]]);
  });

  test('what is lost starts at the callee and goes back', () => {
    const beads = new Beads(lanes);
    const lost: Hop = [1_000_000, 1_000_000, USERS_LINK, 7, hopWhat(Purpose.Read, HopSign.Lost, 0)];
    expect(pictureOf(beads, sourceOf([lost]), at(1_005_000, 1, true))).toEqual([
      [7, BeadKind.Failed, USERS_LINK, 0.75, -1],
    ]);
    const missed: Hop = [1_000_000, 1_000_000, USERS_LINK, 0, hopWhat(Purpose.Check, HopSign.Lost, 0)];
    expect(pictureOf(beads, sourceOf([missed]), at(1_005_000, 1, true))[0]?.[1]).toBe(BeadKind.MissedCheck);
  });
});

describe('never more than a person can take in', () => {
  test.each([
    [4, 1],
    [40, 1],
    [400, 10],
    [4_000, 100],
  ])('%i requests a second: one bead stands for %i', (rateRps, scale) => {
    const source = sourceOf(traffic(rateRps * 5, 1_000_000 / rateRps));
    const beads = new Beads(lanes);
    let most = 0;
    for (let us = 2_000_000; us < 4_500_000; us += 61_000) {
      beads.place(source, at(us));
      expect(beads.scale).toBe(scale);
      most = Math.max(most, beads.set.count);
      for (let link = 0; link < lanes.elements; link++)
        expect(beads.set.onLink(link)).toBeLessThanOrEqual(MOST_BEADS_A_LINK);
      for (let i = 0; i < beads.set.count; i++) expect((beads.set.request[i] as number) % scale).toBe(0);
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(MOST_BEADS);
  });

  test('copies are thinned out as well', () => {
    const copies = Array.from({ length: 4_000 }, (_, n): Hop => {
      return [n * 1_000, n * 1_000 + 250, COPY_LINK, 0, hopWhat(Purpose.Copy, HopSign.Ask, 0)];
    });
    const beads = new Beads(lanes);
    const count = pictureOf(beads, sourceOf(copies), at(3_000_000)).length;
    expect(beads.scale).toBe(10);
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThanOrEqual(MOST_BEADS_A_LINK);
  });
});

test('a source that remembers which hops a scale draws gives the same picture', () => {
  const window = new TraceWindow(elements);
  const crowded = { ...design, traffic: { ...design.traffic, rateRps: 1_500 } };
  const timeline = new Timeline({ design: crowded, seed: 1, commands: [] }, behaviours, structuredClone);
  for (const index of [0, 1]) window.receive(timeline.chunk(index));
  const plain: HopSource = { version: 1, forEachHop: (from, to, visit) => window.forEachHop(from, to, visit) };
  const moments = [at(1_700_000), at(1_900_000, 0.1), at(1_400_000)];
  for (const moment of moments) {
    const [sampled, all] = [new Beads(lanes), new Beads(lanes)];
    expect(pictureOf(sampled, window, moment)).toEqual(pictureOf(all, plain, moment));
    expect(sampled.scale).toBeGreaterThan(1);
    expect(sampled.set.count).toBeGreaterThan(0);
  }
});

test('a question to the DNS does not wear the mark of a health check', () => {
  const dns: Hop[] = [[0, 100_000, DNS_ELEMENT, 1, hopWhat(Purpose.Dns, HopSign.Ask, 0)]];
  const beads = new Beads(lanes);
  beads.place(sourceOf(dns), at(50_000, 0.1));
  expect([...beads.set.kind.subarray(0, beads.set.count)]).toEqual([BeadKind.Dns]);
});

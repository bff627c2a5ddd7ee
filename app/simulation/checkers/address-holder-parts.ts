// What the checker of the address's holder knows of a design: who speaks VRRP with whom, by which settings.
import type { Component, Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import type { Command } from '../command.ts';

const KIND = 'virtual-ip';
const LEAST_PRIORITY = 1;
const ADVERTS = 3;

/** One keepalived, and what it has heard so far. */
export interface Speaker {
  readonly id: string;
  readonly part: number;
  readonly host: number;
  readonly version: number;
  readonly intervalUs: number;
  readonly adverts: number;
  /** It accepts lower priorities: `nopreempt`, or a delay that may be running. */
  readonly takesLower: boolean;
  /** Settings of one change while it runs: who reads whom is then not looked at. */
  readonly isChanged: boolean;
  /** All have the same interval, and keep it: else nobody's times are looked at. */
  readonly hasOneBeat: boolean;
  /** The longest that it can wait in silence. */
  readonly longestUs: number;
  skewUs(priority: number): number;
  heardUs: number;
  acceptedUs: number[];
  farewellUs: number;
  mustLeaveUs: number;
  forgetUs: number;
}

export interface Router {
  readonly speakers: readonly Speaker[];
  readonly byPart: ReadonlyMap<number, Speaker>;
  /** By the element of the link: who is at its start and at its end. */
  readonly ways: ReadonlyMap<number, readonly [Speaker, Speaker]>;
  readonly elements: number;
  /** Does one read the other's advertisements? */
  agree(from: Speaker, to: Speaker): boolean;
}

export function readRouter(design: Design, commands: readonly Command[]): Router {
  const elements = elementsOf(design);
  const isChanged = commands.some(
    (one) =>
      one.type === 'reconfigure' && design.components.some((part) => part.kind === KIND && part.id === one.target),
  );
  const speakers = design.components
    .filter((part) => part.kind === KIND)
    .map((part) => speakerOf(part, elements.indexOf(part.id), elements.indexOf(part.hostId), isChanged));
  const byPart = new Map(speakers.map((one) => [one.part, one]));
  const ways = new Map<number, readonly [Speaker, Speaker]>();
  for (const link of design.links) {
    const from = byPart.get(elements.indexOf(link.from));
    const to = byPart.get(elements.indexOf(link.to));
    if (from !== undefined && to !== undefined) ways.set(elements.indexOf(link.id), [from, to]);
  }
  const agree = (from: Speaker, to: Speaker) =>
    from.version === to.version && (to.version === 3 || from.intervalUs === to.intervalUs);
  // Version 3 waits by the interval of whom it hears.
  const hasOneBeat = !isChanged && new Set(speakers.map((one) => one.intervalUs)).size <= 1;
  return {
    speakers: speakers.map((one) => Object.assign(one, { hasOneBeat })),
    byPart,
    ways,
    elements: elements.count,
    agree,
  };
}

function speakerOf({ id, config }: Component, part: number, host: number, isChanged: boolean): Speaker {
  const intervalUs = Number(config['advertIntMs']) * 1_000;
  const version = Number(config['version']);
  const adverts = Number(config['downTimerAdverts'] ?? ADVERTS);
  const unitUs = version === 2 ? 1_000_000 : intervalUs;
  const skewUs = (priority: number) => Math.floor(((256 - priority) * unitUs) / 256);
  return {
    id,
    part,
    host,
    version,
    intervalUs,
    adverts,
    takesLower: config['nopreempt'] === true,
    isChanged,
    hasOneBeat: true,
    longestUs: adverts * intervalUs + skewUs(LEAST_PRIORITY),
    skewUs,
    heardUs: 0,
    acceptedUs: [],
    farewellUs: -1,
    mustLeaveUs: -1,
    forgetUs: Number.NEGATIVE_INFINITY,
  };
}

// Fills a lesson's sentences from the run: every figure that is said was measured. What it reads is the trace, through the
// few questions of `LessonReader`, which the page's trace window answers.
import type { Component, Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { assert } from '../foundation/assert.ts';
import { formatClock, formatDuration, type Micros } from '../foundation/micros.ts';
import { Purpose, reasonCode } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import {
  Belief,
  BeliefState,
  FIELDS,
  Field,
  HopSign,
  purposeOf,
  signOf,
  type TraceChunk,
} from '../simulation/trace.ts';
import type { LessonEvent } from './lesson.ts';

/** The questions to a run; `TraceWindow` has them all. */
export interface LessonReader {
  fieldsAt(us: Micros): Int32Array | null;
  lastBecame(element: number, field: number, value: number, us: Micros): Micros | null;
  forEachEnd(fromUs: Micros, toUs: Micros, visit: (ends: TraceChunk['ends'], row: number) => void): void;
  forEachHop(
    fromUs: Micros,
    toUs: Micros,
    visit: (departUs: Micros, arriveUs: Micros, link: number, request: number, what: number) => void,
  ): void;
  forEachSpan(
    fromUs: Micros,
    toUs: Micros,
    visit: (endUs: Micros, arrivedUs: Micros, link: number, purpose: number, good: number) => void,
  ): void;
}

/** The moment of a lesson. Counts are of (fromUs, nowUs]: since the last act, or the last 10 s when nothing was done yet. */
export interface LessonMoment {
  readonly design: Design;
  readonly reader: LessonReader;
  readonly fromUs: Micros;
  readonly nowUs: Micros;
}

/** How far back counts go before the first act of a lesson. */
export const LOOK_BACK_US: Micros = 10_000_000;

const FAILED = OUTCOMES.indexOf('failed');
const READ_ONLY = reasonCode('read-only');
const MISSING = '--';

/** The sentence with every placeholder filled; one that cannot be measured yet reads `--`. */
export function tell(sentence: string, moment: LessonMoment): string {
  const values = valuesAt(moment);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    assert(value !== undefined, `a lesson's sentence asks for {${name}}, which nobody measures`);
    return value;
  });
}

/** Whether the event has happened in (fromUs, nowUs]. */
export function hasHappened(event: LessonEvent, moment: LessonMoment): boolean {
  const { fromUs } = moment;
  const isNew = (us: Micros | null) => us !== null && us > fromUs;
  switch (event) {
    case 'marked-down':
      return isNew(markedUs(moment, BeliefState.Down));
    case 'marked-up':
      return isNew(markedUs(moment, BeliefState.Up));
    case 'write-saved':
      return isNew(versionOf(moment, 'primary').sinceUs);
    case 'copy-applied':
      return isNew(versionOf(moment, 'replica').sinceUs);
    case 'stale-read':
      return outcomesOf(moment).staleReads > 0;
    case 'write-refused':
      return outcomesOf(moment).readOnly > 0;
  }
}

function valuesAt(moment: LessonMoment): Readonly<Record<string, string | undefined>> {
  const { fromUs } = moment;
  const outcomes = outcomesOf(moment);
  const picks = picksOf(moment);
  const [first, second] = serversOf(moment.design);
  const primary = versionOf(moment, 'primary');
  const replica = versionOf(moment, 'replica');
  const downUs = markedUs(moment, BeliefState.Down);
  const reads = readsOf(moment);
  const count = (host: string | undefined) => String(picks.filter((pick) => pick === host).length);
  return {
    all: String(outcomes.all),
    answered: String(outcomes.answered),
    writes: String(outcomes.writes),
    writesAnswered: String(outcomes.writesAnswered),
    lost: String(outcomes.lost),
    readOnly: String(outcomes.readOnly),
    staleReads: String(outcomes.staleReads),
    staleBy: plural(outcomes.staleBy, 'write'),
    /** Requests that HAProxy passed on: in all, to the first server, to the second, and the last four in words. */
    picked: String(picks.length),
    first: count(first),
    second: count(second),
    turns: picks.length === 0 ? MISSING : picks.slice(-4).join(', '),
    /** From the last act until a server was marked DOWN. */
    detect: downUs !== null && downUs > fromUs ? formatDuration(downUs - fromUs) : MISSING,
    savedAt: primary.sinceUs === null ? MISSING : formatClock(primary.sinceUs),
    saved: String(primary.version),
    copied: String(replica.version),
    lag: lagOf(moment, replica),
    reads: String(reads.primary + reads.replica),
    primaryReads: String(reads.primary),
    replicaReads: String(reads.replica),
  };
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Of the requests that started in the span and have ended; `lost` are those from before that failed in it. */
function outcomesOf({ reader, fromUs, nowUs }: LessonMoment) {
  const count = { all: 0, answered: 0, writes: 0, writesAnswered: 0, lost: 0, readOnly: 0, staleReads: 0, staleBy: 0 };
  reader.forEachEnd(fromUs, nowUs, (ends, row) => {
    const answered = ends.outcome[row] === FAILED ? 0 : 1;
    const behind = ends.staleBy[row] as number;
    if ((ends.startUs[row] as number) <= fromUs) {
      count.lost += 1 - answered;
      return;
    }
    count.all++;
    count.answered += answered;
    if (ends.purpose[row] === Purpose.Write) {
      count.writes++;
      count.writesAnswered += answered;
    }
    if (ends.reason[row] === READ_ONLY) count.readOnly++;
    if (answered === 1 && behind > 0) {
      count.staleReads++;
      count.staleBy = behind;
    }
  });
  return count;
}

const balancerLinks = (design: Design) =>
  design.links.filter((link) =>
    design.components.some((part) => part.id === link.from && part.kind === 'load-balancer'),
  );

const hostName = (design: Design, componentId: string): string => {
  const part = design.components.find((component) => component.id === componentId);
  return design.hosts.find((host) => host.id === part?.hostId)?.name ?? MISSING;
};

/** Names of the servers behind the balancer, in order. */
const serversOf = (design: Design): readonly string[] => balancerLinks(design).map((link) => hostName(design, link.to));

/** Whom each request was passed on to, in order. */
function picksOf({ design, reader, fromUs, nowUs }: LessonMoment): readonly string[] {
  const elements = elementsOf(design);
  const names = new Map(balancerLinks(design).map((link) => [elements.indexOf(link.id), hostName(design, link.to)]));
  const picks: { atUs: Micros; name: string }[] = [];
  reader.forEachHop(fromUs, nowUs, (departUs, _arriveUs, link, request, what) => {
    const name = names.get(link);
    if (name === undefined || request === 0 || signOf(what) !== HopSign.Ask || purposeOf(what) > Purpose.Static) return;
    if (departUs > fromUs && departUs <= nowUs) picks.push({ atUs: departUs, name });
  });
  return picks.sort((a, b) => a.atUs - b.atUs).map((pick) => pick.name);
}

/** When a balancer last came to believe this of a server, and still does. */
function markedUs({ design, reader, nowUs }: LessonMoment, state: number): Micros | null {
  const fields = reader.fieldsAt(nowUs);
  if (fields === null) return null;
  const elements = elementsOf(design);
  const times = balancerLinks(design).flatMap((link) => {
    const element = elements.indexOf(link.id);
    if (fields[element * FIELDS + Belief.State] !== state) return [];
    return reader.lastBecame(element, Belief.State, state, nowUs) ?? [];
  });
  return times.length === 0 ? null : Math.max(...times);
}

interface Version {
  readonly element: number;
  readonly version: number;
  /** Since when its data is that new. */
  readonly sinceUs: Micros | null;
}

const databaseIn = (design: Design, role: 'primary' | 'replica'): Component | undefined =>
  design.components.find((component) => component.kind === 'database' && component.config['role'] === role);

function versionOf({ design, reader, nowUs }: LessonMoment, role: 'primary' | 'replica'): Version {
  const database = databaseIn(design, role);
  const fields = reader.fieldsAt(nowUs);
  if (database === undefined || fields === null) return { element: -1, version: 0, sinceUs: null };
  const element = elementsOf(design).indexOf(database.id);
  const version = fields[element * FIELDS + Field.Version] as number;
  return { element, version, sinceUs: reader.lastBecame(element, Field.Version, version, nowUs) };
}

/** From the commit of the newest write that the replica has until it had it. */
function lagOf(moment: LessonMoment, replica: Version): string {
  const primary = versionOf(moment, 'primary');
  if (replica.sinceUs === null || primary.element < 0) return MISSING;
  const savedUs = moment.reader.lastBecame(primary.element, Field.Version, replica.version, moment.nowUs);
  return savedUs === null ? MISSING : formatDuration(replica.sinceUs - savedUs);
}

/** Reads that each database answered. */
function readsOf({ design, reader, fromUs, nowUs }: LessonMoment): { primary: number; replica: number } {
  const elements = elementsOf(design);
  const roleOf = new Map<number, 'primary' | 'replica'>();
  for (const role of ['primary', 'replica'] as const) {
    const database = databaseIn(design, role);
    for (const link of design.links) if (link.to === database?.id) roleOf.set(elements.indexOf(link.id), role);
  }
  const count = { primary: 0, replica: 0 };
  reader.forEachSpan(fromUs, nowUs, (_endUs, _arrivedUs, link, purpose, good) => {
    const role = roleOf.get(link);
    if (role !== undefined && purpose === Purpose.Read && good === 1) count[role]++;
  });
  return count;
}

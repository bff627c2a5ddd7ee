// The blast radius: one headless run per element, in which a fault befalls it and lasts. What is counted are the requests that
// start after the fault; the users stop after a while so that every one of them has its outcome.
import { type Design, type Link, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Belief, BeliefState } from '../simulation/trace.ts';
import { type Denied, deniedClass, type Wish } from './denied.ts';
import {
  type FaultMeasure,
  type FaultOutcome,
  faultsIn,
  type LastingFault,
  type ServerShares,
  type Shares,
  type Verdict,
} from './fault-measure.ts';
import { detection, lostWrites, recovery, retriedCount, secondCounts } from './fault-reading.ts';
import type { Knowledge, Measure, RunMeasure } from './finding.ts';
import { elementOf, fieldValues, sharesOf } from './reading.ts';

/** The site runs undisturbed first. */
export const FAULT_US: Micros = 5 * SECOND;
/** Long enough for checks to notice and for what comes after. */
const LEAST_WATCHED_US: Micros = 30 * SECOND;
/** More than 100, so that with Poisson arrivals there are 100 but for one run in 100,000. */
const REQUESTS_WANTED = 150;
/** Of reads and of writes where there are any: the second half then has none in one run of ten million. */
const OF_A_CLASS_WANTED = 36;
/** Where so many would take longer, the measure goes by fewer. */
const MOST_WATCHED_US: Micros = 600 * SECOND;

/** From when everybody has noticed until what happened before is over. */
const SETTLING_US = 3 * SECOND;

const wholeSeconds = (us: Micros): Micros => Math.ceil(us / SECOND) * SECOND;

/** Requests that start this long after the fault are counted, at least. */
export function watchedUs(design: Design): Micros {
  const { rateRps, writeShare, staticShare } = design.traffic;
  if (!(rateRps > 0)) return LEAST_WATCHED_US;
  const us = (wanted: number, share: number) => (share > 0 ? Math.ceil(wanted / (rateRps * share)) * SECOND : 0);
  const readShare = 1 - writeShare - staticShare;
  const classesUs = Math.max(us(OF_A_CLASS_WANTED, writeShare), us(OF_A_CLASS_WANTED, readShare));
  return Math.max(LEAST_WATCHED_US, us(REQUESTS_WANTED, 1), Math.min(MOST_WATCHED_US, classesUs));
}

/** The elements that can be killed: hosts, and components that run. */
export function killable(design: Design, knowledge: Knowledge): readonly string[] {
  const running = design.components.filter((component) => knowledge.role(component) !== 'lies-there');
  return [...design.hosts, ...running].map((element) => element.id);
}

/** The links that can be cut: those between two machines, and the users' own. Inside a machine there is no wire. */
export function cuttable(design: Design): readonly string[] {
  const hostOf = (id: string) => wiringOf(design).component(id)?.hostId;
  const isWire = (link: Link) => link.protocol !== 'file' && hostOf(link.from) !== hostOf(link.to);
  return design.links.filter(isWire).map((link) => link.id);
}

/** Commands after which no request starts any more, and the instant at which the last one has its outcome. */
export function untilQuiet(design: Design, fromUs: Micros): { readonly quiet: Command; readonly endUs: Micros } {
  return {
    quiet: { atUs: fromUs, type: 'reconfigure', target: USERS, patch: { rateRps: 0 } },
    endUs: fromUs + fromMs(design.traffic.clientTimeoutMs) + 2 * SECOND,
  };
}

/** The run that a measure of these faults is: the same again to watch it. */
export function faultRun(
  design: Design,
  faults: readonly LastingFault[],
  knowledge: Knowledge,
): { readonly commands: readonly Command[]; readonly lastUs: Micros; readonly endUs: Micros } {
  // In the second half everybody has noticed: the requests of before have ended by then, or most of them.
  const noticedUs = Math.min(MOST_WATCHED_US, 2 * (knowledge.noticedUs(design) + SETTLING_US));
  const lastUs = FAULT_US + Math.max(watchedUs(design), wholeSeconds(noticedUs));
  const { quiet, endUs } = untilQuiet(design, lastUs);
  return { commands: [...faults.map((fault) => ({ atUs: FAULT_US, ...fault })), quiet], lastUs, endUs };
}

/** One element alone, or a pair. */
export const measureFault = (
  design: Design,
  fault: LastingFault,
  knowledge: Knowledge,
  measure: Measure,
): FaultMeasure => ({ fault, target: fault.target, ...measureFaults(design, faultsIn(fault), knowledge, measure) });

/** The death of one element, which most rules ask for. */
export const measureKill = (design: Design, target: string, knowledge: Knowledge, measure: Measure): FaultMeasure =>
  measureFault(design, { type: 'kill', target }, knowledge, measure);

/** Several at the same instant; with none, the site as it is. */
export function measureFaults(
  design: Design,
  faults: readonly LastingFault[],
  knowledge: Knowledge,
  measure: Measure,
): FaultOutcome {
  const { commands, lastUs, endUs } = faultRun(design, faults, knowledge);
  const run = measure(design, commands, endUs);
  const links = design.components.flatMap((component) => knowledge.servers(component).map((server) => server.link));
  const shares = sharesOf(run, FAULT_US, lastUs);
  const settled = sharesOf(run, FAULT_US + (lastUs - FAULT_US) / 2, lastUs);
  return {
    ...shares,
    settled,
    retried: retriedCount(run, FAULT_US, lastUs),
    seconds: secondCounts(run, lastUs),
    servers: links.map(
      (link): ServerShares => ({
        link,
        stayedUp: !wasDown(run, link, lastUs),
        shares: sharesOf(run, FAULT_US, lastUs, link),
      }),
    ),
    ...detection(run, knowledge, FAULT_US, lastUs),
    ...recovery(run, FAULT_US, lastUs),
    lostWrites: lostWrites(run, FAULT_US),
    denied: deniedIn(settled),
    played: { design: null, seed: run.seed, commands, untilUs: run.untilUs },
    verdict: verdictOf(shares, settled),
  };
}

/** Whether a balancer believed the server of this link to be DOWN at some instant after the fault. */
function wasDown(run: RunMeasure, link: string, lastUs: Micros): boolean {
  const beliefs = fieldValues(run, elementOf(run.design, link), Belief.State, FAULT_US, lastUs);
  return beliefs.some((belief) => belief.value === BeliefState.Down);
}

/** What the run showed once things had settled: the class of requests of which none was answered, or null. */
export const deniedBy = ({ denied }: FaultOutcome): Denied | null => denied;

function deniedIn(settled: Shares): Denied | null {
  const { requests, answered, reads, readsAnswered, writes, writesAnswered } = settled;
  const counts: readonly (readonly [Wish, number, number])[] = [
    ['read', reads, readsAnswered],
    ['write', writes, writesAnswered],
    ['static', requests - reads - writes, answered - readsAnswered - writesAnswered],
  ];
  const asked = counts.filter(([, all]) => all > 0);
  const denied = asked.filter(([, , good]) => good === 0);
  return deniedClass(
    denied.map(([wish]) => wish),
    asked.map(([wish]) => wish),
  );
}

function verdictOf(shares: Shares, settled: Shares): Verdict {
  const denied = deniedIn(settled);
  if (denied !== null) return `no-${denied}`;
  if (settled.answered < settled.requests) return 'some-fail';
  return shares.answered < shares.requests ? 'recovers' : 'survives';
}

// The blast radius: one headless run per element, in which the element is killed and stays dead. What is counted are the
// requests that start after the kill; the users stop after a while so that every one of them has its outcome.
import { type Design, USERS } from '../design/design.ts';
import { fromMs, type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Belief, BeliefState } from '../simulation/trace.ts';
import type { KillMeasure, Knowledge, Measure, RunMeasure, ServerShares } from './finding.ts';
import { elementOf, fieldValues, sharesOf } from './reading.ts';

/** The site runs undisturbed first. */
export const KILL_US: Micros = 5 * SECOND;
/** Long enough for checks to notice and for what comes after. */
const LEAST_WATCHED_US: Micros = 30 * SECOND;
/** More than 100, so that with Poisson arrivals there are 100 but for one run in 100,000. */
const REQUESTS_WANTED = 150;

/** Requests that start this long after the kill are counted. */
export function watchedUs(design: Design): Micros {
  const { rateRps } = design.traffic;
  if (!(rateRps > 0)) return LEAST_WATCHED_US;
  return Math.max(LEAST_WATCHED_US, Math.ceil(REQUESTS_WANTED / rateRps) * SECOND);
}

/** The elements that can be killed: hosts, and components that run. */
export function killable(design: Design, knowledge: Knowledge): readonly string[] {
  const running = design.components.filter((component) => knowledge.role(component) !== 'lies-there');
  return [...design.hosts, ...running].map((element) => element.id);
}

/** Commands after which no request starts any more, and the instant at which the last one has its outcome. */
export function untilQuiet(design: Design, fromUs: Micros): { readonly quiet: Command; readonly endUs: Micros } {
  return {
    quiet: { atUs: fromUs, type: 'reconfigure', target: USERS, patch: { rateRps: 0 } },
    endUs: fromUs + fromMs(design.traffic.clientTimeoutMs) + 2 * SECOND,
  };
}

export function measureKill(design: Design, target: string, knowledge: Knowledge, measure: Measure): KillMeasure {
  const lastUs = KILL_US + watchedUs(design);
  const { quiet, endUs } = untilQuiet(design, lastUs);
  const run = measure(design, [{ atUs: KILL_US, type: 'kill', target }, quiet], endUs);
  const links = design.components.flatMap((component) => knowledge.servers(component).map((server) => server.link));
  const downs = links.flatMap((link) => markedDown(run, link, lastUs));
  return {
    target,
    ...sharesOf(run, KILL_US, lastUs),
    settled: sharesOf(run, KILL_US + (lastUs - KILL_US) / 2, lastUs),
    servers: links.map(
      (link): ServerShares => ({
        link,
        stayedUp: markedDown(run, link, lastUs).length === 0,
        shares: sharesOf(run, KILL_US, lastUs, link),
      }),
    ),
    detectUs: downs.length === 0 ? null : Math.min(...downs) - KILL_US,
  };
}

/** Instants after the kill at which a balancer believed the server of this link to be DOWN. */
function markedDown(run: RunMeasure, link: string, lastUs: Micros): readonly Micros[] {
  const beliefs = fieldValues(run, elementOf(run.design, link), Belief.State, KILL_US, lastUs);
  return beliefs.filter((belief) => belief.value === BeliefState.Down).map((belief) => belief.atUs);
}

/** Requests that one failed element denies for as long as it is down. */
export type Denied = 'requests' | 'reads' | 'writes';

/** What the run showed: the class of requests of which none was answered once things had settled, or null. */
export function deniedBy({ settled }: KillMeasure): Denied | null {
  const noReads = settled.reads > 0 && settled.readsAnswered === 0;
  const noWrites = settled.writes > 0 && settled.writesAnswered === 0;
  if (settled.requests > 0 && settled.answered === 0) return 'requests';
  if (noReads) return 'reads';
  return noWrites ? 'writes' : null;
}

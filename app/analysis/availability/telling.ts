// When somebody is told of a failure, by settings alone: what is checked how often, how many checks must fail, how long a message
// takes. The closed form beside what the engine's own monitoring does (simulation/watching.ts); source as for health checks:
// the residual time of a renewal process with a fixed period is uniform, L. Kleinrock, Queueing Systems 1 (1975), sec. 5.2.
import type { AlertRule, Design, Monitoring } from '../../design/design.ts';
import { fallsWith } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { fromMs, type Micros } from '../../foundation/micros.ts';
import { EVALUATION_US } from '../../simulation/watching.ts';
import { type CheckTimes, detection } from '../detection.ts';
import type { LastingFault } from '../fault-measure.ts';
import type { Knowledge } from '../finding.ts';

/** From a failure until somebody is told, over all moments at which it may come. */
export interface Telling {
  readonly rule: AlertRule['type'];
  readonly leastUs: Micros;
  /** Null where the first of several is meant, which depends on how their reports lie to each other. */
  readonly meanUs: Micros | null;
  readonly mostUs: Micros;
}

/** What the closed form is made of: the document, what only the kinds know, and the health checks of the balancers. */
export interface Watched {
  readonly design: Design;
  readonly knowledge: Knowledge;
  readonly checks: readonly CheckTimes[];
}

/**
 * By each rule that sees this failure by itself, soonest first; empty where none does, or where it depends on what the users ask
 * for (errors among the answers, writes that a replica has not).
 */
export function tellings(watched: Watched, fault: LastingFault): readonly Telling[] {
  const { monitoring } = watched.design;
  if (monitoring === null || monitoring.onCall === null) return [];
  const isInside = monitoring.hostId !== null && fallsWith(watched.design, fault.target).has(monitoring.hostId);
  if (isInside) return [];
  const tellUs = fromMs(monitoring.onCall.tellMs);
  const found = monitoring.alerts.flatMap((rule): Telling[] => {
    const firing = firingOf(watched, monitoring, rule, fault);
    if (firing === null) return [];
    const { least, mean, most } = firing;
    const meanUs = mean === null ? null : mean + tellUs;
    return [{ rule: rule.type, leastUs: least + tellUs, meanUs, mostUs: most + tellUs }];
  });
  return found.sort((one, other) => one.mostUs - other.mostUs);
}

/** From the failure until the alert fires. */
interface Firing {
  readonly least: Micros;
  readonly mean: Micros | null;
  readonly most: Micros;
}

function firingOf(watched: Watched, monitoring: Monitoring, rule: AlertRule, fault: LastingFault): Firing | null {
  switch (rule.type) {
    case 'silent-host':
      return silence(watched, monitoring, fromMs(rule.forMs), fault);
    case 'program-down':
      return checked(watched, monitoring, rule.checks, fault);
    case 'server-down':
      return believed(watched, monitoring, fromMs(rule.forMs), fault);
    default:
      return null;
  }
}

/** One after the other. */
const inTurn = (...firings: readonly Firing[]): Firing => ({
  least: firings.reduce((sum, one) => sum + one.least, 0),
  mean: firings.reduce<Micros | null>((sum, { mean }) => (sum === null || mean === null ? null : sum + mean), 0),
  most: firings.reduce((sum, one) => sum + one.most, 0),
});

const always = (us: Micros): Firing => ({ least: us, mean: us, most: us });
/** Until the next of something that comes once in every interval. */
const upTo = (us: Micros): Firing => ({ least: 0, mean: us / 2, most: us });
/** The first look at the rules. */
const LOOK = upTo(EVALUATION_US);

/** The last report came up to an interval before: `forUs` after it the host counts as silent. */
function silence(
  { design, knowledge }: Watched,
  { latencyMs }: Monitoring,
  forUs: Micros,
  fault: LastingFault,
): Firing | null {
  const intervalUs = intervalOf(design, silentHost(design, knowledge, fault));
  if (intervalUs === null || forUs < intervalUs) return null;
  return inTurn(always(forUs + fromMs(latencyMs) - intervalUs), upTo(intervalUs), LOOK);
}

/** A host without power, or one all of whose programs are stopped: its collector is stopped with them. */
function silentHost(design: Design, knowledge: Knowledge, { type, target }: LastingFault): string | null {
  const wiring = wiringOf(design);
  if (type === 'cut') return null;
  if (wiring.host(target) !== undefined) return target;
  const hostId = wiring.component(target)?.hostId ?? null;
  const running = wiring.componentsOn(hostId ?? '').filter((component) => knowledge.role(component) !== 'lies-there');
  return type === 'hang' && running.length === 1 ? hostId : null;
}

/** A check fails with each report from the failure on. */
function checked({ design, knowledge }: Watched, _: Monitoring, checks: number, fault: LastingFault): Firing | null {
  const component = wiringOf(design).component(fault.target);
  if (component === undefined || fault.type === 'cut') return null;
  const intervalUs = intervalOf(design, component.hostId);
  if (intervalUs === null || silentHost(design, knowledge, fault) !== null) return null;
  return inTurn(upTo(intervalUs), always((checks - 1) * intervalUs), LOOK);
}

/** A balancer marks a server DOWN; its host says so with its next report; so it must be for `forUs`, by whole looks. */
function believed(
  { design, checks }: Watched,
  { latencyMs }: Monitoring,
  forUs: Micros,
  fault: LastingFault,
): Firing | null {
  const wiring = wiringOf(design);
  const elements = fault.type === 'cut' ? new Set([fault.target]) : fallsWith(design, fault.target);
  const how =
    fault.type === 'hang' ? 'hangs' : wiring.component(fault.target) === undefined ? 'unreachable' : 'refuses';
  const gone = { elements, how, forUs: null } as const;
  const looksUs = Math.ceil(forUs / EVALUATION_US) * EVALUATION_US;
  const found = checks.flatMap((check): Firing[] => {
    const balancer = wiring.component(wiring.link(check.link)?.from ?? '');
    const intervalUs = intervalOf(design, balancer?.hostId ?? null);
    if (balancer === undefined || intervalUs === null || elements.has(balancer.hostId)) return [];
    const { detect } = detection(design, gone, [check]);
    if (typeof detect === 'string') return [];
    const [least, most] = detect;
    const down = { least, mean: (least + most) / 2, most };
    return [inTurn(down, upTo(intervalUs), always(fromMs(latencyMs) + looksUs), LOOK)];
  });
  const [first] = found;
  if (first === undefined) return null;
  // Each balancer finds out for itself: the first to report it tells.
  return {
    least: Math.min(...found.map(({ least }) => least)),
    mean: found.length === 1 ? first.mean : null,
    most: Math.min(...found.map(({ most }) => most)),
  };
}

function intervalOf(design: Design, hostId: string | null): Micros | null {
  const intervalMs = hostId === null ? undefined : wiringOf(design).host(hostId)?.collector?.intervalMs;
  return intervalMs === undefined ? null : fromMs(intervalMs);
}

/** All rules together: the first that tells. Null where no rule sees it by itself. */
export function firstTelling(found: readonly Telling[]): Telling | null {
  const [first, ...others] = found;
  if (first === undefined) return null;
  const isFirstAlways = others.every(({ leastUs }) => leastUs >= first.mostUs);
  return {
    ...first,
    leastUs: Math.min(...found.map(({ leastUs }) => leastUs)),
    meanUs: isFirstAlways ? first.meanUs : null,
  };
}

// Monitoring: collectors report their hosts, alert rules look at what was reported, and somebody is told. It knows only what
// reports say: a dead host says nothing, which is news of its own. Where the design has no monitoring, nothing here runs.
import { type AlertRule, type Design, type Monitoring, USERS } from '../design/design.ts';
import { fromMs, type Micros, SECOND } from '../foundation/micros.ts';
import type { Engine } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { fieldMs, recordField } from './fields.ts';
import { Purpose } from './message.ts';
import { Alive, Belief, BeliefState, FIELDS, Field, HopSign, hopWhat, Told } from './trace.ts';
import { silentAfterUs, type WatchState } from './watch-state.ts';
import type { World } from './world.ts';

const REPORT = 1;
const HEARD = 2;
const EVALUATE = 3;
const TELL = 4;

/** Alert rules are looked at this often (Prometheus calls it `evaluation_interval`). */
export const EVALUATION_US: Micros = SECOND;
const WHOLE = 10_000;

/** Plans the first report of each collector, spread over their interval, and the first look at the rules. */
export function startWatching(sim: Engine): void {
  const { plan, watch } = sim.world;
  const { monitoring, hosts } = plan.design;
  if (watch === null || monitoring === null) return;
  hosts.forEach(({ collector }, host) => {
    if (collector === null) return;
    arm(sim.world, Math.round((fromMs(collector.intervalMs) * (host + 1)) / (hosts.length + 1)), REPORT, host);
  });
  arm(sim.world, EVALUATION_US, EVALUATE, 0);
  noteState(sim, monitoring, watch);
}

export function onWatchTimer(sim: Engine, code: number, data: number): void {
  const { watch, plan } = sim.world;
  const { monitoring } = plan.design;
  if (watch === null || monitoring === null) return;
  if (code === REPORT) report(sim, monitoring, data);
  else if (code === HEARD) hear(sim, watch, data);
  else if (code === TELL) tell(sim, watch, data);
  else evaluate(sim, monitoring, watch);
}

/** For `failed-answers`: an answer of a component to a request of the users. */
export function countAnswer(watch: WatchState, component: number, isError: boolean): void {
  watch.answers[component] = (watch.answers[component] as number) + 1;
  if (isError) watch.errors[component] = (watch.errors[component] as number) + 1;
}

function arm(world: World, inUs: Micros, code: number, data: number): void {
  world.queue.push(world.nowUs + inUs, EventKind.Timer, code, world.plan.watcher, -1, 0, data);
}

/** A collector is a program of its own: it reports while its host has power and its processor is not stopped altogether. */
function report(sim: Engine, monitoring: Monitoring, host: number): void {
  const { world } = sim;
  const { collector } = world.plan.design.hosts[host] as Design['hosts'][number];
  if (collector === null) return;
  arm(world, fromMs(collector.intervalMs), REPORT, host);
  if (world.powered[host] === 0 || isStopped(world, host)) return;
  const arriveUs = world.nowUs + fromMs(monitoring.latencyMs);
  sim.recorder?.hop(
    world.nowUs,
    arriveUs,
    world.plan.watchElement + 1 + host,
    0,
    hopWhat(Purpose.Check, HopSign.Ask, 0),
  );
  arm(world, arriveUs - world.nowUs, HEARD, host);
}

function isStopped(world: World, host: number): boolean {
  const parts = (world.plan.componentsOf[host] ?? []).filter((part) => world.plan.behaviours[part] !== null);
  return parts.length > 0 && parts.every((part) => world.hung[part] === 1);
}

/** A report has come. Monitoring that runs on a dead host of the site hears nothing. */
function hear(sim: Engine, watch: WatchState, host: number): void {
  const { world } = sim;
  if (!isAwake(world)) return;
  watch.heardUs[host] = world.nowUs;
  let [down, behind, answered, errors] = [0, 0, 0, 0];
  for (const part of world.plan.componentsOf[host] ?? []) {
    watch.failedChecks[part] = answers(world, part) ? 0 : (watch.failedChecks[part] as number) + 1;
    for (const link of world.plan.outgoing[part] ?? []) {
      if (fieldOf(world, world.plan.linkElement + link.index, Belief.Fall) > 0) {
        down += fieldOf(world, world.plan.linkElement + link.index, Belief.State) === BeliefState.Down ? 1 : 0;
      }
    }
    for (const link of world.plan.incoming[part] ?? []) {
      if (world.plan.design.links[link.index]?.protocol === 'replication')
        behind += writesBehind(world, watch, link.index);
      if (link.peerId !== USERS) continue;
      answered += (watch.answers[part] as number) - (watch.reportedAnswers[part] as number);
      errors += (watch.errors[part] as number) - (watch.reportedErrors[part] as number);
      watch.reportedAnswers[part] = watch.answers[part] as number;
      watch.reportedErrors[part] = watch.errors[part] as number;
    }
  }
  watch.serversDown[host] = down;
  watch.behind[host] = behind;
  watch.errorShare[host] = answered === 0 ? 0 : Math.round((errors / answered) * WHOLE);
}

/** A program runs and is not stopped; what only lies there has nothing to answer. */
const answers = (world: World, part: number): boolean =>
  world.plan.behaviours[part] === null || (world.alive[part] === Alive.Up && world.hung[part] === 0);

/** What the primary had a report ago and the replica has not yet: a write that is only on its way is no lag. */
function writesBehind(world: World, watch: WatchState, link: number): number {
  const version = (part: number) => fieldOf(world, world.plan.componentElement + part, Field.Version);
  const before = watch.versions[link] as number;
  watch.versions[link] = version(world.plan.linkFrom[link] as number);
  return Math.max(0, before - version(world.plan.linkTo[link] as number));
}

const fieldOf = (world: World, element: number, field: number): number => world.fields[element * FIELDS + field] ?? 0;

/** Outside, or on a host of the site that has power. */
function isAwake(world: World): boolean {
  const { monitoring, hosts } = world.plan.design;
  if (monitoring === null || monitoring.hostId === null) return true;
  const host = hosts.findIndex((one) => one.id === monitoring.hostId);
  return world.powered[host] === 1 && !isStopped(world, host);
}

function evaluate(sim: Engine, monitoring: Monitoring, watch: WatchState): void {
  const { world } = sim;
  arm(world, EVALUATION_US, EVALUATE, 0);
  if (!isAwake(world)) return;
  monitoring.alerts.forEach((rule, index) => {
    const sinceUs = holdsSinceUs(world, watch, rule, watch.sinceUs[index] as number);
    watch.sinceUs[index] = sinceUs;
    const fires = sinceUs >= 0 && world.nowUs - sinceUs >= forUs(rule);
    if (fires === (watch.firing[index] === 1)) return;
    watch.firing[index] = fires ? 1 : 0;
    if (!fires) watch.told[index] = 0;
    else if (monitoring.onCall !== null) arm(world, fromMs(monitoring.onCall.tellMs), TELL, index);
  });
  noteState(sim, monitoring, watch);
}

const forUs = (rule: AlertRule): Micros => ('forMs' in rule && rule.type !== 'silent-host' ? fromMs(rule.forMs) : 0);

/** Since when the rule's condition has held, by what monitoring knows now; -1 when it does not hold. */
function holdsSinceUs(world: World, watch: WatchState, rule: AlertRule, beforeUs: Micros): Micros {
  return holds(world, watch, rule) ? (beforeUs >= 0 ? beforeUs : world.nowUs) : -1;
}

function holds(world: World, watch: WatchState, rule: AlertRule): boolean {
  const { design } = world.plan;
  switch (rule.type) {
    case 'silent-host':
      return design.hosts.some(
        (host, index) => host.collector !== null && world.nowUs - lastHeardUs(watch, index) >= fromMs(rule.forMs),
      );
    case 'program-down':
      return watch.failedChecks.some((checks) => checks >= rule.checks);
    case 'server-down':
      return watch.serversDown.some((down) => down > 0);
    case 'failed-answers':
      return watch.errorShare.some((share) => share > rule.share * WHOLE);
    case 'replication-lag':
      return watch.behind.some((behind) => behind > 0);
    case 'certificate':
      return design.certificates.some((one) => !one.renewed && daysLeft(world, one.validDays) <= rule.daysBefore);
  }
}

const daysLeft = (world: World, validDays: number): number => validDays - world.nowUs / (86_400 * SECOND);

/** A host that has never been heard is silent from the start of the run. */
const lastHeardUs = (watch: WatchState, host: number): Micros => Math.max(0, watch.heardUs[host] as number);

/** The message has reached who is on call, if the alert still fires. */
function tell(sim: Engine, watch: WatchState, rule: number): void {
  if (watch.firing[rule] === 0) return;
  watch.told[rule] = 1;
  const { monitoring } = sim.world.plan.design;
  if (monitoring !== null) noteState(sim, monitoring, watch);
}

/** For the picture: who reports, how many alerts fire, and since when somebody knows. */
function noteState(sim: Engine, monitoring: Monitoring, watch: WatchState): void {
  const { world } = sim;
  const { watchElement, design } = world.plan;
  let reporting = 0;
  design.hosts.forEach(({ collector }, host) => {
    if (collector === null) return;
    const heardUs = watch.heardUs[host] as number;
    const latestUs = silentAfterUs(fromMs(collector.intervalMs), fromMs(monitoring.latencyMs));
    const isSilent = heardUs < 0 ? world.nowUs > latestUs : world.nowUs - heardUs > latestUs;
    if (heardUs >= 0 && !isSilent) reporting++;
    recordField(sim, watchElement + 1 + host, Told.Silent, isSilent ? 1 : 0);
  });
  const firing = watch.firing.reduce((sum, one) => sum + one, 0);
  const isTold = watch.told.includes(1);
  recordField(sim, watchElement, Told.Reporting, reporting);
  recordField(sim, watchElement, Told.Firing, firing);
  recordField(sim, watchElement, Told.Rule, watch.firing.indexOf(1) + 1);
  if (recordField(sim, watchElement, Told.Somebody, isTold ? 1 : 0))
    recordField(sim, watchElement, Told.SinceMs, fieldMs(world.nowUs));
}

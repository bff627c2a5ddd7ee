// Trace to view: everything that React shows of the run at one instant. Called at most about ten times a second.
import type { Design } from '../design/design.ts';
import { type Micros, MS } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { FIELDS, Field } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import { quantileMs, TrafficMeter } from '../timeline/traffic-meter.ts';
import type { View } from './app.ts';
import { balancerAt, beliefsAt, withTested } from './beliefs.ts';
import { RoleFollower } from './database-roles.ts';
import { DesignFollower } from './design-at.ts';
import { hostViewsOf, linkViewsOf } from './host-views.ts';
import { keepEqual } from './keep-equal.ts';
import type { Moment } from './moment.ts';
import { LATENCY_SPAN_US, type Measured, RATE_SPAN_US, readingsOf, SILENCE_US, SILENT_REQUESTS } from './readings.ts';
import { storyIfLoaded } from './story.ts';
import { type Truth, truthAt } from './truth.ts';

export class Projection {
  private readonly follower = new DesignFollower();
  private readonly roles = new RoleFollower();
  private readonly rates = new TrafficMeter();
  private readonly latencies = new TrafficMeter();
  private view: View | null = null;

  /** The view at this moment, with every part that has not changed; null while the moment is not computed. */
  at(moment: Moment): { readonly view: View; readonly truth: Truth } | null {
    const { nowUs, window, base, commands } = moment;
    const fields = window.fieldsAt(nowUs);
    if (fields === null) return null;
    const asSet = this.follower.at(base, commands, nowUs);
    const design = this.roles.at(asSet, window.elements, fields);
    const truth = truthAt(base, commands, nowUs);
    const measured = this.measure(moment, design, truth, fields);
    const story = storyIfLoaded();
    const plain = readingsOf(measured);
    const bare = { readings: plain, hosts: hostViewsOf(measured, plain), links: linkViewsOf(measured) };
    const { readings, hosts, links } = story?.dressed(measured, bare) ?? bare;
    const second = window.outcomes(Math.max(0, nowUs - 1_000_000), nowUs);
    const view: View = {
      nowUs,
      readings,
      hosts,
      links,
      address: story?.addressFacts(measured) ?? null,
      narration: moment.lesson?.say ?? story?.narration(moment, measured, truth, readings) ?? '',
      asSet,
      design,
      since: story?.sinceView(measured, truth, commands) ?? null,
      lastSecond: { answered: second.answered, retried: second.retried, failed: second.failed },
      lesson: moment.lesson,
      monitoring: story?.monitoringView(measured, readings) ?? null,
      alarm: story?.alarmOf(measured, truth) ?? '',
    };
    this.view = keepEqual(this.view, view);
    return { view: this.view, truth };
  }

  private measure(moment: Moment, design: Design, truth: Truth, fields: Int32Array): Measured {
    const { base, nowUs, window, lesson } = moment;
    const ratesFromUs = Math.max(0, nowUs - RATE_SPAN_US);
    const latenciesFromUs = Math.max(0, nowUs - LATENCY_SPAN_US);
    this.rates.measure(window, ratesFromUs, nowUs);
    this.latencies.measure(window, latenciesFromUs, nowUs);
    const durationsUs: number[] = [];
    window.forEachEnd(latenciesFromUs, nowUs, (ends, row) => {
      if (ends.purpose[row] === Purpose.Flood) return;
      durationsUs.push((ends.endUs[row] as number) - (ends.startUs[row] as number));
    });
    const lately = window.outcomes(Math.max(0, nowUs - SILENCE_US), nowUs);
    return {
      base,
      design,
      nowUs,
      window,
      fields,
      servers: believed(design, truth, window, fields, nowUs),
      rates: this.rates,
      latencies: this.latencies,
      outcomes: window.outcomes(ratesFromUs, nowUs),
      silent: nowUs > SILENCE_US && lately.total === lately.waiting && lately.waiting >= SILENT_REQUESTS,
      usersP99Ms: quantileMs(Float64Array.from(durationsUs), 0.99),
      lesson: lesson?.point ?? null,
    };
  }
}

/** A dead HAProxy believes nothing. */
function believed(design: Design, truth: Truth, window: TraceWindow, fields: Int32Array, nowUs: Micros) {
  const balancer = balancerAt(design, window.elements, fields);
  if (balancer === undefined || truth.isDead(balancer.id)) return [];
  const startedMs = fields[window.elements.indexOf(balancer.id) * FIELDS + Field.SinceMs] ?? 0;
  const startedUs = startedMs === 0 ? 0 : (startedMs + 1) * MS;
  return withTested(beliefsAt(design, window.elements, fields, balancer), window, startedUs, nowUs);
}

/** When two lists of commands first differ, or null when they are the same. */
export function firstDifferenceUs(before: readonly Command[], after: readonly Command[]): Micros | null {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const [one, other] = [before[index], after[index]];
    if (one === other) continue;
    return Math.min(one?.atUs ?? Number.POSITIVE_INFINITY, other?.atUs ?? Number.POSITIVE_INFINITY);
  }
  return null;
}

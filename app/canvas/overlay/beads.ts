// Which beads are where: a pure function of the trace, the playhead and the speed. Forwards, backwards or paused, the same
// moment has the same picture. Allocates nothing per frame.
import type { Micros } from '../../foundation/micros.ts';
import { Purpose } from '../../simulation/message.ts';
import { DNS_ELEMENT, HopSign, purposeOf, retriedOf, signOf } from '../../simulation/trace.ts';
import type { HopSample } from '../../timeline/trace-window.ts';
import { BeadKind, type BeadScale, BeadSet } from './bead-set.ts';
import { Journeys } from './journeys.ts';
import type { Lanes } from './lanes.ts';
import { type Stretch, stretchOf } from './stretch.ts';

/** Where hops come from: `TraceWindow`, or a list in a test. Visits what is under way in [fromUs, toUs], by departure. */
export interface HopSource {
  /** Grows when the trace has changed. */
  readonly version: number;
  forEachHop(fromUs: Micros, toUs: Micros, visit: VisitHop): void;
  /** The same, but only those that `sample` keeps; which they are may be remembered under `sample.name`. */
  forEachSampledHop?(fromUs: Micros, toUs: Micros, sample: HopSample, visit: VisitHop): void;
}
export type VisitHop = (departUs: Micros, arriveUs: Micros, link: number, request: number, what: number) => void;

export interface Moment {
  playheadUs: Micros;
  speed: number;
  /** The design's timings are slow enough to be drawn as they are, at speed 1 and below. */
  exact: boolean;
  /** By element: since when it has been dead at the playhead; Infinity while it lives. */
  deadSinceUs: Float64Array;
}

export const MOST_BEADS = 300;
export const MOST_BEADS_A_LINK = 40;
/** Means above these take the next scale: random traffic then seldom touches the limits themselves. */
const MEAN_BEADS = 220;
const MEAN_BEADS_A_LINK = 28;
const SCALES: readonly BeadScale[] = [1, 10, 100, 1_000];
/** How long the scale is kept, on screen; and the simulated time that decides about the next. */
const SCALE_KEPT_US = 500_000;
const SCALE_SPAN_LEAST_US = 250_000;
const SCALE_SPAN_MOST_US = 5_000_000;
const NEVER_US = -1e15;

export class Beads {
  readonly set: BeadSet;
  scale: BeadScale = 1;
  stretched = false;
  private readonly lanes: Lanes;
  private readonly journeys = new Journeys();
  private stretch: Stretch;
  private nowUs: Micros = 0;
  private deadSinceUs: Float64Array = new Float64Array(0);
  private scaleFromUs = Number.NaN;
  private scaleSpeed = Number.NaN;
  private scaleExact = false;
  private scaleVersion = -1;
  private hopsCounted = 0;
  private countFromUs: Micros = 0;
  private readonly loadUs: Float64Array;

  constructor(lanes: Lanes, capacity = MOST_BEADS, perLinkMost = MOST_BEADS_A_LINK) {
    this.lanes = lanes;
    this.set = new BeadSet(lanes.elements, capacity, perLinkMost);
    this.loadUs = new Float64Array(lanes.elements);
    this.stretch = stretchOf(lanes, 1, true, 0);
  }

  /** Fills `set` with the beads of this moment. */
  place(source: HopSource, moment: Moment): void {
    this.chooseScale(source, moment);
    this.nowUs = moment.playheadUs;
    this.deadSinceUs = moment.deadSinceUs;
    this.stretched = this.stretch.stretched;
    this.set.clear();
    this.journeys.clear();
    const fromUs = Math.max(0, this.nowUs - this.stretch.lookBackUs);
    const sample = SAMPLES[this.scale];
    if (sample === null || source.forEachSampledHop === undefined) source.forEachHop(fromUs, this.nowUs, this.visit);
    else source.forEachSampledHop(fromUs, this.nowUs, sample, this.visit);
  }

  /** A bound function, made once. */
  private readonly visit: VisitHop = (departUs, arriveUs, link, request, what) => {
    if (departUs > this.nowUs) return;
    const purpose = purposeOf(what);
    const sign = signOf(what);
    if (this.scale > 1 && !isDrawnAt(this.scale, request, departUs, what)) return;
    const slot = this.follow(purpose, sign, link, request, departUs);
    const lost = sign === HopSign.Lost;
    const trueEndUs = lost ? departUs + (this.lanes.latencyUs[link] as number) : arriveUs;
    const startUs = slot < 0 ? NEVER_US : (this.journeys.startUs[slot] as number);
    const beginUs = slot < 0 ? departUs : Math.max(departUs, this.journeys.freeUs[slot] as number);
    const endUs = this.endOf(purpose, startUs, beginUs, trueEndUs, trueEndUs - departUs);
    // A question that is lost is lost at the callee, where it arrived: its cross travels back, as all answers do.
    const back = sign !== HopSign.Ask;
    if (slot >= 0) this.journeys.freeUs[slot] = endUs;
    if (beginUs > this.nowUs || endUs <= this.nowUs) return;
    if (endUs > trueEndUs && this.diedAfter(link, trueEndUs)) return;
    const share = (this.nowUs - beginUs) / (endUs - beginUs);
    const kind = this.lanes.report[link] === 1 ? BeadKind.Report : kindOf(purpose, sign, retriedOf(what));
    this.set.add(kind, link, back ? 1 - share : share, back ? -1 : 1, request);
  };

  /** The journey that this hop belongs to, or -1: copies have none, nor has a request that began before the look back. */
  private follow(purpose: number, sign: number, link: number, request: number, departUs: Micros): number {
    if (purpose === Purpose.Copy || purpose === Purpose.Advert) return -1;
    const isCheck = purpose === Purpose.Check;
    const key = isCheck ? ~link : request;
    const found = this.journeys.find(key);
    if (sign !== HopSign.Ask) return found;
    if (isCheck) return this.journeys.begin(key, departUs);
    const enters = link === DNS_ELEMENT || this.lanes.entry[link] === 1;
    return found < 0 && enters ? this.journeys.begin(key, departUs) : found;
  }

  /** Stretched to the least, but a whole request to no more than it may last. */
  private endOf(purpose: number, startUs: Micros, beginUs: Micros, trueEndUs: Micros, trueUs: Micros): Micros {
    const wantedUs = beginUs + Math.max(trueUs, this.stretch.leastHopUs);
    if (purpose === Purpose.Copy || purpose === Purpose.Check || purpose === Purpose.Advert) return wantedUs;
    return Math.min(wantedUs, Math.max(startUs + this.stretch.mostRequestUs, trueEndUs));
  }

  /** One end has died since the hop truly ended: what is only drawn late is taken off at once. */
  private diedAfter(link: number, trueEndUs: Micros): boolean {
    const caller = this.deadSinceUs[this.lanes.caller[link] as number] as number;
    const callee = this.deadSinceUs[this.lanes.callee[link] as number] as number;
    return (trueEndUs <= caller && caller <= this.nowUs) || (trueEndUs <= callee && callee <= this.nowUs);
  }

  private chooseScale(source: HopSource, { playheadUs, speed, exact }: Moment): void {
    const keptUs = Math.max(SCALE_SPAN_LEAST_US, SCALE_KEPT_US * speed);
    const fromUs = Math.floor(playheadUs / keptUs) * keptUs;
    const isSameSpeed = speed === this.scaleSpeed && exact === this.scaleExact;
    if (isSameSpeed && fromUs === this.scaleFromUs && source.version === this.scaleVersion) return;
    this.scaleVersion = source.version;
    this.scaleFromUs = fromUs;
    this.scaleSpeed = speed;
    this.scaleExact = exact;
    const spanUs = Math.min(keptUs, SCALE_SPAN_MOST_US);
    this.hopsCounted = 0;
    this.countFromUs = Math.max(0, fromUs - spanUs);
    this.loadUs.fill(0);
    this.stretch = stretchOf(this.lanes, speed, exact, 0);
    source.forEachHop(this.countFromUs, fromUs, this.count);
    this.stretch = stretchOf(this.lanes, speed, exact, (this.hopsCounted / spanUs) * 1_000_000);
    this.scale = scaleOf(this.loadUs, spanUs);
  }

  private readonly count: VisitHop = (departUs, arriveUs, link) => {
    this.hopsCounted++;
    this.loadUs[link] = (this.loadUs[link] as number) + Math.max(arriveUs - departUs, this.stretch.leastHopUs);
  };
}

/** By Little's law: time on a link, per time, is the mean number of beads there. */
function scaleOf(loadUs: Float64Array, spanUs: Micros): BeadScale {
  let most = 0;
  let all = 0;
  for (let link = 0; link < loadUs.length; link++) {
    const mean = (loadUs[link] as number) / spanUs;
    most = Math.max(most, mean);
    all += mean;
  }
  for (const scale of SCALES) if (most <= MEAN_BEADS_A_LINK * scale && all <= MEAN_BEADS * scale) return scale;
  return 1_000;
}

/** Requests by their number; copies, which have none, by a hash of their moment. Checks are few: all are drawn. */
function isDrawnAt(scale: number, request: number, departUs: Micros, what: number): boolean {
  const purpose = purposeOf(what);
  if (purpose === Purpose.Check || purpose === Purpose.Advert) return true;
  if (purpose === Purpose.Copy) return (Math.imul(departUs | 0, 0x9e3779b1) >>> 8) % scale === 0;
  return request % scale === 0;
}

/** Which hops each scale draws, for a source that remembers them: a crowded picture then costs no more than a quiet one. */
const SAMPLES: Readonly<Record<BeadScale, HopSample | null>> = {
  1: null,
  10: sampleOf(10),
  100: sampleOf(100),
  1000: sampleOf(1_000),
};

function sampleOf(scale: BeadScale): HopSample {
  return { name: scale, keeps: (departUs, request, what) => isDrawnAt(scale, request, departUs, what) };
}

function kindOf(purpose: number, sign: number, retried: number): number {
  const failed = sign === HopSign.Bad || sign === HopSign.Lost;
  if (purpose === Purpose.Check) return failed ? BeadKind.MissedCheck : BeadKind.Check;
  if (purpose === Purpose.Flood) return BeadKind.Flood;
  if (purpose === Purpose.Advert && !failed) return BeadKind.Advert;
  if (failed) return BeadKind.Failed;
  if (purpose === Purpose.Dns) return BeadKind.Dns;
  if (purpose === Purpose.Copy) return BeadKind.Copy;
  if (purpose === Purpose.Write) return retried ? BeadKind.RetriedWrite : BeadKind.Write;
  return retried ? BeadKind.RetriedRead : BeadKind.Read;
}

// Years of failures and repairs, one event after the other. Each part draws from streams of its own, so that the same seed gives the
// same years on every machine, and another part changes nothing for the others. Time is hours as a number and not the engine's
// whole microseconds: a thousand years of those do not fit into a number exactly, and no order of events here hangs on the last bit.
import { ln } from '../../foundation/exact-math.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../../foundation/prng.ts';
import { type ClassLedger, ledgerOf } from './ledger.ts';
import { Soonest } from './soonest.ts';
import { StateMemory, type SystemState } from './states.ts';
import { type Part, type System, YEAR_H } from './system.ts';

/** What the years came to. */
export interface Years {
  /** Fewer than were asked for where too many sets of parts were down together. */
  readonly years: number;
  readonly failures: number;
  /** Failures that were known by a user's complaint. */
  readonly complaints: number;
  /** Promotions that were wanted. */
  readonly promotions: number;
  /** Sets of parts that were down together at some time. */
  readonly states: number;
  readonly classes: readonly ClassLedger[];
}

/** Each set of parts that is down together asks once what is served then, which takes as long as a large drawing has ways. */
const MOST_STATES = 50_000;

/** Same system, years and seed: the same figures. */
export function playYears(system: System, wanted: number, seed: number, mostStates = MOST_STATES): Years {
  const run = new YearsRun(system, seed, wanted);
  let years = 0;
  while (years < wanted && (years === 0 || run.states.size <= mostStates)) {
    years++;
    while (run.nowH < years * YEAR_H) run.step(years * YEAR_H);
  }
  const { failures, complaints, promotions, states } = run;
  const classes = run.ledgers.map((ledger) => ledger.upTo(years));
  return { years, failures, complaints, promotions, states: states.size, classes };
}

/** Mean time from all parts up to the first instant at which nothing of a class is served, over so many times; with its error. */
export function meanTimeToOutageH(
  system: System,
  ofClass: number,
  seed: number,
  times: number,
): { readonly meanH: number; readonly errorH: number } {
  const run = new YearsRun(system, seed, 1);
  let [sum, squares] = [0, 0];
  for (let time = 0; time < times; time++) {
    run.restart();
    while (run.share(ofClass) > 0) run.step(Number.POSITIVE_INFINITY);
    sum += run.nowH;
    squares += run.nowH * run.nowH;
  }
  const meanH = sum / times;
  return { meanH, errorH: Math.sqrt(Math.max(0, squares / times - meanH * meanH) / (times - 1)) };
}

/** A part is up; or down and nobody knows; or known, and somebody on the way; or in line for a crew; or being repaired. */
const UP = 0;
const UNKNOWN = 1;
const KNOWN = 2;
const IN_LINE = 3;
const IN_REPAIR = 4;
const NEVER = Number.POSITIVE_INFINITY;
/** Streams of a part. */
const FAILURE = 0;
const REPAIR = STREAM_WORDS;

class YearsRun {
  nowH = 0;
  failures = 0;
  complaints = 0;
  promotions = 0;
  readonly states: StateMemory;
  readonly ledgers: readonly ClassLedger[];
  private readonly system: System;
  private readonly streams: Int32Array;
  private readonly phase: Uint8Array;
  /** When it fails, is known, is come for or is repaired; and when a user complains of what it does. The earlier of both is next. */
  private readonly nextH: Float64Array;
  private readonly complaintH: Float64Array;
  private readonly soonest: Soonest;
  /** Parts that users will complain of. */
  private felt: readonly number[] = [];
  private readonly line: number[] = [];
  private busyCrews = 0;
  private state: SystemState;
  /** Somebody has promoted what stood by, and it is needed still. */
  private isPromoted = false;
  private promotionH = NEVER;
  /** Whoever comes for this part promotes first; -1: nobody is waited for. */
  private promotionWith = -1;

  constructor(system: System, seed: number, years: number) {
    const { parts } = system;
    this.system = system;
    this.states = new StateMemory(system);
    this.ledgers = Array.from({ length: system.classes }, () => ledgerOf(years, parts.length));
    this.phase = new Uint8Array(parts.length);
    this.nextH = new Float64Array(parts.length);
    this.complaintH = new Float64Array(parts.length).fill(NEVER);
    this.soonest = new Soonest(parts.length);
    // The last stream is the promotion's.
    this.streams = new Int32Array((2 * parts.length + 1) * STREAM_WORDS);
    parts.forEach(({ id }, index) => {
      seedStream(this.streams, this.streamOf(index, FAILURE), seed, `${id}/failure`);
      seedStream(this.streams, this.streamOf(index, REPAIR), seed, `${id}/repair`);
    });
    seedStream(this.streams, 2 * parts.length * STREAM_WORDS, seed, 'promotion');
    this.state = this.states.start;
    this.restart();
  }

  /** Everything is up, at time 0. The streams go on. */
  restart(): void {
    this.nowH = 0;
    this.phase.fill(UP);
    this.line.length = 0;
    this.busyCrews = 0;
    this.state = this.states.start;
    this.complaintH.fill(NEVER);
    this.felt = [];
    this.forgetPromotion();
    this.isPromoted = false;
    this.system.parts.forEach((part, index) => {
      this.plan(index, this.upUntilH(index, part));
    });
  }

  /** What is served of a class now. */
  share(ofClass: number): number {
    const { served, promoted } = this.state.service;
    return (this.isPromoted && promoted !== null ? promoted : served)[ofClass] as number;
  }

  /** The next event, or the end if that comes first. */
  step(endH: number): void {
    const { firstH, first: next } = this.soonest;
    const atH = Math.min(this.promotionH, firstH);
    this.pass(Math.min(atH, endH));
    if (atH >= endH) return;
    if (this.promotionH <= firstH) {
      this.isPromoted = true;
      this.forgetPromotion();
    } else if (this.phase[next] === UP) this.fail(next);
    else if (this.phase[next] === UNKNOWN) this.know(next);
    else if (this.phase[next] === KNOWN) this.come(next);
    else this.repaired(next);
  }

  private pass(toH: number): void {
    if (this.state.isWhole) {
      this.nowH = toH;
      return;
    }
    this.ledgers.forEach((ledger, index) => {
      const share = this.share(index);
      if (share < 1) ledger.lose(this.nowH, toH, 1 - share, this.state.blame[index] as readonly number[]);
      if (share === 0) ledger.outageH += toH - this.nowH;
    });
    this.nowH = toH;
  }

  private fail(index: number): void {
    const part = this.system.parts[index] as Part;
    this.failures++;
    this.phase[index] = UNKNOWN;
    this.plan(index, this.nowH + part.knownAfterH);
    this.moveTo(this.states.with(this.state, index), index);
    this.ledgers.forEach((ledger, ofClass) => {
      const lostH = (part.lostH[ofClass] ?? 0) * this.share(ofClass);
      if (lostH > 0) ledger.loseAt(this.nowH, lostH, index);
    });
  }

  private know(index: number): void {
    if ((this.complaintH[index] as number) < (this.nextH[index] as number)) this.complaints++;
    this.complaintH[index] = NEVER;
    this.phase[index] = KNOWN;
    this.plan(index, this.nowH + this.system.people.reactH);
  }

  private come(index: number): void {
    const { crews } = this.system.people;
    if (index === this.promotionWith) this.beginPromotion();
    if (crews !== null && this.busyCrews >= crews) {
      this.phase[index] = IN_LINE;
      this.plan(index, NEVER);
      this.line.push(index);
      return;
    }
    this.busyCrews++;
    this.phase[index] = IN_REPAIR;
    const { meanRepairH } = this.system.parts[index] as Part;
    this.plan(index, this.nowH + this.exponential(this.streamOf(index, REPAIR), meanRepairH));
  }

  private repaired(index: number): void {
    this.phase[index] = UP;
    this.plan(index, this.nowH + this.upUntilH(index, this.system.parts[index] as Part));
    this.busyCrews--;
    const waiting = this.line.shift();
    if (waiting !== undefined) this.come(waiting);
    this.moveTo(this.states.without(this.state, index), null);
  }

  /** `failed`: the part whose failure leads there; null where a repair does. */
  private moveTo(state: SystemState, failed: number | null): void {
    const before = this.ledgers.map((_, ofClass) => this.share(ofClass));
    this.state = state;
    if (state.service.promoted === null) {
      this.isPromoted = false;
      this.forgetPromotion();
    } else if (!this.isPromoted && this.promotionH === NEVER && this.promotionWith < 0) this.wantPromotion(failed);
    this.ledgers.forEach((ledger, ofClass) => {
      if (this.share(ofClass) === 0 && (before[ofClass] as number) > 0) ledger.outages++;
    });
    this.feel();
  }

  /** Users who are not served complain in a while; who is served again, or by others, does not. */
  private feel(): void {
    const { complainAfterH } = this.system.people;
    if (complainAfterH === null) return;
    const { felt } = this.state;
    for (const index of this.felt) if (!felt.includes(index)) this.complain(index, NEVER);
    for (const index of felt) {
      const isHeard = this.phase[index] !== UNKNOWN || this.complaintH[index] !== NEVER;
      if (!isHeard) this.complain(index, this.nowH + complainAfterH);
    }
    this.felt = felt;
  }

  private complain(index: number, atH: number): void {
    this.complaintH[index] = atH;
    this.soonest.set(index, Math.min(atH, this.nextH[index] as number));
  }

  /** The part's own next event. */
  private plan(index: number, atH: number): void {
    this.nextH[index] = atH;
    this.soonest.set(index, Math.min(atH, this.complaintH[index] as number));
  }

  /** Who comes for what failed promotes first. Where a repair brings back what can be promoted, whoever repaired it does so at once. */
  private wantPromotion(failed: number | null): void {
    if (this.system.people.promotion === null) return;
    if (failed === null) {
      this.isPromoted = true;
      return;
    }
    this.promotions++;
    this.promotionWith = failed;
  }

  private beginPromotion(): void {
    const { promotion } = this.system.people;
    this.promotionWith = -1;
    if (promotion === null) return;
    const stream = 2 * this.system.parts.length * STREAM_WORDS;
    const succeeds = promotion.success >= 1 || nextUniform(this.streams, stream) < promotion.success;
    const tookH = this.exponential(stream, promotion.meanH);
    this.promotionH = this.nowH + tookH + (succeeds ? 0 : this.exponential(stream, promotion.meanRecoveryH));
  }

  private forgetPromotion(): void {
    [this.promotionH, this.promotionWith] = [NEVER, -1];
  }

  private upUntilH(index: number, { meanUpH }: Part): number {
    return meanUpH === null ? NEVER : this.exponential(this.streamOf(index, FAILURE), meanUpH);
  }

  private exponential(stream: number, meanH: number): number {
    return -meanH * ln(nextUniform(this.streams, stream));
  }

  private readonly streamOf = (index: number, which: number): number => 2 * index * STREAM_WORDS + which;
}

// Years of failures and repairs, one event after the other. Each part draws from streams of its own, so that the same seed gives the
// same years on every machine, and another part changes nothing for the others. Time is hours as a number and not the engine's
// whole microseconds: a thousand years of those do not fit into a number exactly, and no order of events here hangs on the last bit.
import { ln } from '../../foundation/exact-math.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../../foundation/prng.ts';
import { type ClassLedger, ledgerOf } from './ledger.ts';
import { StateMemory, type SystemState } from './states.ts';
import { type Part, type System, YEAR_H } from './system.ts';

/** What the years came to. */
export interface Years {
  readonly years: number;
  readonly failures: number;
  /** Promotions that somebody has begun. */
  readonly promotions: number;
  /** Sets of parts that were down together at some time. */
  readonly states: number;
  readonly classes: readonly ClassLedger[];
}

/** Same system, years and seed: the same figures. */
export function playYears(system: System, years: number, seed: number): Years {
  const run = new YearsRun(system, seed, years);
  while (run.nowH < years * YEAR_H) run.step(years * YEAR_H);
  return { years, failures: run.failures, promotions: run.promotions, states: run.states.size, classes: run.ledgers };
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

/** A part is up, or down and nobody is at it, or in line for a crew, or being repaired. */
const UP = 0;
const UNKNOWN = 1;
const IN_LINE = 2;
const IN_REPAIR = 3;
const NEVER = Number.POSITIVE_INFINITY;
/** Streams of a part. */
const FAILURE = 0;
const REPAIR = STREAM_WORDS;

class YearsRun {
  nowH = 0;
  failures = 0;
  promotions = 0;
  readonly states: StateMemory;
  readonly ledgers: readonly ClassLedger[];
  private readonly system: System;
  private readonly streams: Int32Array;
  private readonly phase: Uint8Array;
  private readonly nextH: Float64Array;
  private readonly line: number[] = [];
  private busyCrews = 0;
  private state: SystemState;
  /** Somebody has promoted what stood by, and it is needed still. */
  private isPromoted = false;
  private promotionH = NEVER;

  constructor(system: System, seed: number, years: number) {
    const { parts } = system;
    this.system = system;
    this.states = new StateMemory(system);
    this.ledgers = Array.from({ length: system.classes }, () => ledgerOf(years, parts.length));
    this.phase = new Uint8Array(parts.length);
    this.nextH = new Float64Array(parts.length);
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
    [this.isPromoted, this.promotionH] = [false, NEVER];
    this.system.parts.forEach((part, index) => {
      this.nextH[index] = this.upUntilH(index, part);
    });
  }

  /** What is served of a class now. */
  share(ofClass: number): number {
    const { served, promoted } = this.state.service;
    return (this.isPromoted && promoted !== null ? promoted : served)[ofClass] as number;
  }

  /** The next event, or the end if that comes first. */
  step(endH: number): void {
    let next = -1;
    let atH = this.promotionH;
    for (let index = 0; index < this.nextH.length; index++) {
      if ((this.nextH[index] as number) < atH) {
        atH = this.nextH[index] as number;
        next = index;
      }
    }
    this.pass(Math.min(atH, endH));
    if (atH >= endH) return;
    if (next < 0) this.promote();
    else if (this.phase[next] === UP) this.fail(next);
    else if (this.phase[next] === UNKNOWN) this.come(next);
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
    this.nextH[index] = this.nowH + part.untilRepairH;
    this.moveTo(this.states.with(this.state, index), index);
    this.ledgers.forEach((ledger, ofClass) => {
      const lostH = (part.lostH[ofClass] ?? 0) * this.share(ofClass);
      if (lostH > 0) ledger.loseAt(this.nowH, lostH, index);
    });
  }

  private come(index: number): void {
    const { crews } = this.system;
    if (crews !== null && this.busyCrews >= crews) {
      this.phase[index] = IN_LINE;
      this.nextH[index] = NEVER;
      this.line.push(index);
      return;
    }
    this.busyCrews++;
    this.phase[index] = IN_REPAIR;
    const { meanRepairH } = this.system.parts[index] as Part;
    this.nextH[index] = this.nowH + this.exponential(this.streamOf(index, REPAIR), meanRepairH);
  }

  private repaired(index: number): void {
    this.phase[index] = UP;
    this.nextH[index] = this.nowH + this.upUntilH(index, this.system.parts[index] as Part);
    this.busyCrews--;
    const waiting = this.line.shift();
    if (waiting !== undefined) this.come(waiting);
    this.moveTo(this.states.without(this.state, index), null);
  }

  private promote(): void {
    this.promotionH = NEVER;
    this.isPromoted = true;
  }

  /** `failed`: the part whose failure leads there; null where a repair does. */
  private moveTo(state: SystemState, failed: number | null): void {
    const before = this.ledgers.map((_, ofClass) => this.share(ofClass));
    this.state = state;
    if (state.service.promoted === null) [this.isPromoted, this.promotionH] = [false, NEVER];
    else if (!this.isPromoted && this.promotionH === NEVER) this.wantPromotion(failed);
    this.ledgers.forEach((ledger, ofClass) => {
      if (this.share(ofClass) === 0 && (before[ofClass] as number) > 0) ledger.outages++;
    });
  }

  /**
   * Somebody comes for what failed, and promotes. Where a repair brings back what can be promoted, whoever repaired it does so at
   * once. (theory: failover, X to S.)
   */
  private wantPromotion(failed: number | null): void {
    const { promotion, parts } = this.system;
    if (promotion === null) return;
    if (failed === null) {
      this.isPromoted = true;
      return;
    }
    this.promotions++;
    const stream = 2 * parts.length * STREAM_WORDS;
    const succeeds = promotion.success >= 1 || nextUniform(this.streams, stream) < promotion.success;
    const tookH = this.exponential(stream, promotion.meanH);
    const recoveryH = succeeds ? 0 : this.exponential(stream, promotion.meanRecoveryH);
    this.promotionH = this.nowH + (parts[failed] as Part).untilRepairH + tookH + recoveryH;
  }

  private upUntilH(index: number, { meanUpH }: Part): number {
    return meanUpH === null ? NEVER : this.exponential(this.streamOf(index, FAILURE), meanUpH);
  }

  private exponential(stream: number, meanH: number): number {
    return -meanH * ln(nextUniform(this.streams, stream));
  }

  private readonly streamOf = (index: number, which: number): number => 2 * index * STREAM_WORDS + which;
}

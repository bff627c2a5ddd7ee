// What went over each line in whole seconds of simulated time: what reduced motion shows in place of beads, and the rates in
// the names of the lines. A pure function of the trace and the second.
import { type Micros, SECOND } from '../../foundation/micros.ts';
import { Purpose } from '../../simulation/message.ts';
import { HopSign, purposeOf, signOf } from '../../simulation/trace.ts';
import type { HopSource, VisitHop } from './beads.ts';

export class FlowCounts {
  /** By element of the link: questions that set out, and failures that came back. */
  readonly reads: Int32Array;
  readonly writes: Int32Array;
  readonly copies: Int32Array;
  readonly checks: Int32Array;
  /** Questions of a flood, apart from those of the users. */
  readonly floods: Int32Array;
  readonly failed: Int32Array;
  private fromUs: Micros = 0;
  private toUs: Micros = 0;

  constructor(elements: number) {
    this.reads = new Int32Array(elements);
    this.writes = new Int32Array(elements);
    this.copies = new Int32Array(elements);
    this.checks = new Int32Array(elements);
    this.floods = new Int32Array(elements);
    this.failed = new Int32Array(elements);
  }

  /** Counts the `seconds` whole seconds that ended last before `playheadUs`. */
  count(source: HopSource, playheadUs: Micros, seconds: number): void {
    this.toUs = Math.floor(playheadUs / SECOND) * SECOND;
    this.fromUs = Math.max(0, this.toUs - seconds * SECOND);
    for (const column of [this.reads, this.writes, this.copies, this.checks, this.floods, this.failed]) column.fill(0);
    source.forEachHop(this.fromUs, this.toUs, this.visit);
  }

  private readonly visit: VisitHop = (departUs, _arriveUs, link, _request, what) => {
    if (departUs < this.fromUs || departUs >= this.toUs) return;
    const sign = signOf(what);
    const purpose = purposeOf(what);
    const column = sign === HopSign.Ask ? this.columnOf(purpose) : this.failedColumn(sign, purpose);
    if (column !== null) column[link] = (column[link] as number) + 1;
  };

  /** Failures of the flood are nobody's loss. */
  private failedColumn(sign: number, purpose: number): Int32Array | null {
    return sign === HopSign.Good || purpose === Purpose.Flood || purpose === Purpose.Advert ? null : this.failed;
  }

  /** Advertisements are no traffic: their line says how often they come. */
  private columnOf(purpose: number): Int32Array | null {
    if (purpose === Purpose.Advert) return null;
    if (purpose === Purpose.Check) return this.checks;
    if (purpose === Purpose.Copy) return this.copies;
    if (purpose === Purpose.Flood) return this.floods;
    return purpose === Purpose.Write ? this.writes : this.reads;
  }
}

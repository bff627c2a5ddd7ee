// Timers of one constant delay, first in, first out: they are born in the order in which they are due. Nearly all of them come
// to nothing (the call is over long before its timeout), so a ring stays as small as what is still under way: it fits the
// processor's cache, and a checkpoint copies little.
import type { Micros } from '../foundation/micros.ts';
import type { CallTable } from './calls.ts';

const FIRST_CAPACITY = 64;
/** code, target, call, stamp, data. */
const ROW = 5;

export class DelayRing {
  readonly delayUs: Micros;
  head = 0;
  count = 0;
  timeUs = new Float64Array(FIRST_CAPACITY);
  order = new Float64Array(FIRST_CAPACITY);
  /** code, target, call, stamp, data of each entry. */
  payload = new Int32Array(FIRST_CAPACITY * ROW);

  constructor(delayUs: Micros) {
    this.delayUs = delayUs;
  }

  push(
    timeUs: Micros,
    order: number,
    code: number,
    target: number,
    call: number,
    stamp: number,
    data: number,
    calls: CallTable,
  ): void {
    if (this.count === this.timeUs.length) this.makeRoom(calls.generation);
    const { payload } = this;
    const at = (this.head + this.count++) & (this.timeUs.length - 1);
    this.timeUs[at] = timeUs;
    this.order[at] = order;
    const p = at * ROW;
    payload[p] = code | 0;
    payload[p + 1] = target | 0;
    payload[p + 2] = call | 0;
    payload[p + 3] = stamp | 0;
    payload[p + 4] = data | 0;
  }

  /** Lets go of void entries behind the first one, whose time stands in the heap; doubles when most are not void. */
  private makeRoom(generation: Int32Array): void {
    const size = this.timeUs.length;
    let kept = 1;
    for (let n = 1; n < size; n++) {
      const from = (this.head + n) & (size - 1);
      if (!this.isVoid(from, generation)) this.move(from, (this.head + kept++) & (size - 1));
    }
    this.count = kept;
    if (kept > size / 2) this.grow();
  }

  private isVoid(at: number, generation: Int32Array): boolean {
    const call = this.payload[at * ROW + 2] as number;
    return call >= 0 && generation[call] !== this.payload[at * ROW + 3];
  }

  private move(from: number, to: number): void {
    this.timeUs[to] = this.timeUs[from] as number;
    this.order[to] = this.order[from] as number;
    for (let k = 0; k < ROW; k++) this.payload[to * ROW + k] = this.payload[from * ROW + k] as number;
  }

  private grow(): void {
    const { head, order, payload, timeUs } = this;
    const size = timeUs.length;
    this.timeUs = new Float64Array(size * 2);
    this.order = new Float64Array(size * 2);
    this.payload = new Int32Array(size * 2 * ROW);
    for (let n = 0; n < this.count; n++) {
      const from = (head + n) & (size - 1);
      this.timeUs[n] = timeUs[from] as number;
      this.order[n] = order[from] as number;
      this.payload.set(payload.subarray(from * ROW, (from + 1) * ROW), n * ROW);
    }
    this.head = 0;
  }

  /** Drops entries whose call is over from the front. */
  skipVoid(generation: Int32Array): void {
    const { payload } = this;
    const last = this.timeUs.length - 1;
    let { count, head } = this;
    for (; count > 0; count--) {
      const p = head * ROW;
      const call = payload[p + 2] as number;
      if (call < 0 || generation[call] === payload[p + 3]) break;
      head = (head + 1) & last;
    }
    this.head = head;
    this.count = count;
  }

  shift(): void {
    this.head = (this.head + 1) & (this.timeUs.length - 1);
    this.count--;
  }

  copy(): DelayRing {
    const copy = new DelayRing(this.delayUs);
    copy.head = this.head;
    copy.count = this.count;
    copy.timeUs = this.timeUs.slice();
    copy.order = this.order.slice();
    copy.payload = this.payload.slice();
    return copy;
  }
}

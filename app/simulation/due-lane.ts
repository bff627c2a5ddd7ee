// Messages that take no time, first in, first out: nothing that is not a message at this instant may go before them, so they
// need no way through the heap.
import type { Micros } from '../foundation/micros.ts';

export class DueLane {
  timeUs: Micros = 0;
  head = 0;
  count = 0;
  order = new Float64Array(64);
  /** code, target, call, stamp of each entry. */
  payload = new Int32Array(64 * 4);

  push(timeUs: Micros, order: number, code: number, target: number, call: number, stamp: number): void {
    if (this.count === this.order.length) this.grow();
    const at = (this.head + this.count++) & (this.order.length - 1);
    this.timeUs = timeUs;
    this.order[at] = order;
    const { payload } = this;
    const p = at * 4;
    payload[p] = code | 0;
    payload[p + 1] = target | 0;
    payload[p + 2] = call | 0;
    payload[p + 3] = stamp | 0;
  }

  private grow(): void {
    const size = this.order.length;
    const order = new Float64Array(size * 2);
    const payload = new Int32Array(size * 8);
    for (let i = 0; i < this.count; i++) {
      const from = (this.head + i) & (size - 1);
      order[i] = this.order[from] as number;
      for (let k = 0; k < 4; k++) payload[i * 4 + k] = this.payload[from * 4 + k] as number;
    }
    this.head = 0;
    this.order = order;
    this.payload = payload;
  }

  copy(): DueLane {
    const copy = new DueLane();
    copy.timeUs = this.timeUs;
    copy.head = this.head;
    copy.count = this.count;
    copy.order = this.order.slice();
    copy.payload = this.payload.slice();
    return copy;
  }
}

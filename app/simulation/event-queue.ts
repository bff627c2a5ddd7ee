// The event queue: a binary heap in typed arrays, ordered by time, then class, then sequence; beside it one FIFO ring per
// constant delay, because timers of one delay are born in deadline order and mostly void when due (performance.md C), and a
// lane for messages that take no time.
import type { Micros } from '../foundation/micros.ts';
import type { CallTable } from './calls.ts';

/** What an event is, and its class: at one microsecond, lower goes first. Class 0 are commands, which the loop merges in. */
export const EventKind = { Message: 1, Timer: 2, Arrival: 3, Ring: 4 } as const;

/** Sequence numbers stay below this, so that class * this + sequence is one exact number. */
const CLASS_STEP = 2 ** 48;
const FIRST_CAPACITY = 256;
const MAX_RINGS = 64;
/** `stamp` of a timer that belongs to no call holds the epoch of its component. */
const NO_CALL = -1;

class DelayRing {
  readonly delayUs: Micros;
  head = 0;
  count = 0;
  timeUs = new Float64Array(64);
  order = new Float64Array(64);
  /** code, target, call, stamp, data of each entry. */
  payload = new Int32Array(64 * 5);

  constructor(delayUs: Micros) {
    this.delayUs = delayUs;
  }

  push(timeUs: Micros, order: number, code: number, target: number, call: number, stamp: number, data: number): void {
    if (this.count === this.timeUs.length) this.grow();
    const at = (this.head + this.count++) & (this.timeUs.length - 1);
    this.timeUs[at] = timeUs;
    this.order[at] = order;
    const p = at * 5;
    this.payload[p] = code;
    this.payload[p + 1] = target;
    this.payload[p + 2] = call;
    this.payload[p + 3] = stamp;
    this.payload[p + 4] = data;
  }

  private grow(): void {
    const size = this.timeUs.length;
    const timeUs = new Float64Array(size * 2);
    const order = new Float64Array(size * 2);
    const payload = new Int32Array(size * 10);
    for (let i = 0; i < this.count; i++) {
      const from = (this.head + i) & (size - 1);
      timeUs[i] = this.timeUs[from] as number;
      order[i] = this.order[from] as number;
      for (let k = 0; k < 5; k++) payload[i * 5 + k] = this.payload[from * 5 + k] as number;
    }
    this.head = 0;
    this.timeUs = timeUs;
    this.order = order;
    this.payload = payload;
  }

  /** Drops entries whose call is over from the front. */
  skipVoid(generation: Int32Array): void {
    while (this.count > 0) {
      const call = this.payload[this.head * 5 + 2] as number;
      if (call < 0 || generation[call] === this.payload[this.head * 5 + 3]) return;
      this.shift();
    }
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

/** Messages that take no time, first in, first out: nothing that is not a message at this instant may go before them. */
class DueLane {
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
    const p = at * 4;
    this.payload[p] = code;
    this.payload[p + 1] = target;
    this.payload[p + 2] = call;
    this.payload[p + 3] = stamp;
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

export class EventQueue {
  /** The event that `pop` took: its fields, so that popping allocates nothing. */
  readonly timeUs = new Float64Array(1);
  kind = 0;
  code = 0;
  target = 0;
  call = NO_CALL;
  stamp = 0;
  data = 0;

  private size = 0;
  /** The top of the heap was taken. What is pushed next goes there: one way through the heap instead of two. */
  private hasHole = false;
  private sequence = 0;
  private heapTime = new Float64Array(FIRST_CAPACITY + 1);
  private heapOrder = new Float64Array(FIRST_CAPACITY + 1);
  private heapSlot = new Int32Array(FIRST_CAPACITY + 1);
  /** kind, code, target, call, stamp, data of each slot. */
  private payload = new Int32Array(FIRST_CAPACITY * 6);
  private freeSlots = Int32Array.from({ length: FIRST_CAPACITY }, (_, i) => FIRST_CAPACITY - 1 - i);
  private freeCount = FIRST_CAPACITY;
  private rings: DelayRing[] = [];
  private lane = new DueLane();

  /** An event at an absolute time. */
  push(timeUs: Micros, kind: number, code: number, target: number, call: number, stamp: number, data: number): void {
    this.insert(timeUs, kind * CLASS_STEP + this.sequence++, kind, code, target, call, stamp, data);
  }

  /** A message that arrives at the instant at which it is sent: in the order of the heap, without a way through it. */
  pushDue(nowUs: Micros, code: number, target: number, call: number, stamp: number): void {
    this.lane.push(nowUs, EventKind.Message * CLASS_STEP + this.sequence++, code, target, call, stamp);
  }

  /** A timer `delayUs` after `nowUs`. Timers of one delay share a ring. */
  pushTimer(
    nowUs: Micros,
    delayUs: Micros,
    code: number,
    target: number,
    call: number,
    stamp: number,
    data: number,
  ): void {
    const index = this.ringFor(delayUs);
    const order = EventKind.Timer * CLASS_STEP + this.sequence++;
    if (index < 0) {
      this.insert(nowUs + delayUs, order, EventKind.Timer, code, target, call, stamp, data);
      return;
    }
    const ring = this.rings[index] as DelayRing;
    ring.push(nowUs + delayUs, order, code, target, call, stamp, data);
    if (ring.count === 1) this.insert(nowUs + delayUs, order, EventKind.Ring, 0, index, NO_CALL, 0, 0);
  }

  /** Takes the next event before `endUs` into the fields, void timers left out. False: there is none. */
  take(endUs: Micros, calls: CallTable): boolean {
    for (;;) {
      if (this.hasHole) this.closeHole();
      const { lane } = this;
      if (lane.count > 0 && !this.isHeapFirst()) {
        if (lane.timeUs >= endUs) return false;
        this.takeLane();
      } else {
        if (this.size === 0 || (this.heapTime[0] as number) >= endUs) return false;
        this.takeTop(calls);
      }
      if (this.call < 0 || calls.generation[this.call] === this.stamp) return true;
    }
  }

  private takeTop(calls: CallTable): void {
    const p = (this.heapSlot[0] as number) * 6;
    const kind = this.payload[p] as number;
    if (kind === EventKind.Ring) {
      this.takeRing(this.payload[p + 2] as number, calls);
      return;
    }
    this.timeUs[0] = this.heapTime[0] as number;
    this.kind = kind;
    this.code = this.payload[p + 1] as number;
    this.target = this.payload[p + 2] as number;
    this.call = this.payload[p + 3] as number;
    this.stamp = this.payload[p + 4] as number;
    this.data = this.payload[p + 5] as number;
    this.hasHole = true;
  }

  /** Whether a message of the heap was sent before those of the lane, to arrive at this instant. */
  private isHeapFirst(): boolean {
    const { lane } = this;
    return (
      this.size > 0 &&
      this.heapTime[0] === lane.timeUs &&
      (this.heapOrder[0] as number) < (lane.order[lane.head] as number)
    );
  }

  private takeLane(): void {
    const { lane } = this;
    const p = lane.head * 4;
    this.timeUs[0] = lane.timeUs;
    this.kind = EventKind.Message;
    this.code = lane.payload[p] as number;
    this.target = lane.payload[p + 1] as number;
    this.call = lane.payload[p + 2] as number;
    this.stamp = lane.payload[p + 3] as number;
    this.data = 0;
    lane.head = (lane.head + 1) & (lane.order.length - 1);
    lane.count--;
  }

  private takeRing(index: number, calls: CallTable): void {
    const ring = this.rings[index] as DelayRing;
    const p = ring.head * 5;
    this.timeUs[0] = ring.timeUs[ring.head] as number;
    this.kind = EventKind.Timer;
    this.code = ring.payload[p] as number;
    this.target = ring.payload[p + 1] as number;
    this.call = ring.payload[p + 2] as number;
    this.stamp = ring.payload[p + 3] as number;
    this.data = ring.payload[p + 4] as number;
    ring.shift();
    ring.skipVoid(calls.generation);
    // The ring's own slot goes on with its next entry.
    if (ring.count === 0) this.hasHole = true;
    else this.sink(ring.timeUs[ring.head] as number, ring.order[ring.head] as number, this.heapSlot[0] as number);
  }

  private ringFor(delayUs: Micros): number {
    const rings = this.rings;
    for (let i = 0; i < rings.length; i++) if ((rings[i] as DelayRing).delayUs === delayUs) return i;
    if (rings.length === MAX_RINGS) return -1;
    rings.push(new DelayRing(delayUs));
    return rings.length - 1;
  }

  private insert(
    time: Micros,
    order: number,
    kind: number,
    code: number,
    target: number,
    call: number,
    stamp: number,
    data: number,
  ): void {
    const fillsHole = this.hasHole;
    if (this.freeCount === 0 && !fillsHole) this.grow();
    const slot = (fillsHole ? this.heapSlot[0] : this.freeSlots[--this.freeCount]) as number;
    const p = slot * 6;
    this.payload[p] = kind;
    this.payload[p + 1] = code;
    this.payload[p + 2] = target;
    this.payload[p + 3] = call;
    this.payload[p + 4] = stamp;
    this.payload[p + 5] = data;
    if (fillsHole) {
      this.hasHole = false;
      this.sink(time, order, slot);
      return;
    }
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = this.heapTime[parent] as number;
      if (parentTime < time || (parentTime === time && (this.heapOrder[parent] as number) < order)) break;
      this.heapTime[at] = parentTime;
      this.heapOrder[at] = this.heapOrder[parent] as number;
      this.heapSlot[at] = this.heapSlot[parent] as number;
      at = parent;
    }
    this.heapTime[at] = time;
    this.heapOrder[at] = order;
    this.heapSlot[at] = slot;
  }

  /** Nothing has taken the place of the event that was taken last. */
  private closeHole(): void {
    this.hasHole = false;
    this.freeSlots[this.freeCount++] = this.heapSlot[0] as number;
    const last = --this.size;
    if (last > 0)
      this.sink(this.heapTime[last] as number, this.heapOrder[last] as number, this.heapSlot[last] as number);
  }

  /** Puts an entry at the top and lets it sink to its place among the first `size` entries. */
  private sink(time: Micros, order: number, slot: number): void {
    const heapTime = this.heapTime;
    const heapOrder = this.heapOrder;
    const size = this.size;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const right = child + 1;
      if (right < size) {
        const difference = (heapTime[right] as number) - (heapTime[child] as number);
        if (difference < 0 || (difference === 0 && (heapOrder[right] as number) < (heapOrder[child] as number)))
          child = right;
      }
      const childTime = heapTime[child] as number;
      if (time < childTime || (time === childTime && order < (heapOrder[child] as number))) break;
      heapTime[at] = childTime;
      heapOrder[at] = heapOrder[child] as number;
      this.heapSlot[at] = this.heapSlot[child] as number;
      at = child;
    }
    heapTime[at] = time;
    heapOrder[at] = order;
    this.heapSlot[at] = slot;
  }

  private grow(): void {
    const capacity = this.payload.length / 6;
    const widen = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from as never);
      return to;
    };
    this.heapTime = widen(this.heapTime, new Float64Array(capacity * 2 + 1));
    this.heapOrder = widen(this.heapOrder, new Float64Array(capacity * 2 + 1));
    this.heapSlot = widen(this.heapSlot, new Int32Array(capacity * 2 + 1));
    this.payload = widen(this.payload, new Int32Array(capacity * 12));
    const freeSlots = new Int32Array(capacity * 2);
    for (let i = 0; i < capacity; i++) freeSlots[i] = capacity * 2 - 1 - i;
    this.freeSlots = freeSlots;
    this.freeCount = capacity;
  }

  copy(): EventQueue {
    const copy = new EventQueue();
    copy.size = this.size;
    copy.hasHole = this.hasHole;
    copy.sequence = this.sequence;
    copy.heapTime = this.heapTime.slice();
    copy.heapOrder = this.heapOrder.slice();
    copy.heapSlot = this.heapSlot.slice();
    copy.payload = this.payload.slice();
    copy.freeSlots = this.freeSlots.slice();
    copy.freeCount = this.freeCount;
    copy.rings = this.rings.map((ring) => ring.copy());
    copy.lane = this.lane.copy();
    return copy;
  }
}

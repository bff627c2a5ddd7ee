// The event queue: a binary heap in typed arrays, ordered by time, then class, then sequence; beside it one ring per constant
// delay (delay-ring.ts) and a lane for messages that take no time (due-lane.ts). A `| 0` tells the compiler that a parameter is
// a whole number: it goes into its column as it is, where any number would be converted twice.
import type { Micros } from '../foundation/micros.ts';
import type { CallTable } from './calls.ts';
import { DelayRing } from './delay-ring.ts';
import { DueLane } from './due-lane.ts';

/** What an event is, and its class: at one microsecond, lower goes first. Class 0 are commands, which the loop merges in. */
export const EventKind = { Message: 1, Timer: 2, Arrival: 3, Ring: 4 } as const;

/** Sequence numbers stay below this, so that class * this + sequence is one exact number. */
const CLASS_STEP = 2 ** 48;
const FIRST_CAPACITY = 256;
const MAX_RINGS = 64;
/** `stamp` of a timer that belongs to no call holds the epoch of its component. */
const NO_CALL = -1;

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
  /** Whose generations say which events are void. */
  private readonly calls: CallTable;

  constructor(calls: CallTable) {
    this.calls = calls;
  }

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
    ring.push(nowUs + delayUs, order, code, target, call, stamp, data, this.calls);
    if (ring.count === 1) this.insert(nowUs + delayUs, order, EventKind.Ring, 0, index, NO_CALL, 0, 0);
  }

  /** Takes the next event before `endUs` into the fields, void timers left out. False: there is none. */
  take(endUs: Micros): boolean {
    const { calls } = this;
    for (;;) {
      if (this.hasHole) this.closeHole();
      const { lane } = this;
      if (lane.count > 0 && !this.isHeapFirst()) {
        if (lane.timeUs >= endUs) return false;
        this.takeLane();
      } else {
        if (this.size === 0 || (this.heapTime[0] as number) >= endUs) return false;
        this.takeTop();
      }
      if (this.call < 0 || calls.generation[this.call] === this.stamp) return true;
    }
  }

  private takeTop(): void {
    const { payload } = this;
    const p = (this.heapSlot[0] as number) * 6;
    const kind = payload[p] as number;
    if (kind === EventKind.Ring) {
      this.takeRing(payload[p + 2] as number);
      return;
    }
    this.timeUs[0] = this.heapTime[0] as number;
    this.kind = kind;
    this.code = payload[p + 1] as number;
    this.target = payload[p + 2] as number;
    this.call = payload[p + 3] as number;
    this.stamp = payload[p + 4] as number;
    this.data = payload[p + 5] as number;
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

  private takeRing(index: number): void {
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
    ring.skipVoid(this.calls.generation);
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
    const { payload } = this;
    const p = slot * 6;
    payload[p] = kind | 0;
    payload[p + 1] = code | 0;
    payload[p + 2] = target | 0;
    payload[p + 3] = call | 0;
    payload[p + 4] = stamp | 0;
    payload[p + 5] = data | 0;
    if (fillsHole) {
      this.hasHole = false;
      this.sink(time, order, slot);
      return;
    }
    this.rise(time, order, slot);
  }

  /** Puts an entry at the end and lets it rise to its place. */
  private rise(time: Micros, order: number, slot: number): void {
    const { heapTime, heapOrder, heapSlot } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = heapTime[parent] as number;
      if (parentTime < time || (parentTime === time && (heapOrder[parent] as number) < order)) break;
      heapTime[at] = parentTime;
      heapOrder[at] = heapOrder[parent] as number;
      heapSlot[at] = heapSlot[parent] as number;
      at = parent;
    }
    heapTime[at] = time;
    heapOrder[at] = order;
    heapSlot[at] = slot;
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
    const { heapTime, heapOrder, heapSlot, size } = this;
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
      heapSlot[at] = heapSlot[child] as number;
      at = child;
    }
    heapTime[at] = time;
    heapOrder[at] = order;
    heapSlot[at] = slot;
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

  /** For a copy of the world, with its own calls. */
  copy(calls: CallTable): EventQueue {
    const copy = new EventQueue(calls);
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

// First come, first served, as plain data: calls in a ring of whole numbers that doubles when it is full.

export interface QueueRing {
  calls: Int32Array;
  head: number;
  length: number;
}

const FIRST_CAPACITY = 16;

export const emptyRing = (): QueueRing => ({ calls: new Int32Array(FIRST_CAPACITY), head: 0, length: 0 });

/** Joins the end of the queue. */
export function pushCall(ring: QueueRing, call: number): void {
  if (ring.length === ring.calls.length) grow(ring);
  ring.calls[(ring.head + ring.length) & (ring.calls.length - 1)] = call;
  ring.length++;
}

/** Takes the first of the queue, which must not be empty. */
export function popCall(ring: QueueRing): number {
  const call = ring.calls[ring.head] as number;
  ring.head = (ring.head + 1) & (ring.calls.length - 1);
  ring.length--;
  return call;
}

function grow(ring: QueueRing): void {
  const calls = new Int32Array(ring.calls.length * 2);
  for (let i = 0; i < ring.length; i++) calls[i] = ring.calls[(ring.head + i) & (ring.calls.length - 1)] as number;
  ring.calls = calls;
  ring.head = 0;
}

// When each request's last hop ended on the screen: a hash table in typed arrays, emptied in no time before each frame.
// A stretched hop holds up the next one of the same request, so that a bead never is in two places.

const SLOTS = 1 << 15;
const MOST_TAKEN = SLOTS / 2;

export class Journeys {
  private readonly stamp = new Int32Array(SLOTS);
  private readonly keys = new Int32Array(SLOTS);
  /** When the request began, and when its picture is free for the next hop. */
  readonly startUs = new Float64Array(SLOTS);
  readonly freeUs = new Float64Array(SLOTS);
  private generation = 0;
  private taken = 0;

  clear(): void {
    this.generation++;
    this.taken = 0;
  }

  /** The slot of a journey that is followed, or -1. */
  find(key: number): number {
    for (let slot = hash(key); ; slot = (slot + 1) & (SLOTS - 1)) {
      if (this.stamp[slot] !== this.generation) return -1;
      if (this.keys[slot] === key) return slot;
    }
  }

  /** Follows a journey from here on; -1 when the table is full (it is then drawn at its true time). */
  begin(key: number, startUs: number): number {
    if (this.taken >= MOST_TAKEN) return -1;
    let slot = hash(key);
    while (this.stamp[slot] === this.generation && this.keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
    if (this.stamp[slot] !== this.generation) this.taken++;
    this.stamp[slot] = this.generation;
    this.keys[slot] = key;
    this.startUs[slot] = startUs;
    this.freeUs[slot] = startUs;
    return slot;
  }
}

const hash = (key: number): number => (Math.imul(key, 0x9e3779b1) >>> 17) & (SLOTS - 1);

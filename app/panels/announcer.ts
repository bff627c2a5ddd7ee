// Decides what a screen reader hears of the narration: at most one sentence every 2.5 s, the newest wins. Pure but for the
// clock that is handed in.
const LEAST_BETWEEN_MS = 2_500;

export class Announcer {
  private spokenMs = Number.NEGATIVE_INFINITY;
  private spoken = '';
  private waiting: string | null = null;

  /** A new sentence stands in the strip. */
  offer(sentence: string): void {
    this.waiting = sentence === this.spoken ? null : sentence;
  }

  /** What is to be said now, or null. */
  next(nowMs: number): string | null {
    if (this.waiting === null || nowMs - this.spokenMs < LEAST_BETWEEN_MS) return null;
    this.spoken = this.waiting;
    this.waiting = null;
    this.spokenMs = nowMs;
    return this.spoken;
  }
}

// How far a long measure is, on standard error: its figures alone go to standard output.

const SILENT_MS = 10_000;

/** Says every ten seconds, at most, how much of a measure is done. */
export class Progress {
  private readonly what: string;
  private readonly of: number;
  private readonly unit: string;
  private readonly startMs = performance.now();
  private saidMs = this.startMs;

  constructor(what: string, of: number, unit: string) {
    this.what = what;
    this.of = of;
    this.unit = unit;
  }

  at(done: number): void {
    const nowMs = performance.now();
    if (nowMs - this.saidMs < SILENT_MS) return;
    this.saidMs = nowMs;
    const seconds = Math.round((nowMs - this.startMs) / 1_000);
    console.error(`  ${this.what}: ${done} of ${this.of} ${this.unit} after ${seconds} s`);
  }
}

// Whether the run keeps up with the speed that was chosen. The playhead never runs past what is computed, so a computer that
// cannot keep up shows as simulated time that falls behind the time on the wall.
const SAMPLE_MS = 1_000;
/** A page that was hidden says nothing about the computer. */
const LONGEST_SAMPLE_MS = 2_500;
const KEEPS_UP = 0.85;

export interface PaceMoment {
  readonly nowMs: number;
  readonly playheadUs: number;
  readonly speed: number;
  readonly playing: boolean;
}

/** Feed it every frame. It speaks after two seconds in a row that fell behind. */
export class Pace {
  private from: PaceMoment | null = null;
  private behind = 0;
  private word = '';

  /** `20×` while the run is slower than it should be, else empty. */
  at(moment: PaceMoment): string {
    const { from } = this;
    if (from === null || !moment.playing || !from.playing || moment.speed !== from.speed) return this.restart(moment);
    const wallMs = moment.nowMs - from.nowMs;
    if (wallMs < SAMPLE_MS) return this.word;
    this.from = moment;
    const rate = (moment.playheadUs - from.playheadUs) / 1_000 / wallMs;
    const wasMoved = rate <= 0 || rate > moment.speed * 1.2;
    if (wallMs > LONGEST_SAMPLE_MS || wasMoved) return this.restart(moment);
    this.behind = rate < moment.speed * KEEPS_UP ? this.behind + 1 : 0;
    this.word = this.behind < 2 ? '' : `${rounded(rate)}×`;
    return this.word;
  }

  private restart(moment: PaceMoment): string {
    [this.from, this.behind, this.word] = [moment, 0, ''];
    return '';
  }
}

/** So coarse that the word stands still. */
const rounded = (rate: number): number => {
  if (rate < 1) return Math.max(0.1, Math.round(rate * 10) / 10);
  return rate < 10 ? Math.round(rate) : Math.round(rate / 5) * 5;
};

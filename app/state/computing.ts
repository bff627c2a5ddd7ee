// A jump far ahead: the run must be computed up to there first. Until then nothing older is shown as if it were now: the view is
// empty, and the page says how far the run has come.
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import type { Computing } from './app.ts';
import type { Stores } from './stores.ts';
import { truthAt } from './truth.ts';

/** What is shown before that needs no words. */
const PATIENCE_MS = 150;

/** How far the run is computed, and where the playhead stands. */
interface Reach {
  readonly doneUs: Micros;
  readonly nowUs: Micros;
}

export class ComputingTeller {
  private readonly stores: Pick<Stores, 'design' | 'playback'>;
  private readonly reach: () => Reach;
  private lateSinceMs: number | null = null;

  constructor(stores: Pick<Stores, 'design' | 'playback'>, reach: () => Reach) {
    this.stores = stores;
    this.reach = reach;
  }

  /** Called each frame. Writes only when there is something new to say. */
  tick(nowMs: number): void {
    const { playback } = this.stores;
    const { view, computing, stopped } = playback.getState();
    const { doneUs, nowUs } = this.reach();
    const isShown = view !== null && Math.abs(view.nowUs - nowUs) < SECOND;
    const isNear = computing === null && nowUs - doneUs < SECOND;
    if (isShown || isNear || stopped !== null) {
      this.lateSinceMs = null;
      if (computing !== null) playback.setState({ computing: null });
      return;
    }
    this.lateSinceMs ??= nowMs;
    if (nowMs - this.lateSinceMs < PATIENCE_MS) return;
    if (computing?.doneUs !== doneUs || computing.ofUs !== nowUs) this.tell({ doneUs, ofUs: nowUs });
  }

  /** What somebody did is known before anything is computed. */
  private tell(computing: Computing): void {
    const { design, playback } = this.stores;
    const { commands, faults } = playback.getState();
    const isNew = playback.getState().computing?.ofUs !== computing.ofUs;
    const { faults: known } = isNew ? truthAt(design.getState().design, commands, computing.ofUs) : { faults };
    playback.setState({ computing, view: null, faults: known });
  }
}

/** `This moment is still being computed: 03:20 of 10:00.` */
export const computingWords = ({ doneUs, ofUs }: Computing): string =>
  `This moment is still being computed: ${minutes(doneUs)} of ${minutes(ofUs)}.`;

/** On the diagram, where the same is said in fewer words. */
export const computingTag = ({ doneUs, ofUs }: Computing): string =>
  `Computed to ${minutes(doneUs)} of ${minutes(ofUs)}`;

const minutes = (us: Micros): string => formatClock(us).slice(0, -2);

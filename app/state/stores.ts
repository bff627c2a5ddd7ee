// The vanilla stores of the page, as they are before anything has happened.
import { createStore } from 'zustand/vanilla';
import { distributedDesign } from '../designs/distributed.ts';
import type {
  DesignState,
  FindingsState,
  HandState,
  HistoryState,
  InquiryState,
  PlaybackState,
  SettingsState,
} from './app.ts';
import { modeOf } from './design-at.ts';
import { NO_HISTORY } from './history.ts';
import { type Keeper, remember, remembered } from './remembered.ts';

/** Of a drawing that nothing is known of yet. */
export const NO_FINDINGS: FindingsState = {
  design: null,
  findings: [],
  accepted: [],
  unknowns: [],
  kills: [],
  calmP99Us: null,
  onTop: 0,
  unfolded: false,
  done: 0,
  of: 0,
  shown: null,
};

export type Stores = ReturnType<typeof createStores>;

export function createStores(seed: number, keeper: Keeper | null) {
  const kept = remembered(keeper);
  const design = distributedDesign('classroom');
  return {
    design: createStore<DesignState>(() => ({
      id: 'distributed',
      timings: 'classroom',
      mode: modeOf(design),
      design,
      seed,
    })),
    playback: createStore<PlaybackState>(() => ({
      playing: true,
      speed: 1,
      commands: [],
      view: null,
      faults: [],
      stopped: null,
      computing: null,
    })),
    hand: createStore<HandState>(() => ({
      selected: null,
      armed: null,
      first: null,
      drag: null,
      refusal: null,
      notice: null,
      hint: kept.hint,
    })),
    findings: createStore<FindingsState>(() => NO_FINDINGS),
    settings: createStore<SettingsState>(() => ({
      theme: kept.theme,
      motion: kept.motion,
      projector: kept.projector,
      letterKeys: kept.letterKeys,
      tab: 'issues',
      sheet: false,
      lesson: null,
    })),
    history: createStore<HistoryState>(() => NO_HISTORY),
    inquiry: createStore<InquiryState>(() => ({ page: null, request: null, told: null })),
  };
}

/** What a person chose for the page outlives the page. */
export function keepSettings({ settings, hand }: Stores, keeper: Keeper | null): void {
  const keep = (): void => {
    const { theme, motion, projector, letterKeys } = settings.getState();
    remember(keeper, { theme, motion, projector, letterKeys, hint: hand.getState().hint });
  };
  settings.subscribe(({ theme, motion, projector, letterKeys }, before) => {
    const isSame = theme === before.theme && motion === before.motion && projector === before.projector;
    if (!isSame || letterKeys !== before.letterKeys) keep();
  });
  hand.subscribe((state, before) => {
    if (state.hint !== before.hint) keep();
  });
}

/** How long a refusal or a notice stands in the strip: as long as it takes to read, and at least so long. */
const SENTENCE_MS = 6_000;
const LETTER_MS = 75;

/** Takes sentences about refused or finished acts away again after a while. */
export class SentenceClock {
  private readonly hand: Stores['hand'];
  private shown = '';
  private sinceMs = 0;

  constructor(hand: Stores['hand']) {
    this.hand = hand;
  }

  tick(nowMs: number): void {
    const { refusal, notice } = this.hand.getState();
    const sentence = refusal ?? notice ?? '';
    if (sentence !== this.shown) [this.shown, this.sinceMs] = [sentence, nowMs];
    else if (sentence !== '' && nowMs - this.sinceMs > Math.max(SENTENCE_MS, sentence.length * LETTER_MS))
      this.hand.setState({ refusal: null, notice: null });
  }
}

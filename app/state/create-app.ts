// Builds the state of the page: stores for React, the trace window and the playhead for painters, the worker behind them, and
// the doors that actions use. main.tsx calls it once; tests call it with a worker and a clock of their own.
import { createStore } from 'zustand/vanilla';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { formatClock, type Micros } from '../foundation/micros.ts';
import { Playhead } from '../timeline/playhead.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import { RunClient, type RunPort } from '../workers/run-client.ts';
import type {
  App,
  Control,
  DesignId,
  DesignState,
  FindingsState,
  HandState,
  HistoryState,
  PlaybackState,
  SettingsState,
} from './app.ts';
import { modeOf } from './design-at.ts';
import { exportPicture } from './export-picture.ts';
import { type Beat, FrameLoop } from './frame-loop.ts';
import { commandsOf, didAct, NO_HISTORY, redid, stillApplying, undid } from './history.ts';
import { keepEqual } from './keep-equal.ts';
import { firstDifferenceUs, Projection } from './projection.ts';
import { type Keeper, remember, remembered } from './remembered.ts';

export interface AppOptions {
  readonly seed: number;
  readonly beat: Beat;
  readonly keeper: Keeper | null;
  /** A worker of the caller's; without it the real one is started. */
  readonly port?: RunPort;
}

/** How long a refusal or a notice stands in the strip. */
const SENTENCE_MS = 6_000;

const builtIn = (id: DesignId, timings: 'classroom' | 'realistic') =>
  id === 'simple' ? simpleDesign(timings) : distributedDesign(timings);

export interface RunningApp extends App {
  stop(): void;
}

export function createApp(options: AppOptions): RunningApp {
  const stores = createStores(options);
  const { design, playback, settings, history, hand } = stores;
  const window = new TraceWindow(elementsOf(design.getState().design));
  const playhead = new Playhead();
  let projection = new Projection();
  const client = new RunClient({
    window,
    received: () => undefined,
    stopped: (atUs) => {
      const sentence = `The simulation stopped at ${formatClock(atUs)}. Reload it, or go back 5 s.`;
      playhead.playing = false;
      playback.setState({ stopped: sentence, playing: false });
    },
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const sentences = new SentenceClock(hand);
  const loop = new FrameLoop({
    beat: options.beat,
    playhead,
    window,
    want: (us, speed) => client.want(us, speed),
    project: () => project(stores, projection, window, playhead.us),
    tick: (nowMs) => sentences.tick(nowMs),
  });
  const setHistory = (next: HistoryState): void => {
    const before = playback.getState().commands;
    const commands = commandsOf(next);
    const differUs = firstDifferenceUs(before, commands);
    history.setState(next);
    playback.setState({ commands, stopped: null });
    if (differUs !== null) client.setCommands(commands, differUs);
    loop.hurry();
  };
  const begin = (state: DesignState, next: HistoryState): void => {
    const commands = commandsOf(next);
    window.reset(elementsOf(state.design));
    projection = new Projection();
    playhead.seek(0);
    playhead.playing = true;
    history.setState(next);
    playback.setState({ commands, view: null, faults: [], stopped: null, playing: true });
    hand.setState({ selected: null, armed: null, drag: null });
    design.setState(state);
    if (settings.getState().tab === 'since' || settings.getState().tab === 'inspector')
      settings.setState({ tab: 'issues' });
    client.open({ design: state.design, seed: state.seed, commands });
    loop.hurry();
  };
  const control = createControl({ stores, playhead, window, loop, setHistory, begin });
  keepSettings(stores, options.keeper, loop);
  begin(design.getState(), NO_HISTORY);
  loop.start();
  return {
    ...stores,
    frame: {
      playheadUs: () => playhead.us,
      speed: () => playhead.speed,
      window,
      onFrame: (paint) => loop.onFrame(paint),
    },
    control,
    stop: () => {
      loop.stop();
      client.close();
    },
  };
}

type Stores = ReturnType<typeof createStores>;

function createStores(options: AppOptions) {
  const kept = remembered(options.keeper);
  const design = distributedDesign('classroom');
  return {
    design: createStore<DesignState>(() => ({
      id: 'distributed',
      timings: 'classroom',
      mode: modeOf(design),
      design,
      seed: options.seed,
    })),
    playback: createStore<PlaybackState>(() => ({
      playing: true,
      speed: 1,
      commands: [],
      view: null,
      faults: [],
      stopped: null,
    })),
    hand: createStore<HandState>(() => ({
      selected: null,
      armed: null,
      drag: null,
      refusal: null,
      notice: null,
      hint: kept.hint,
    })),
    findings: createStore<FindingsState>(() => ({ findings: [], done: 0, of: 0, shown: null })),
    settings: createStore<SettingsState>(() => ({
      theme: kept.theme,
      motion: kept.motion,
      tab: 'issues',
      lesson: null,
    })),
    history: createStore<HistoryState>(() => NO_HISTORY),
  };
}

/** What a person chose for the page outlives the page. */
function keepSettings({ settings, hand }: Stores, keeper: Keeper | null, loop: FrameLoop): void {
  const keep = (): void => {
    const { theme, motion } = settings.getState();
    remember(keeper, { theme, motion, hint: hand.getState().hint });
  };
  settings.subscribe(() => {
    keep();
    loop.hurry();
  });
  hand.subscribe((state, before) => {
    if (state.hint !== before.hint) keep();
  });
}

/** Puts the moment into the stores; false while it is not computed. */
function project(stores: Stores, projection: Projection, window: TraceWindow, nowUs: Micros): boolean {
  const { design, playback, settings } = stores;
  const { commands, faults } = playback.getState();
  const lesson = settings.getState().lesson?.point ?? null;
  const result = projection.at({ base: design.getState().design, commands, nowUs, window, lesson });
  if (result === null) return false;
  const { view, truth } = result;
  if (view !== playback.getState().view) playback.setState({ view, faults: keepEqual(faults, truth.faults) });
  const mode = modeOf(view.design);
  if (mode !== design.getState().mode) design.setState({ mode });
  if (view.since === null && settings.getState().tab === 'since') settings.setState({ tab: 'issues' });
  return true;
}

/** Takes sentences about refused or finished acts away again after a while. */
class SentenceClock {
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
    else if (sentence !== '' && nowMs - this.sinceMs > SENTENCE_MS) this.hand.setState({ refusal: null, notice: null });
  }
}

interface ControlParts {
  readonly stores: Stores;
  readonly playhead: Playhead;
  readonly window: TraceWindow;
  readonly loop: FrameLoop;
  setHistory(next: HistoryState): void;
  begin(state: DesignState, history: HistoryState): void;
}

function createControl({ stores, playhead, window, loop, setHistory, begin }: ControlParts): Control {
  const { design, playback, history } = stores;
  return {
    act: (act) => setHistory(didAct(history.getState(), act)),
    undo: () => setHistory(undid(history.getState())),
    redo: () => setHistory(redid(history.getState())),
    seek: (us) => {
      playhead.seek(us);
      loop.hurry();
    },
    setPlaying: (playing) => {
      playhead.playing = playing;
      playback.setState({ playing });
    },
    setSpeed: (speed) => {
      playhead.speed = speed;
      playback.setState({ speed });
    },
    open: (id, timings) => {
      const opened = builtIn(id, timings);
      const state = { ...design.getState(), id, timings, mode: modeOf(opened), design: opened };
      begin(state, stillApplying(history.getState(), opened));
    },
    restore: (acts, playheadUs) => {
      setHistory({ done: acts, undone: [] });
      playhead.seek(playheadUs);
      loop.hurry();
    },
    exportAs: (format, scale) => exportPicture({ ...stores, window }, format, scale),
    now: () => playhead.us,
  };
}

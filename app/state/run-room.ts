// Where the run lives on the page: worker, trace window, playhead, frame loop and lesson player, behind the doors that actions
// use. Everything that changes the run goes through here.

import type { BalancerTable } from '../catalogue/load-balancer/balancer-table.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import type { BuiltInId, Pace } from '../designs/built-in.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import type { Copy, WriteLedger } from '../simulation/write-ledger.ts';
import { Playhead } from '../timeline/playhead.ts';
import { chunkAt, TraceWindow } from '../timeline/trace-window.ts';
import { AnalysisClient, type AnalysisPort } from '../workers/analysis-client.ts';
import { RunClient, type RunPort } from '../workers/run-client.ts';
import type { Act, Control, DesignState, HistoryState, LessonView, RunToOpen } from './app.ts';
import { ComputingTeller } from './computing.ts';
import { designAfter, modeOf } from './design-at.ts';
import { type Beat, FrameLoop } from './frame-loop.ts';
import { commandsOf, didAct, edited, NO_HISTORY, redid, stillApplying, undid } from './history.ts';
import { keepEqual } from './keep-equal.ts';
import type { LessonPlayer } from './lesson-player.ts';
import { firstDifferenceUs, Projection } from './projection.ts';
import { NO_FINDINGS, SentenceClock, type Stores } from './stores.ts';
import { loadStory, storyIfLoaded } from './story.ts';
import { hadFault } from './truth.ts';

export interface RoomOptions {
  readonly beat: Beat;
  /** Workers of the caller's; without them the real ones are started. Null: no analysis. */
  readonly port?: RunPort;
  readonly analysisPort?: AnalysisPort | null;
}

/** A design is analysed when it has not changed for this long. */
const REST_MS = 400;

/** What a lesson will put back. */
interface Before {
  readonly playheadUs: Micros;
  readonly playing: boolean;
  readonly speed: number;
}

/** Only what is said about the drawing differs: the run is the same. */
const runsAlike = (one: Design, other: Design): boolean =>
  Object.entries({ ...one, accepted: [] }).every(
    ([key, value]) => key === 'accepted' || other[key as keyof Design] === value,
  );

export class RunRoom implements Control {
  readonly window: TraceWindow;
  readonly playhead = new Playhead();
  readonly loop: FrameLoop;
  private readonly stores: Stores;
  private readonly beat: Beat;
  private readonly client: RunClient;
  private readonly analysis: AnalysisClient | null;
  /** Comes with the first lesson: the page starts without it. */
  private player: LessonPlayer | null = null;
  private projection = new Projection();
  private before: Before | null = null;
  private restingDesign: Design | null = null;
  private restingSinceMs = 0;
  private analysed: Design | null = null;

  constructor(stores: Stores, options: RoomOptions) {
    this.stores = stores;
    this.beat = options.beat;
    this.window = new TraceWindow(elementsOf(stores.design.getState().design));
    this.client = new RunClient({
      window: this.window,
      // What the picture waits for, after an act or a seek, is shown in the next frame.
      received: (chunk) => chunk === chunkAt(this.playhead.us) && this.loop.hurry(),
      stopped: (atUs) => this.runStopped(atUs),
      ...(options.port === undefined ? {} : { port: options.port }),
    });
    this.analysis = options.analysisPort === null ? null : this.newAnalysis(options.analysisPort);
    const sentences = new SentenceClock(stores.hand);
    const computing = new ComputingTeller(stores, () => {
      return { doneUs: this.window.seconds * SECOND, nowUs: this.playhead.us };
    });
    this.loop = new FrameLoop({
      beat: options.beat,
      playhead: this.playhead,
      window: this.window,
      want: (us, speed) => this.client.want(us, speed),
      project: () => {
        this.player?.tick();
        return this.project(this.player?.view() ?? this.told());
      },
      tick: (nowMs) => {
        sentences.tick(nowMs);
        computing.tick(nowMs);
        this.analyseWhenResting(nowMs);
      },
    });
    stores.settings.subscribe(() => this.loop.hurry());
  }

  start(): void {
    this.begin(this.stores.design.getState(), NO_HISTORY);
    this.loop.start();
    loadStory().then(
      () => this.loop.hurry(),
      () => undefined, // offline: the run is told without its faults
    );
  }

  stop(): void {
    this.loop.stop();
    this.client.close();
    this.analysis?.close();
  }

  // ---- doors for actions ----

  now(): Micros {
    return this.playhead.us;
  }

  act(act: Act): void {
    this.setHistory(didAct(this.stores.history.getState(), act));
  }

  /** Other acts in place of all that was done. */
  setActs(acts: readonly Act[]): void {
    this.setHistory({ done: acts, undone: [] });
  }

  edit(label: string, design: Design, instead?: readonly Command[]): void {
    const { id, design: drawn } = this.stores.design.getState();
    const { done } = this.stores.history.getState();
    const edit = { from: { id, design: drawn }, to: design, before: done };
    const without = instead === undefined ? [] : this.stores.playback.getState().commands;
    this.redraw(
      { id: runsAlike(drawn, design) ? id : 'foreign', design },
      edited(done, { label, commands: instead ?? [], without, edit }),
    );
  }

  undo(): void {
    const history = this.stores.history.getState();
    const edit = history.done.at(-1)?.edit;
    if (edit === undefined) this.setHistory(undid(history));
    else this.redraw(edit.from, { done: edit.before, undone: undid(history).undone });
  }

  redo(): void {
    const history = this.stores.history.getState();
    const next = history.undone.at(-1);
    if (next?.edit === undefined) this.setHistory(redid(history));
    else
      this.redraw(
        { id: runsAlike(next.edit.from.design, next.edit.to) ? next.edit.from.id : 'foreign', design: next.edit.to },
        { ...edited(history.done, next), undone: redid(history).undone },
      );
  }

  /** The same moment of another drawing's run. */
  private redraw(drawn: Pick<DesignState, 'id' | 'design'>, history: HistoryState): void {
    const { design } = this.stores;
    if (runsAlike(design.getState().design, drawn.design)) {
      design.setState(drawn);
      this.setHistory(history);
      return;
    }
    const { playing } = this.stores.playback.getState();
    const nowUs = this.now();
    this.before = null;
    this.player?.stop();
    this.begin({ ...this.stores.design.getState(), ...drawn, mode: modeOf(drawn.design) }, history);
    this.seek(nowUs);
    this.setPlaying(playing);
  }

  seek(us: Micros): void {
    this.playhead.seek(us);
    this.loop.hurry();
  }

  lookTo(us: Micros): void {
    this.client.lookTo(us);
  }

  setPlaying(playing: boolean): void {
    this.playhead.playing = playing;
    this.stores.playback.setState({ playing });
    this.loop.wake();
  }

  setSpeed(speed: number): void {
    this.playhead.speed = speed;
    this.stores.playback.setState({ speed });
  }

  open(id: BuiltInId, timings: Pace): void {
    const { design, history } = this.stores;
    const story = storyIfLoaded();
    if (story === null) {
      loadStory().then(() => this.open(id, timings));
      return;
    }
    const opened = story.builtInDesign(id, timings);
    const { done } = stillApplying(history.getState(), opened);
    this.openRun({ id, design: opened, seed: design.getState().seed, acts: done, atUs: 0, playing: true });
  }

  openRun({ id, design, seed, acts, atUs, playing }: RunToOpen): void {
    this.before = null;
    this.player?.stop();
    const state = { id, timings: design.timings, mode: modeOf(design), design, seed };
    this.begin(state, { done: acts, undone: [] });
    this.seek(atUs);
    this.setPlaying(playing);
  }

  async playLesson(point: number): Promise<void> {
    const { LessonPlayer } = await import('./lesson-player.ts');
    const { playback, design, settings } = this.stores;
    const { playing, speed } = playback.getState();
    this.player ??= new LessonPlayer({
      window: this.window,
      nowUs: () => this.playhead.us,
      nowMs: () => this.beat.nowMs(),
      opened: () => design.getState().design,
      design: () => this.designNow(),
      act: (commands) => this.setCommands(inOrder([...playback.getState().commands, ...commands])),
      show: (lesson) => settings.setState({ lesson }),
    });
    this.player.stop();
    this.before ??= { playheadUs: this.playhead.us, playing, speed };
    this.setCommands([]);
    this.setPlaying(true);
    this.setSpeed(1);
    this.player.start(point);
  }

  stopLesson(): void {
    this.player?.stop();
    const { before } = this;
    if (before === null) return;
    this.before = null;
    this.setCommands(commandsOf(this.stores.history.getState()));
    this.setPlaying(before.playing);
    this.setSpeed(before.speed);
    this.seek(before.playheadUs);
    this.stores.design.setState({ mode: modeOf(this.designNow()) });
  }

  hold(chunks: readonly number[]): void {
    this.client.hold(chunks);
  }

  statisticsAt(us: Micros): Promise<readonly BalancerTable[] | null> {
    return this.client.statisticsAt(us);
  }

  writesAt(us: Micros, copy: Copy | null): Promise<WriteLedger | null> {
    return this.client.writesAt(us, copy);
  }

  async exportAs(format: 'svg' | 'png', scale: number): Promise<void> {
    const { exportPicture } = await import('./export-picture.ts');
    await exportPicture({ ...this.stores, window: this.window }, format, scale);
  }

  // ---- the run ----

  /** What a person did has changed: a lesson ends, its steps are no acts. */
  private setHistory(next: HistoryState): void {
    this.stopLesson();
    this.stores.history.setState(next);
    this.setCommands(commandsOf(next));
  }

  private setCommands(commands: readonly Command[]): void {
    const { playback } = this.stores;
    const differUs = firstDifferenceUs(playback.getState().commands, commands);
    playback.setState({ commands, stopped: null });
    if (differUs !== null) {
      this.client.setCommands(commands, differUs);
      // At once: the worker computes while the page is still busy with the act.
      this.client.want(this.playhead.us, this.playhead.speed);
    }
    this.loop.hurry();
  }

  private begin(state: DesignState, next: HistoryState): void {
    const { history, playback, hand, design, settings, findings, inquiry } = this.stores;
    const commands = commandsOf(next);
    inquiry.setState({ page: null, request: null, told: null });
    this.client.hold([]);
    this.window.reset(elementsOf(state.design));
    this.projection = new Projection();
    this.playhead.seek(0);
    this.playhead.playing = true;
    history.setState(next);
    playback.setState({ commands, view: null, faults: [], stopped: null, computing: null, playing: true });
    hand.setState({ selected: null, armed: null, first: null, drag: null });
    findings.setState(NO_FINDINGS);
    design.setState(state);
    const { tab } = settings.getState();
    if (tab === 'since' || tab === 'inspector') settings.setState({ tab: 'issues' });
    this.client.open({ design: state.design, seed: state.seed, commands });
    this.loop.hurry();
  }

  /** What Step has come to, as long as the playhead stays there. */
  private told(): LessonView | null {
    const { told } = this.stores.inquiry.getState();
    return told?.atUs === this.playhead.us ? told.lesson : null;
  }

  private runStopped(atUs: Micros): void {
    const stopped = `The simulation stopped at ${formatClock(atUs)}. Reload it, or go back 5 s.`;
    this.playhead.playing = false;
    this.stores.playback.setState({ stopped, playing: false });
  }

  private designNow(): Design {
    const nowUs = this.playhead.us;
    const commands = this.stores.playback.getState().commands.filter((command) => command.atUs <= nowUs);
    return designAfter(this.stores.design.getState().design, commands);
  }

  /** Puts the moment into the stores; false while it is not computed. */
  private project(lesson: LessonView | null): boolean {
    const { design, playback, settings } = this.stores;
    const { commands, faults } = playback.getState();
    const nowUs = this.playhead.us;
    const base = design.getState().design;
    const result = this.projection.at({ base, commands, nowUs, window: this.window, lesson });
    if (result === null) return false;
    const { view, truth } = result;
    if (view !== playback.getState().view) playback.setState({ view, faults: keepEqual(faults, truth.faults) });
    const mode = modeOf(view.design);
    if (mode !== design.getState().mode) design.setState({ mode });
    const isOver = view.since === null && !hadFault(commands, nowUs);
    if (isOver && storyIfLoaded() !== null && settings.getState().tab === 'since') settings.setState({ tab: 'issues' });
    return true;
  }

  // ---- the analysis ----

  private newAnalysis(port: AnalysisPort | undefined): AnalysisClient {
    const { findings } = this.stores;
    return new AnalysisClient({
      progress: ({ findings: found, ...measured }) =>
        findings.setState((state) => ({
          ...measured,
          design: this.analysed,
          findings: keepEqual(state.findings, found),
        })),
      stopped: () => findings.setState((state) => ({ of: state.done })),
      ...(port === undefined ? {} : { port }),
    });
  }

  /** As it is set: what a promotion has made of it is news of this run, and no other drawing. Not while a lesson plays with the design: its issues are those of the person's own. */
  private analyseWhenResting(nowMs: number): void {
    const design = this.stores.playback.getState().view?.asSet ?? null;
    if (design !== this.restingDesign) [this.restingDesign, this.restingSinceMs] = [design, nowMs];
    if (this.analysis === null || design === null || design === this.analysed || this.before !== null) return;
    if (nowMs - this.restingSinceMs < REST_MS) return;
    this.analysed = design;
    this.analysis.look(design, this.stores.design.getState().seed);
  }
}

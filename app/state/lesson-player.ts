// Plays a point of the explanation: its acts become ordinary commands at the playhead, its sentences are filled from the run,
// and when it is stopped the run is put back as it was.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { fromMs } from '../foundation/micros.ts';
import { EXPLANATION } from '../lessons/explanation.ts';
import { type LessonAct, type LessonStep, scriptFor, WAIT_LIMIT_MS } from '../lessons/lesson.ts';
import { hasHappened, LOOK_BACK_US, tell } from '../lessons/telling.ts';
import type { Command } from '../simulation/command.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import { modeCommands } from './actions/set-mode.ts';
import type { LessonView } from './app.ts';

/** How long a sentence stands at least, on the wall: at any speed it can be read. */
const LEAST_STAND_MS = 2_500;

/** What the player needs of the page. */
export interface LessonStage {
  readonly window: TraceWindow;
  nowUs(): Micros;
  /** The time on the wall. */
  nowMs(): number;
  /** As it was opened, and as it is at the playhead. */
  opened(): Design;
  design(): Design;
  /** Commands of the lesson's own: they are no acts of the person. */
  act(commands: readonly Command[]): void;
  /** The step that plays now, or null when nothing plays any more. */
  show(lesson: { readonly point: number; readonly step: number } | null): void;
}

/** A point as the panel tells it. */
export interface TaughtPoint {
  readonly point: number;
  readonly title: string;
  readonly text: string;
  /** Steps of its script, or null where this design has nothing to show it on. */
  readonly steps: number | null;
}

export const taughtOn = (design: Design): readonly TaughtPoint[] =>
  EXPLANATION.map((lesson) => ({
    point: lesson.point,
    title: lesson.title,
    text: lesson.text,
    steps: scriptFor(lesson, design)?.length ?? null,
  }));

interface Play {
  readonly point: number;
  readonly script: readonly LessonStep[];
  step: number;
  /** When this step came, in the run and on the wall, and when the last act was done. */
  stepUs: Micros;
  stepMs: number;
  actUs: Micros | null;
}

export class LessonPlayer {
  private readonly stage: LessonStage;
  private play: Play | null = null;

  constructor(stage: LessonStage) {
    this.stage = stage;
  }

  start(point: number): void {
    const lesson = EXPLANATION.find((one) => one.point === point);
    const script = lesson === undefined ? null : scriptFor(lesson, this.stage.opened());
    if (script === null) return;
    this.play = { point, script, step: -1, stepUs: this.stage.nowUs(), stepMs: Number.NEGATIVE_INFINITY, actUs: null };
    this.tick();
  }

  stop(): void {
    if (this.play === null) return;
    this.play = null;
    this.stage.show(null);
  }

  /** Called before each view: moves on to the next step when its time has come. */
  tick(): void {
    const { play } = this;
    const next = play?.script[play.step + 1];
    if (play === null || next === undefined) return;
    const [nowUs, nowMs] = [this.stage.nowUs(), this.stage.nowMs()];
    if (nowMs - play.stepMs < LEAST_STAND_MS) return;
    const dueUs = play.stepUs + fromMs(next.afterMs);
    if (nowUs < dueUs || (next.waitFor !== null && !this.hasCome(play, next, dueUs, nowUs))) return;
    play.step++;
    [play.stepUs, play.stepMs] = [nowUs, nowMs];
    if (next.do !== null) {
      play.actUs = nowUs;
      this.stage.act(this.commandsOf(next.do, nowUs));
    }
    this.stage.show({ point: play.point, step: play.step + 1 });
  }

  private hasCome(play: Play, step: LessonStep, dueUs: Micros, nowUs: Micros): boolean {
    if (nowUs > dueUs + fromMs(WAIT_LIMIT_MS) || step.waitFor === null) return true;
    return hasHappened(step.waitFor, {
      design: this.stage.design(),
      reader: this.stage.window,
      fromUs: play.stepUs,
      nowUs,
    });
  }

  /** What the strip and the diagram show of it now. */
  view(): LessonView | null {
    const { play } = this;
    const step = play?.script[play.step];
    if (play === null || step === undefined) return null;
    const nowUs = this.stage.nowUs();
    const fromUs = play.actUs ?? Math.max(0, nowUs - LOOK_BACK_US);
    const moment = { design: this.stage.design(), reader: this.stage.window, fromUs: Math.min(fromUs, nowUs), nowUs };
    return {
      point: play.point,
      step: play.step + 1,
      of: play.script.length,
      say: tell(step.say, moment),
      emphasise: step.emphasise,
      notes: step.notes.map((note) => ({ element: note.element, text: tell(note.text, moment) })),
    };
  }

  private commandsOf(act: LessonAct, atUs: Micros): readonly Command[] {
    const design = this.stage.design();
    switch (act.type) {
      case 'kill':
      case 'repair':
        return [{ type: act.type, atUs, target: act.target }];
      case 'reconfigure':
        return [{ type: 'reconfigure', atUs, target: act.target, patch: act.patch }];
      case 'mode':
        return modeCommands(design, this.stage.opened(), act.mode, atUs);
      case 'reads-from':
        return design.components
          .filter((component) => component.kind === 'app-server')
          .map((component) => ({
            type: 'reconfigure',
            atUs,
            target: component.id,
            patch: { readsFrom: act.readsFrom },
          }));
    }
  }
}

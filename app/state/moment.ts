// What a view is made from: the run as it was opened and changed, and an instant of it.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import type { LessonView } from './app.ts';

export interface Moment {
  /** As it was opened. */
  readonly base: Design;
  /** In the order in which they are carried out. */
  readonly commands: readonly Command[];
  readonly nowUs: Micros;
  readonly window: TraceWindow;
  readonly lesson: LessonView | null;
}

// What the parts of the engine see of each other: the world, the trace, the users' end, and the context for a component.
// simulation.ts puts them together.
import type { Traffic } from '../design/design.ts';
import type { Context } from './behaviour.ts';
import type { TraceRecorder } from './trace-recorder.ts';
import type { World } from './world.ts';

/** The other end of every entry link. */
export interface UsersEnd {
  /** An answer, refusal or reset is back at the user. */
  onReply(code: number, call: number): void;
  reconfigure(traffic: Traffic): void;
  /** A second population asks for pages, so many a second; 0 ends it. */
  flood(rateRps: number): void;
}

export interface Engine {
  world: World;
  /** Null: nothing is traced. */
  recorder: TraceRecorder | null;
  readonly traffic: UsersEnd;
  /** Points the one context at a component. */
  enter(component: number): Context;
}

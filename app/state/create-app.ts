// Builds the state of the page: stores for React, the trace window and the playhead for painters, the workers behind them, and
// the doors that actions use. main.tsx calls it once; tests call it with workers and a clock of their own.
import type { App, RunToOpen } from './app.ts';
import type { Keeper } from './remembered.ts';
import { type RoomOptions, RunRoom } from './run-room.ts';
import { createStores, keepSettings } from './stores.ts';

export interface AppOptions extends RoomOptions {
  readonly seed: number;
  readonly keeper: Keeper | null;
  /** What to begin with in place of the built-in design. */
  readonly opening?: RunToOpen | null;
}

export interface RunningApp extends App {
  stop(): void;
}

export function createApp(options: AppOptions): RunningApp {
  const stores = createStores(options.seed, options.keeper);
  const room = new RunRoom(stores, options);
  keepSettings(stores, options.keeper);
  room.start();
  if (options.opening) room.openRun(options.opening);
  return {
    ...stores,
    frame: {
      playheadUs: () => room.playhead.us,
      speed: () => room.playhead.speed,
      window: room.window,
      lookTo: (us) => room.lookTo(us),
      onFrame: (paint) => room.loop.onFrame(paint),
      waitFor: (reach) => room.loop.waitFor(reach),
    },
    control: room,
    stop: () => room.stop(),
  };
}

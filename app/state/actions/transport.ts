// Play, pause, step, speed, and going to another moment of the run.
import type { Micros } from '../../foundation/micros.ts';
import { nextSpeed, SPEEDS } from '../../timeline/playhead.ts';
import type { App } from '../app.ts';
import { defineAction } from './action.ts';

export const playPause = defineAction({
  id: 'play-pause',
  label: 'Play or pause',
  keys: ['Space'],
  refusal: (app) => app.playback.getState().stopped,
  perform: (app) => app.control.setPlaying(!app.playback.getState().playing),
});

/** To the next stage of one request, or back. */
function follow(app: App, direction: 1 | -1): void {
  app.control.setPlaying(false);
  import('../request-step.ts').then(
    ({ stepRequest }) => stepRequest(app, direction),
    () => app.hand.setState({ refusal: 'Step could not be loaded. Try again.' }),
  );
}

export const step = defineAction({
  id: 'step',
  label: 'Step',
  keys: ['.'],
  perform: (app) => follow(app, 1),
});

export const stepBack = defineAction({
  id: 'step-back',
  label: 'Step back',
  keys: [','],
  perform: (app) => follow(app, -1),
});

export const faster = defineAction({
  id: 'faster',
  label: 'Faster',
  keys: [']'],
  perform: (app) => app.control.setSpeed(nextSpeed(app.playback.getState().speed, 1)),
});

export const slower = defineAction({
  id: 'slower',
  label: 'Slower',
  keys: ['['],
  perform: (app) => app.control.setSpeed(nextSpeed(app.playback.getState().speed, -1)),
});

export const setSpeed = defineAction<number>({
  id: 'set-speed',
  label: 'Set the speed',
  refusal: (_app, speed) => (SPEEDS.includes(speed) ? null : 'There is no such speed.'),
  perform: (app, speed) => app.control.setSpeed(speed),
});

/** Goes to a moment. The run goes on from there if it was playing. */
export const seek = defineAction<Micros>({
  id: 'seek',
  label: 'Go to a moment',
  perform: (app, us) => app.control.seek(Math.max(0, us)),
});

export const toNextEvent = defineAction({
  id: 'next-event',
  label: 'Go to the next change of state',
  refusal: (app) =>
    app.frame.window.nextStateChange(app.control.now()) === null ? 'No later change of state is known yet.' : null,
  perform: (app) => app.control.seek(app.frame.window.nextStateChange(app.control.now()) ?? app.control.now()),
});

export const toPreviousEvent = defineAction({
  id: 'previous-event',
  label: 'Go to the change of state before',
  refusal: (app) =>
    app.frame.window.previousStateChange(app.control.now()) === null ? 'Nothing has changed its state before.' : null,
  perform: (app) => app.control.seek(app.frame.window.previousStateChange(app.control.now()) ?? app.control.now()),
});

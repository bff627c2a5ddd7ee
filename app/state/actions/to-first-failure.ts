// Goes to the first request of the run that failed.
import type { Micros } from '../../foundation/micros.ts';
import type { App } from '../app.ts';
import { defineAction } from './action.ts';

export const toFirstFailure = defineAction({
  id: 'first-failure',
  label: 'Go to the first failure',
  keys: ['E'],
  refusal: (app) => (firstFailureUs(app) === null ? 'No request has failed as far as the run is known.' : null),
  perform: (app) => app.control.seek(firstFailureUs(app) ?? 0),
});

function firstFailureUs({ frame }: App): Micros | null {
  for (let index = 0; index < frame.window.seconds; index++) {
    const failedUs = frame.window.second(index)?.failedUs ?? -1;
    if (failedUs >= 0) return failedUs;
  }
  return null;
}

// Another built-in design, or other timings of the same: a new run from its start, with the same seed and the commands that
// still apply.
import type { BuiltInId, Pace } from '../../designs/built-in.ts';
import type { App } from '../app.ts';
import { defineAction } from './action.ts';

export const chooseDesign = defineAction<BuiltInId>({
  id: 'choose-design',
  label: 'Open a design',
  keys: ['1', '2', '3', '4', '5'],
  perform: (app, id) => {
    if (app.design.getState().id !== id) app.control.open(id, paceOf(app));
  },
});

export const chooseTimings = defineAction<Pace>({
  id: 'choose-timings',
  label: 'Choose the timings',
  refusal: (app) => (app.design.getState().id === 'foreign' ? 'This design has timings of its own.' : null),
  perform: (app, timings) => {
    const { id, timings: before } = app.design.getState();
    if (before !== timings && id !== 'foreign') app.control.open(id, timings);
  },
});

/** From the start again, with everything that was done. */
export const reload = defineAction({
  id: 'reload',
  label: 'Reload',
  perform: (app) => {
    const { id, design, seed } = app.design.getState();
    app.control.openRun({ id, design, seed, acts: app.history.getState().done, atUs: 0, playing: true });
  },
});

/** A built-in design opens at the pace of the one before it. */
const paceOf = (app: App): Pace => (app.design.getState().timings === 'realistic' ? 'realistic' : 'classroom');

// Another built-in design, or other timings of the same: a new run from its start, with the same seed and the commands that
// still apply.
import type { DesignId } from '../app.ts';
import { defineAction } from './action.ts';

export const chooseDesign = defineAction<DesignId>({
  id: 'choose-design',
  label: 'Open a design',
  keys: ['1', '2'],
  perform: (app, id) => {
    if (app.design.getState().id !== id) app.control.open(id, app.design.getState().timings);
  },
});

export const chooseTimings = defineAction<'classroom' | 'realistic'>({
  id: 'choose-timings',
  label: 'Choose the timings',
  perform: (app, timings) => {
    if (app.design.getState().timings !== timings) app.control.open(app.design.getState().id, timings);
  },
});

/** From the start again, with everything that was done. */
export const reload = defineAction({
  id: 'reload',
  label: 'Reload',
  perform: (app) => app.control.open(app.design.getState().id, app.design.getState().timings),
});

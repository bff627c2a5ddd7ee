// How much of the run the timeline shows: by wheel, pinch, button and key, always these.
import type { Micros } from '../../foundation/micros.ts';
import { panned, timeViewOf, zoomed } from '../time-view.ts';
import { defineAction } from './action.ts';

const STEP = 2;

/** By a factor around a moment: what a wheel or two fingers do. */
export const zoomTo = defineAction<{ readonly factor: number; readonly atUs: Micros }>({
  id: 'zoom-time',
  label: 'Show more or less of the run',
  perform: (app, { factor, atUs }) => timeViewOf(app).setState((view) => zoomed(view, factor, atUs)),
});

export const zoomIn = defineAction({
  id: 'zoom-time-in',
  label: 'Show less time, larger',
  keys: ['+'],
  perform: (app) => zoomTo.run(app, { factor: 1 / STEP, atUs: app.control.now() }),
});

export const zoomOut = defineAction({
  id: 'zoom-time-out',
  label: 'Show more time',
  keys: ['-'],
  perform: (app) => zoomTo.run(app, { factor: STEP, atUs: app.control.now() }),
});

export const showWholeRun = defineAction({
  id: 'show-whole-run',
  label: 'Show the whole run',
  keys: ['0'],
  perform: (app) => timeViewOf(app).setState({ whole: true }),
});

/** Moves the stretch that is shown; the playhead stays. */
export const panTime = defineAction<Micros>({
  id: 'pan-time',
  label: 'Show an earlier or later stretch',
  keys: ['Shift+Page Up', 'Shift+Page Down'],
  perform: (app, byUs) => timeViewOf(app).setState((view) => panned(view, byUs)),
});

// Undo takes the last act back, and with it the future that it caused; redo does it again at its own time.
import { defineAction } from './action.ts';

export const undo = defineAction({
  id: 'undo',
  label: 'Undo',
  keys: ['Ctrl+Z'],
  refusal: (app) => (app.history.getState().done.length === 0 ? 'There is nothing to undo.' : null),
  perform: (app) => app.control.undo(),
});

export const redo = defineAction({
  id: 'redo',
  label: 'Redo',
  keys: ['Ctrl+Shift+Z'],
  refusal: (app) => (app.history.getState().undone.length === 0 ? 'There is nothing to redo.' : null),
  perform: (app) => app.control.redo(),
});

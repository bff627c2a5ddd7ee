// Plays a point of the explanation on the diagram, and puts the run back as it was. What a person does to the run meanwhile
// ends the lesson first.
import type { Action, App } from '../app.ts';
import { defineAction } from './action.ts';

export const playLesson = defineAction<number>({
  id: 'play-lesson',
  label: 'Show me',
  perform: (app, point) => {
    app.control.playLesson(point).catch(() => {
      app.hand.setState({ refusal: 'The lesson could not be loaded. Try again.' });
    });
  },
});

export const stopLesson = defineAction({
  id: 'stop-lesson',
  label: 'Stop',
  refusal: (app) => (app.settings.getState().lesson === null ? 'Nothing plays.' : null),
  perform: (app) => app.control.stopLesson(),
});

/** Does something to the person's own run: a lesson that plays ends before, so that it is judged and done in that run. */
export function actOn<Input>(app: App, action: Action<Input>, input: Input): void {
  endLesson(app);
  action.run(app, input);
}

function endLesson(app: App): void {
  if (app.settings.getState().lesson !== null) app.control.stopLesson();
}

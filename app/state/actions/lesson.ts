// Plays a point of the explanation on the diagram, and puts the run back as it was.
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

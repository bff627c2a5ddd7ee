// Plays a point of the explanation on the diagram, and puts the run back as it was.
import { defineAction } from './action.ts';

export const playLesson = defineAction<number>({
  id: 'play-lesson',
  label: 'Show me',
  perform: (app, point) => app.settings.setState({ lesson: { point, step: 1 } }),
});

export const stopLesson = defineAction({
  id: 'stop-lesson',
  label: 'Stop',
  refusal: (app) => (app.settings.getState().lesson === null ? 'Nothing plays.' : null),
  perform: (app) => app.settings.setState({ lesson: null }),
});

// Plays a point of the explanation on the diagram, and puts the run back as it was.
import { EXPLANATION } from '../../lessons/explanation.ts';
import { scriptFor } from '../../lessons/lesson.ts';
import { defineAction } from './action.ts';

export const playLesson = defineAction<number>({
  id: 'play-lesson',
  label: 'Show me',
  refusal: (app, point) => {
    const lesson = EXPLANATION.find((one) => one.point === point);
    if (lesson === undefined) return 'There is no such point.';
    return scriptFor(lesson, app.design.getState().design) === null
      ? 'This design has nothing to show it on. Open design 2.'
      : null;
  },
  perform: (app, point) => app.control.playLesson(point),
});

export const stopLesson = defineAction({
  id: 'stop-lesson',
  label: 'Stop',
  refusal: (app) => (app.settings.getState().lesson === null ? 'Nothing plays.' : null),
  perform: (app) => app.control.stopLesson(),
});

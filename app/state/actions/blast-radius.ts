// Every element killed once, worst first, over the whole page. Again: back to the diagram.
import { blastOf } from '../blast.ts';
import { defineAction } from './action.ts';

export const blastRadius = defineAction({
  id: 'blast-radius',
  label: 'Blast radius',
  keys: ['B'],
  perform: (app) => blastOf(app).setState(({ isOpen }) => ({ isOpen: !isOpen })),
});

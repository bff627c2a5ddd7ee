// Makes a replica the primary: it applies what it has received, then takes writes, and the applications are told.
import { whyNotPromoted } from '../database-facts.ts';
import { designNow } from '../design-now.ts';
import { targetWords } from '../truth.ts';
import { defineAction } from './action.ts';

export const promote = defineAction<string>({
  id: 'promote',
  label: 'Make this replica the primary',
  refusal: (app, id) => {
    const isDatabase = designNow(app).components.some((one) => one.id === id && one.kind === 'database');
    return isDatabase
      ? whyNotPromoted(app.frame.window, id, app.control.now())
      : 'Only a database can be made primary.';
  },
  perform: (app, id) => {
    app.control.act({
      label: `promote ${targetWords(designNow(app), id)}`,
      commands: [{ type: 'admin', atUs: app.control.now(), target: id, words: ['promote'] }],
    });
  },
});

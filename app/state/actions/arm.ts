// Takes a fault from the tray by tap or key; the next element gets it. Doing it again, or Esc, puts it back.
import type { Tool } from '../app.ts';
import { blastOf } from '../blast.ts';
import { defineAction } from './action.ts';
import { blastRadius } from './blast-radius.ts';
import { closeInquiry } from './inquiry.ts';
import { stopLesson } from './lesson.ts';
import { select } from './select.ts';

export const arm = defineAction<Tool>({
  id: 'arm',
  label: 'Make a fault ready',
  perform: (app, tool) => app.hand.setState((hand) => ({ armed: hand.armed === tool ? null : tool, first: null })),
});

/** Puts the fault back, else stops what plays, else clears the selection. */
export const cancel = defineAction({
  id: 'cancel',
  label: 'Put back, close, clear',
  keys: ['Esc'],
  perform: (app) => {
    const hand = app.hand.getState();
    if (blastOf(app).getState().isOpen) blastRadius.run(app);
    else if (hand.armed !== null || hand.drag !== null) app.hand.setState({ armed: null, first: null, drag: null });
    else if (app.inquiry.getState().page !== null) closeInquiry.run(app);
    else if (app.settings.getState().lesson !== null) stopLesson.run(app);
    else if (app.findings.getState().shown !== null) app.findings.setState({ shown: null });
    else select.run(app, null);
  },
});

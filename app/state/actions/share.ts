// Copies a link to this exact run at this moment; and goes back to the run that was left when a link was opened.
import { visitOf } from '../visit.ts';
import { defineAction } from './action.ts';

export const share = defineAction({
  id: 'share',
  label: 'Share',
  keys: ['Y'],
  perform: (app) => {
    import('../sharing.ts')
      .then(({ copyLink }) => copyLink(app))
      .catch(() => app.hand.setState({ refusal: 'The link could not be made. Try again.' }));
  },
});

export const backToRun = defineAction({
  id: 'back-to-run',
  label: 'Back to my run',
  refusal: (app) => (visitOf(app).getState().way === null ? 'There is no other run to go back to.' : null),
  perform: (app) => visitOf(app).getState().goBack(),
});

// Takes the review away: the diagram with all issues, what was accepted, and what every failure costs.
import type { ReviewForm } from '../export-review.ts';
import { defineAction } from './action.ts';

export const exportReview = defineAction<ReviewForm>({
  id: 'export-review',
  label: 'Export the review',
  refusal: (app) => {
    const { done, of } = app.findings.getState();
    return of > 0 && done === of
      ? null
      : `The issues are being measured, ${done} of ${of} done. Try again in a moment.`;
  },
  perform: (app, form) => {
    import('../export-review.ts')
      .then(({ exportReview: make }) => make(app, form))
      .catch(() => app.hand.setState({ refusal: 'The review could not be made. Try again.' }));
  },
});

// Looks into something beside the diagram: the way of one request, or what HAProxy counts.
import { defineAction } from './action.ts';

/** Takes the number of a request: from a bead, a failed count, a point of a chart. */
export const showRequest = defineAction<number>({
  id: 'show-request',
  label: 'Show a request',
  refusal: (_app, request) => (request >= 1 ? null : 'This is no request.'),
  perform: (app, request) => app.inquiry.setState({ page: 'request', request }),
});

export const closeInquiry = defineAction({
  id: 'close-inquiry',
  label: 'Back to the diagram',
  keys: ['Esc'],
  perform: (app) => app.inquiry.setState({ page: null }),
});

/** Goes to the diagram and follows the request there, from its click on. */
export const showMe = defineAction<number>({
  id: 'show-me',
  label: 'Show me',
  perform: (app, request) => {
    app.inquiry.setState({ page: null });
    import('../request-step.ts').then(
      ({ followRequest }) => followRequest(app, request),
      () => app.hand.setState({ refusal: 'The request could not be followed. Try again.' }),
    );
  },
});

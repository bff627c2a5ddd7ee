// Looks into something beside the diagram: the way of one request, or what HAProxy counts.
import type { App, InquiryState } from '../app.ts';
import { defineAction } from './action.ts';

/** Where the panel is a sheet, it would lie above what is asked for. */
function open(app: App, what: Partial<InquiryState>): void {
  app.settings.setState({ sheet: false });
  app.inquiry.setState(what);
}

/** Takes the number of a request: from a bead, a failed count, a point of a chart. */
export const showRequest = defineAction<number>({
  id: 'show-request',
  label: 'Show a request',
  refusal: (_app, request) => (request >= 1 ? null : 'This is no request.'),
  perform: (app, request) => open(app, { page: 'request', request }),
});

export const showStatistics = defineAction({
  id: 'show-statistics',
  label: "HAProxy's statistics",
  refusal: (app) =>
    app.design.getState().design.components.some((part) => part.kind === 'load-balancer')
      ? null
      : 'This design has no load balancer.',
  perform: (app) => open(app, { page: 'statistics' }),
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

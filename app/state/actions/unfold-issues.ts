// Shows the issues that are folded below the first ones, in the panel and on the diagram, or folds them again.
import { defineAction } from './action.ts';

export const unfoldIssues = defineAction({
  id: 'unfold-issues',
  label: 'Show all issues, or the first ones',
  perform: (app) => app.findings.setState(({ unfolded }) => ({ unfolded: !unfolded })),
});

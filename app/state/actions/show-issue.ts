// Goes to an issue: its row in the panel and its pin on the diagram.
import { defineAction } from './action.ts';

export const showIssue = defineAction<number>({
  id: 'show-issue',
  label: 'Go to an issue',
  keys: ['I'],
  refusal: (app, number) => {
    const { findings } = app.findings.getState();
    return number >= 1 && number <= findings.length ? null : `There is no issue ${number}.`;
  },
  perform: (app, number) => {
    app.findings.setState({ shown: number });
    app.settings.setState({ tab: 'issues' });
  },
});

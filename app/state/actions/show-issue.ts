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
    // One that is folded away is on the diagram only with the rest.
    app.findings.setState(({ onTop, unfolded }) => ({ shown: number, unfolded: unfolded || number > onTop }));
    app.settings.setState({ tab: 'issues' });
  },
});

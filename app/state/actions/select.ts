// Opens an element in the inspector, or closes it.
import { restingTab } from '../resting-tab.ts';
import { defineAction } from './action.ts';

export const select = defineAction<string | null>({
  id: 'select',
  label: 'Open the settings',
  keys: ['Enter'],
  perform: (app, id) => {
    app.hand.setState({ selected: id });
    if (id !== null) app.settings.setState({ tab: 'inspector', sheet: true });
    else if (app.settings.getState().tab === 'inspector') app.settings.setState({ tab: restingTab(app), sheet: false });
  },
});

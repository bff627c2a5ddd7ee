// Puts a fault of the tray on an element. The faults themselves come a moment after the page: nobody is quicker than that.
import type { Action, App, Tool } from '../app.ts';
import { storyIfLoaded } from '../story.ts';
import { defineAction } from './action.ts';

interface Blow {
  readonly tool: Tool;
  readonly target: string;
}

const faultOf = ({ tool }: Blow): Action<string> | undefined => storyIfLoaded()?.faults[tool];

export const inflict = defineAction<Blow>({
  id: 'inflict',
  label: 'Put a fault on an element',
  refusal: (app: App, blow) => {
    const fault = faultOf(blow);
    return fault === undefined ? 'The faults are still being loaded. Try again.' : fault.refusal(app, blow.target);
  },
  perform: (app, blow) => faultOf(blow)?.run(app, blow.target),
});

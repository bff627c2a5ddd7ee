// All that story.ts fetches, as one module: each further door into what the page has loaded would cut it into more pieces.
import { FAULTS } from './actions/faults.ts';
import { monitoringView } from './monitoring-view.ts';
import { narration } from './narration-moment.ts';
import { alarmOf, sinceView } from './since.ts';

export const STORY = { narration, monitoringView, sinceView, alarmOf, faults: FAULTS };

// All that story.ts fetches, as one module: each further door into what the page has loaded would cut it into more pieces.
import { builtInDesign } from '../designs/built-in.ts';
import { promote, rejoin } from './actions/database.ts';
import { FAULTS } from './actions/faults.ts';
import { monitoringView } from './monitoring-view.ts';
import { narration } from './narration-moment.ts';
import { addressFacts, dressed } from './shared-address.ts';
import { alarmOf, sinceView } from './since.ts';

export { LATE_FIGURES } from '../catalogue/late-figures.ts';

export const STORY = {
  narration,
  monitoringView,
  sinceView,
  alarmOf,
  faults: FAULTS,
  orders: { promote, rejoin },
  dressed,
  addressFacts,
  builtInDesign,
};

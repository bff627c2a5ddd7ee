// Opens another design, or this one with something changed, beside the run: same traffic, same seed, same faults. Again: closes it.
import { type BesideChoice, besideOf } from '../beside.ts';
import { blastOf } from '../blast.ts';
import { defineAction } from './action.ts';

export const compare = defineAction<BesideChoice | null>({
  id: 'compare',
  label: 'Compare',
  keys: ['V'],
  perform: (app, choice) => {
    blastOf(app).setState({ isOpen: false });
    const { app: open, close } = besideOf(app).getState();
    if (open !== null && choice === null) return close();
    import('../beside-room.ts')
      .then(({ compareWith }) => compareWith(app, choice))
      .catch(() => app.hand.setState({ refusal: 'The comparison could not be loaded. Try again.' }));
  },
});

// What follows from an experiment: the same again under other chance, and the same fault in another design beside this one.
import type { Micros } from '../../foundation/micros.ts';
import { besideOf } from '../beside.ts';
import { visitOf } from '../visit.ts';
import { defineAction } from './action.ts';
import { compare } from './compare.ts';

const MOST_SEED = 0x7fffffff;

/** The next one, so that everybody who runs it again meets the same chance. */
export const nextSeed = (seed: number): number => (seed < MOST_SEED ? seed + 1 : 0);

/** The same design and acts from the fault on, with another seed. The run before is kept, one act away. */
export const runAgain = defineAction<Micros>({
  id: 'run-again',
  label: 'Run again with another seed',
  perform: (app, faultUs) => {
    const { id, design, seed } = app.design.getState();
    visitOf(app).getState().keepAside();
    const acts = app.history.getState().done;
    app.control.openRun({ id, design, seed: nextSeed(seed), acts, atUs: faultUs, playing: true });
    app.settings.setState({ tab: 'since' });
    app.hand.setState({ notice: `The same acts again, with seed ${nextSeed(seed)}: other requests, other chance.` });
  },
});

/** The same fault in another design, from the fault on. */
export const compareFault = defineAction<Micros>({
  id: 'compare-fault',
  label: 'Compare',
  refusal: (app) => (besideOf(app).getState().app === null ? null : 'Two designs are compared already.'),
  perform: (app, faultUs) => {
    app.control.seek(faultUs);
    compare.run(app, null);
  },
});

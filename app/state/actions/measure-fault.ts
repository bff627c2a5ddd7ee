// How strong a fault is, changed while it is on: the same command again with another measure, so that it stands on the timeline
// and can be undone. The fault keeps its beginning.
import type { Command } from '../../simulation/command.ts';
import type { ActiveFault } from '../app.ts';
import { targetWords, truthAt } from '../truth.ts';
import { defineAction } from './action.ts';

/** A fault with a measure: how slow, how lossy and late, how many requests a second. */
export type Measured = Extract<Command, { type: 'slow' | 'degrade' | 'flood' }>;

export const measureOf = ({ command }: ActiveFault): Measured | null =>
  command.type === 'slow' || command.type === 'degrade' || command.type === 'flood' ? command : null;

export const measureFault = defineAction<Measured>({
  id: 'measure-fault',
  label: 'Change how strong a fault is',
  refusal: (app, measured) => {
    const { type, target } = measured;
    if (type === 'degrade' && measured.lossShare === 0 && measured.delayMs === 0) {
      return 'A line that loses nothing and delays nothing has no fault. Repair it instead.';
    }
    const { design } = app.design.getState();
    const truth = truthAt(design, app.playback.getState().commands, app.control.now());
    return truth.on(target, type) === undefined ? 'This fault has ended. Put it on again first.' : null;
  },
  perform: (app, measured) => {
    const { design } = app.design.getState();
    const label = `change the fault of ${targetWords(design, measured.target)}`;
    app.control.act({ label, commands: [{ ...measured, atUs: app.control.now() }] });
  },
});

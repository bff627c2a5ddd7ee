// Plays the run of a row of the blast radius on the page: the same requests, the same fault at the same second. An act: what was
// done to the run before is put aside for it, and comes back with undo.
import { FAULT_US } from '../../analysis/blast-radius.ts';
import { faultsIn, type LastingFault } from '../../analysis/fault-measure.ts';
import type { Design } from '../../design/design.ts';
import { formatClock, SECOND } from '../../foundation/micros.ts';
import type { App } from '../app.ts';
import { blastOf } from '../blast.ts';
import { elementWords, faultWord } from '../blast-words.ts';
import { listWords } from '../truth.ts';
import { defineAction } from './action.ts';

/** So long before the fault it begins to play. */
const LEAD_US = 2 * SECOND;

interface Watched {
  /** The design that it was measured on: settings that were changed at the playhead hold from the start. */
  readonly design: Design;
  readonly fault: LastingFault;
}

export const watchFault = defineAction<Watched>({
  id: 'watch-fault',
  label: 'Watch',
  perform: (app, { design, fault }) => {
    const { commands } = app.playback.getState();
    const words = listWords(faultsIn(fault).map(({ target }) => elementWords(design, target)));
    const label = `watch ${words} ${faultWord(design, fault)}`;
    app.hand.setState({ armed: null, first: null, drag: null, hint: false });
    const faults = faultsIn(fault).map((one) => ({ ...one, atUs: FAULT_US }));
    if (design === app.design.getState().design) app.control.act({ label, commands: faults, without: commands });
    else app.control.edit(label, design, faults);
    app.control.seek(FAULT_US - LEAD_US);
    app.control.setPlaying(true);
    showSince(app);
    app.hand.setState({
      notice: `This is the run of that row, from ${formatClock(FAULT_US - LEAD_US)} on. Undo brings your own run back.`,
    });
    blastOf(app).setState({ isOpen: false });
  },
});

/** What follows is told as soon as the fault is on, unless the run is another one by then. */
function showSince(app: App): void {
  const { commands } = app.playback.getState();
  const stop = app.playback.subscribe((playback) => {
    const isOn = (playback.view?.since ?? null) !== null;
    if (isOn || playback.commands !== commands) stop();
    if (isOn && playback.commands === commands) app.settings.setState({ tab: 'since' });
  });
}

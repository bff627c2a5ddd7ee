// Moves what a person did to another moment of the run, or takes it out, wherever in the run that was: the future that it
// caused changes with it. One act with a name, that undo takes back.
import { formatClock, type Micros, SECOND } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import type { App } from '../app.ts';
import { doneTo, isRestart, isReturnOfRestart, said } from '../fault-words.ts';
import { truthAt } from '../truth.ts';
import { defineAction } from './action.ts';

/** A fault is on for at least so long. */
const SHORTEST_US: Micros = SECOND / 10;

interface Move {
  readonly commands: readonly Command[];
  readonly byUs: Micros;
  /** By a key, step by step: the steps are one act. */
  readonly stepwise?: boolean;
}

export const moveInTime = defineAction<Move>({
  id: 'move-in-time',
  label: 'Move to another moment',
  keys: ['Left', 'Right'],
  refusal: (app, { commands, byUs }) =>
    gone(app, commands) ?? (allowed(app, commands, byUs) === 0 ? atItsEnd(byUs) : null),
  perform: (app, { commands, byUs, stepwise = false }) => {
    const all = withReturns(app, commands);
    const by = allowed(app, commands, byUs);
    const moved = all.map((command) => ({ ...command, atUs: command.atUs + by }));
    const [first] = moved;
    if (first === undefined) return;
    const label = `move ${named(app, all)} to ${formatClock(first.atUs)}`;
    app.control.act({ label, commands: moved, without: all, goesOn: stepwise });
  },
});

export const deleteFromRun = defineAction<readonly Command[]>({
  id: 'delete-from-run',
  label: 'Delete from the run',
  keys: ['Delete'],
  refusal: gone,
  perform: (app, commands) => {
    const all = withEnds(app, withReturns(app, commands));
    app.control.act({ label: `delete ${named(app, commands)}`, commands: [], without: all });
  },
});

const atItsEnd = (byUs: Micros): string =>
  byUs < 0
    ? 'It cannot be earlier: the run begins here, or what it repairs.'
    : 'It cannot be later: its repair comes right after. Move or delete that first.';

function gone(app: App, commands: readonly Command[]): string | null {
  const known = app.playback.getState().commands;
  return commands.length > 0 && commands.every((one) => known.includes(one))
    ? null
    : 'This is no longer part of the run.';
}

/** The second half of a restart goes with the first. */
function withReturns(app: App, commands: readonly Command[]): readonly Command[] {
  const known = app.playback.getState().commands;
  const restarts = commands.filter((command) => isRestart(known, command));
  const isReturn = (one: Command) =>
    isReturnOfRestart(known, one) && restarts.some((kill) => isReturnOfRestart([kill, one], one));
  return [...commands, ...known.filter((one) => !commands.includes(one) && isReturn(one))];
}

/** A repair has no meaning without the faults that it ended. */
function withEnds(app: App, commands: readonly Command[]): readonly Command[] {
  const known = app.playback.getState().commands;
  const pairs = endsOf(app);
  const orphans = known.filter((one) => {
    const faults = pairs.filter(([, end]) => end === one).map(([fault]) => fault);
    return !commands.includes(one) && faults.length > 0 && faults.every((fault) => commands.includes(fault));
  });
  return [...commands, ...orphans];
}

/** Every fault with the repair that ended it. */
function endsOf(app: App): readonly (readonly [fault: Command, end: Command])[] {
  const { commands } = app.playback.getState();
  const { design } = app.design.getState();
  const pairs: (readonly [Command, Command])[] = [];
  let before: readonly Command[] = [];
  for (const command of commands) {
    const on = truthAt(design, commands, command.atUs).faults.map((fault) => fault.command);
    if (command.type === 'repair') for (const fault of before) if (!on.includes(fault)) pairs.push([fault, command]);
    before = on;
  }
  return pairs;
}

/** As far as it can be moved: not before the start, no fault past its end, no repair before what it repairs. */
function allowed(app: App, commands: readonly Command[], byUs: Micros): Micros {
  const all = withReturns(app, commands);
  let [least, most] = [-Math.min(...all.map((command) => command.atUs)), Number.POSITIVE_INFINITY];
  for (const [fault, end] of endsOf(app)) {
    const room = Math.max(0, end.atUs - fault.atUs - SHORTEST_US);
    if (all.includes(fault) && !all.includes(end)) most = Math.min(most, room);
    if (all.includes(end) && !all.includes(fault)) least = Math.max(least, -room);
  }
  return Math.min(most, Math.max(least, byUs)) || 0;
}

function named(app: App, commands: readonly Command[]): string {
  const known = app.playback.getState().commands;
  const { design } = app.design.getState();
  const acts = commands.filter((command) => said(design, command) !== null && !isReturnOfRestart(known, command));
  const [first] = acts;
  if (first === undefined || acts.length > 1) return `${acts.length} acts`;
  const name = isRestart(known, first) ? 'restart' : (said(design, first)?.name ?? '').toLowerCase();
  return first.type === 'flood' ? name : `${name} ${doneTo(design, first)}`;
}

// Runs to text and back, as the page does it: the link in the address, and the text that the browser remembers.
import { type Design, DNS, USERS } from '../design/design.ts';
import { isBuiltIn } from '../designs/built-in.ts';
import type { OpenedRun } from '../exchange/link.ts';
import { formatClock } from '../foundation/micros.ts';
import type { Problem } from '../foundation/result.ts';
import { copyText } from '../platform/clipboard.ts';
import { fragmentOf, runOfText, textOf } from '../platform/run-link.ts';
import type { Command } from '../simulation/command.ts';
import { ENGINE_VERSION } from '../simulation/engine-version.ts';
import type { App, RunToOpen } from './app.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { visitOf } from './visit.ts';

/** Longer than that, some programs cut it. */
const LONG_LINK = 8_000;

/** The run that is open, at its moment, with what stands beside it, as text. */
export function textOfRun(app: App): string {
  const { design, seed } = app.design.getState();
  // The drawing itself tells what was changed in it.
  const acts = app.history.getState().done.filter((act) => act.edit === undefined);
  const run = { design, seed, acts, atUs: app.control.now(), engine: ENGINE_VERSION };
  const { app: other, choice } = besideOf(app).getState();
  // A fix that is only looked at stays on the page.
  if (other === null || choice === null || choice.type === 'fixed') return textOf(run);
  const isThere = standsIn(other.design.getState().design);
  const there = acts.map(({ beside, ...act }) => (beside?.every(isThere) ? { ...act, beside } : act));
  const compared = textOf({ ...run, acts: there, beside: choice });
  // What was done beside another design than this may not fit it: better the run alone than a link that nobody can read.
  return runOfText(compared).ok ? compared : textOf(run);
}

const standsIn =
  ({ hosts, components, links }: Design) =>
  ({ target }: Command): boolean =>
    target === USERS || target === DNS || [...hosts, ...components, ...links].some(({ id }) => id === target);

/** What a run is to be compared with, or null. */
export function besideIn({ beside }: OpenedRun): BesideChoice | null {
  if (beside === undefined) return null;
  if (beside.type !== 'design') return beside;
  return isBuiltIn(beside.id) ? { type: 'design', id: beside.id } : null;
}

export const toOpen = (run: OpenedRun, playing: boolean): RunToOpen => ({
  id: run.builtIn !== null && isBuiltIn(run.builtIn) ? run.builtIn : 'foreign',
  design: run.design,
  seed: run.seed,
  acts: run.acts,
  atUs: run.atUs,
  playing,
});

/** What and where, for a person. */
export function wrongWords(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return '';
  return `${first.path === '' ? '' : `At ${first.path}: `}${first.reason} ${first.repair}`;
}

/** `A shared run, paused at 00:31.4.`, and what is different here. */
export function welcome(run: OpenedRun): string {
  const what = run.beside === undefined ? 'run' : 'comparison';
  const paused = `A shared ${what}, paused at ${formatClock(run.atUs)}. Press Play to go on.`;
  if (run.engine === ENGINE_VERSION) return paused;
  return `${paused} It was made with another version of Spofcheck: what happens in it may differ.`;
}

export async function copyLink(app: App): Promise<void> {
  const atUs = app.control.now();
  const link = `${location.href.split('#')[0]}#${await fragmentOf(textOfRun(app))}`;
  const length = link.length.toLocaleString('en-GB');
  if (!(await copyText(link))) {
    visitOf(app).setState({ link });
    return;
  }
  const what = besideOf(app).getState().choice === null ? 'run' : 'comparison';
  const long = link.length > LONG_LINK ? ' Some programs cut links that long: try it before you send it.' : '';
  app.hand.setState({
    notice: `Copied a link to this ${what} at ${formatClock(atUs)}. It has ${length} characters.${long}`,
  });
}

// Runs to text and back, as the page does it: the link in the address, and the text that the browser remembers.
import { kindsById } from '../catalogue/kinds.ts';
import { builtInDesign, isBuiltIn } from '../designs/built-in.ts';
import { fromBase64Url, toBase64Url } from '../exchange/base64url.ts';
import { type BuiltIns, MOST_BYTES, type OpenedRun, readRun, writeRun } from '../exchange/link.ts';
import { formatClock } from '../foundation/micros.ts';
import { failure, type Problem, type Result } from '../foundation/result.ts';
import { copyText } from '../platform/clipboard.ts';
import { deflate, inflate } from '../platform/deflate.ts';
import { ENGINE_VERSION } from '../simulation/engine-version.ts';
import type { App, RunToOpen } from './app.ts';
import { visitOf } from './visit.ts';

/** What a link to a run has after the `#`. */
const PREFIX = 'run=';
/** Longer than that, some programs cut it. */
const LONG_LINK = 8_000;
/** A browser's own limit is near; nothing of ours is longer. */
const MOST_LETTERS = 2_000_000;

const builtIns: BuiltIns = (id, timings) =>
  isBuiltIn(id) && (timings === 'classroom' || timings === 'realistic') ? builtInDesign(id, timings) : null;

/** The run that is open, at its moment, as text. */
export function textOfRun(app: App): string {
  const { design, seed } = app.design.getState();
  const acts = app.history.getState().done;
  return writeRun({ design, seed, acts, atUs: app.control.now(), engine: ENGINE_VERSION }, builtIns);
}

export const runOfText = (text: string): Result<OpenedRun> => readRun(text, kindsById, builtIns);

/** What stands after the `#` of a link to this text. */
export const fragmentOf = async (text: string): Promise<string> => `${PREFIX}${toBase64Url(await deflate(text))}`;

/** Whether the address asks for a run at all. */
export const isRunLink = (hash: string): boolean => hash.startsWith(`#${PREFIX}`);

export async function runOfHash(hash: string): Promise<Result<OpenedRun>> {
  const letters = hash.slice(1 + PREFIX.length);
  const repair = 'Copy the whole link again where it was made.';
  if (letters === '') return failure([{ path: '', reason: 'The link ends where its run should begin.', repair }]);
  if (letters.length > MOST_LETTERS) {
    return failure([{ path: '', reason: `The link is ${letters.length} characters long.`, repair }]);
  }
  const { bytes, wrongAt } = fromBase64Url(letters);
  if (bytes === null) {
    return failure([{ path: '', reason: `Character ${wrongAt + 1} of the run is none that a link has.`, repair }]);
  }
  const text = await inflate(bytes, MOST_BYTES);
  return text.ok ? runOfText(text.value) : text;
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
  const paused = `A shared run, paused at ${formatClock(run.atUs)}. Press Play to go on.`;
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
  const long = link.length > LONG_LINK ? ' Some programs cut links that long: try it before you send it.' : '';
  app.hand.setState({
    notice: `Copied a link to this run at ${formatClock(atUs)}. It has ${length} characters.${long}`,
  });
}

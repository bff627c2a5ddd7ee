// A link to a run: the text of a run (exchange/link.ts), deflated, in letters that an address may have, after the `#`. The
// page and the bench read the same.
import { kindSchemas } from '../catalogue/schemas.ts';
import { builtInDesign, isBuiltIn } from '../designs/built-in.ts';
import { fromBase64Url, toBase64Url } from '../exchange/base64url.ts';
import { type BuiltIns, MOST_BYTES, type OpenedRun, readRun, type SharedRun, writeRun } from '../exchange/link.ts';
import { failure, type Result } from '../foundation/result.ts';
import { deflate, inflate } from './deflate.ts';

/** What a link to a run has after the `#`. */
const PREFIX = 'run=';
/** A browser's own limit is near; nothing of ours is longer. */
const MOST_LETTERS = 2_000_000;

const builtIns: BuiltIns = (id, timings) =>
  isBuiltIn(id) && (timings === 'classroom' || timings === 'realistic') ? builtInDesign(id, timings) : null;

export const textOf = (run: SharedRun): string => writeRun(run, builtIns);

export const runOfText = (text: string): Result<OpenedRun> => readRun(text, kindSchemas, builtIns);

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

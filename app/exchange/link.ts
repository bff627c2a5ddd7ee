// A run as compact text and back: what a link carries and what a browser remembers. A built-in design goes by its name and
// what differs from it, any other design in full. Everything that comes in is strictly parsed: it comes from strangers.
import * as v from 'valibot';
import type { Design } from '../design/design.ts';
import { type KindRules, parseDesign } from '../design/parse.ts';
import { diffPatch, isSame } from '../foundation/diff-patch.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import { fitting } from './command-fit.ts';
import { commandSchema, momentUs } from './command-schema.ts';

/** The form of the text. A text of another form is not read. */
const FORM = 1;
/** What the text of a run may come to, in bytes of UTF-8. Room for a design of the largest size that a design may have. */
export const MOST_BYTES = 4_000_000;
const MOST_DEPTH = 40;
const MOST_ACTS = 500;
const MOST_COMMANDS = 1_000;
const MOST_LABEL = 120;

/** Something that a person did, as undo takes it back. */
export interface SharedAct {
  readonly label: string;
  readonly commands: readonly Command[];
  /** Commands of earlier acts, the very same objects, that this one takes out of the run. */
  readonly without?: readonly Command[];
}

export interface SharedRun {
  readonly design: Design;
  readonly seed: number;
  readonly acts: readonly SharedAct[];
  /** The moment to look at. */
  readonly atUs: number;
  /** Digest of the engine that made the run: another one may tell it differently. */
  readonly engine: string;
}

export interface OpenedRun extends SharedRun {
  /** The name of the built-in design that it is, unchanged, or null. */
  readonly builtIn: string | null;
}

/** A built-in design by its id and timings; null for a name that nobody has. */
export type BuiltIns = (id: string, timings: string) => Design | null;

// ---- out ---------------------------------------------------------------------------------------------------------

/** The text of a run. A design counts as built-in when its id and timings say so. */
export function writeRun(run: SharedRun, builtIns: BuiltIns): string {
  const { design, seed, acts, atUs, engine } = run;
  const form = { form: FORM, engine, design: designForm(design, builtIns), seed, atUs };
  const all = acts.flatMap((one) => one.commands);
  return JSON.stringify({ ...form, acts: acts.map((one) => actForm(one, all)) });
}

/** What an act takes out goes by its place among all commands. */
function actForm({ label: name, commands, without = [] }: SharedAct, all: readonly Command[]): readonly unknown[] {
  const places = without.map((command) => all.indexOf(command)).filter((place) => place >= 0);
  return [name, commands.map(outward), ...(places.length === 0 ? [] : [places])];
}

function designForm(design: Design, builtIns: BuiltIns): unknown {
  const known = builtIns(design.id, design.timings);
  if (known === null) return design;
  if (isSame(known, design)) return [design.id, design.timings];
  const patch = diffPatch(known, design);
  const named = [design.id, design.timings, outward(patch)];
  return patch !== null && JSON.stringify(named).length < JSON.stringify(design).length ? named : design;
}

/** A setting that a patch takes away, which JSON cannot say. */
const GONE = '$gone';

/** With what JSON leaves out. */
function outward(value: unknown): unknown {
  if (value === undefined) return { [GONE]: true };
  if (Array.isArray(value)) return value.map(outward);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, outward(part)]));
}

function inward(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inward);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === GONE && entries[0][1] === true) return undefined;
  return Object.fromEntries(entries.map(([key, part]) => [key, inward(part)]));
}

// ---- in ----------------------------------------------------------------------------------------------------------

const entries = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give an object.',
);
const label = v.pipe(v.string('Give a text.'), v.maxLength(MOST_LABEL, `Give at most ${MOST_LABEL} characters.`));
const seed = v.pipe(
  v.number('Give a whole number.'),
  v.integer('Give a whole number.'),
  v.minValue(-0x80000000, 'Give a number of 32 bits.'),
  v.maxValue(0xffffffff, 'Give a number of 32 bits.'),
);
const commands = v.pipe(
  v.array(commandSchema, 'Give a list of commands.'),
  v.maxLength(MOST_COMMANDS, 'Give fewer commands.'),
);
const place = v.pipe(
  v.number('Give the place of a command.'),
  v.integer('Give the place of a command.'),
  v.minValue(0, 'Give the place of a command.'),
);
const places = v.pipe(v.array(place, 'Give a list of places.'), v.maxLength(MOST_COMMANDS, 'Give fewer places.'));
const act = v.union(
  [v.strictTuple([label, commands]), v.strictTuple([label, commands, places])],
  'Give an act: its label and its commands.',
);
const runSchema = v.strictObject(
  {
    form: v.literal(FORM, 'Open it with the Spofcheck that made it, or with the newest one.'),
    engine: v.pipe(v.string('Give a text.'), v.maxLength(40, 'Give a shorter text.')),
    design: v.union(
      [v.strictTuple([v.string(), v.string()]), v.strictTuple([v.string(), v.string(), entries]), entries],
      'Give a design, or the name of a built-in one.',
    ),
    seed,
    atUs: momentUs,
    acts: v.pipe(v.array(act, 'Give a list of acts.'), v.maxLength(MOST_ACTS, `Give at most ${MOST_ACTS} acts.`)),
  },
  'Give a run: its design, seed, acts and moment.',
);

/** The run, or all that is wrong with the text: what and where. Throws nothing, whatever the text is. */
export function readRun(
  text: string,
  kinds: Readonly<Record<string, KindRules>>,
  builtIns: BuiltIns,
): Result<OpenedRun> {
  const json = readJson(text);
  if (!json.ok) return json;
  const parsed = v.safeParse(runSchema, json.value);
  if (!parsed.success) return failure(parsed.issues.slice(0, 5).map(problemOf));
  const { engine, atUs, acts } = parsed.output;
  const designed = readDesign(parsed.output.design, kinds, builtIns);
  if (!designed.ok) return designed;
  const { design, builtIn } = designed.value;
  const read = readActs(acts);
  if (!read.ok) return read;
  const all = read.value.flatMap((one) => one.commands);
  if (all.length > MOST_COMMANDS) {
    return failure([
      { path: 'acts', reason: `Found ${all.length} commands.`, repair: `Give at most ${MOST_COMMANDS}.` },
    ]);
  }
  const gone = new Set(read.value.flatMap((one) => one.without ?? []));
  const carriedOut = all.filter((command) => !gone.has(command));
  // What was taken out comes back by undo: it must fit as well.
  const wrong = fitting(inOrder(carriedOut), design, kinds) ?? fitting(inOrder(all), design, kinds);
  if (wrong !== null) return failure([wrong]);
  return success({ design, builtIn, seed: parsed.output.seed, acts: read.value, atUs, engine });
}

/** What an act takes out must have been given before. */
function readActs(given: v.InferOutput<typeof runSchema>['acts']): Result<readonly SharedAct[]> {
  const before: Command[] = [];
  const read: SharedAct[] = [];
  for (const [index, [name, list, taken = []]] of given.entries()) {
    const late = taken.find((one) => one >= before.length);
    if (late !== undefined) {
      const reason = `It takes out command ${late}, and there are ${before.length} before it.`;
      return failure([{ path: `acts[${index}]`, reason, repair: 'Give the place of an earlier command.' }]);
    }
    const own = list.map(readCommand);
    const without = taken.map((one) => before[one] as Command);
    read.push({ label: name, commands: own, ...(without.length === 0 ? {} : { without }) });
    before.push(...own);
  }
  return success(read);
}

/** As checked by the schema; only what a patch takes away is still to be said in our own words. */
const readCommand = (command: v.InferOutput<typeof commandSchema>): Command =>
  command.type === 'reconfigure' ? { ...command, patch: inward(command.patch) as Record<string, unknown> } : command;

function readJson(text: string): Result<unknown> {
  const repair = 'Copy the whole link again where it was made.';
  if (text.length > MOST_BYTES) return failure([{ path: '', reason: `It has ${text.length} characters.`, repair }]);
  if (depthOf(text) > MOST_DEPTH) {
    return failure([{ path: '', reason: `It is nested more than ${MOST_DEPTH} levels deep.`, repair }]);
  }
  try {
    return success(JSON.parse(text) as unknown);
  } catch {
    return failure([{ path: '', reason: 'What is in it is no text of a run.', repair }]);
  }
}

/** Of brackets, wherever they stand: those in texts do no harm here. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '{' || letter === '[') deepest = Math.max(deepest, ++depth);
    else if (letter === '}' || letter === ']') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

interface Designed {
  readonly design: Design;
  readonly builtIn: string | null;
}

function readDesign(
  given: v.InferOutput<typeof runSchema>['design'],
  kinds: Readonly<Record<string, KindRules>>,
  builtIns: BuiltIns,
): Result<Designed> {
  const isNamed = Array.isArray(given);
  const known = isNamed ? builtIns(given[0], given[1]) : null;
  if (isNamed && known === null) {
    const reason = `There is no built-in design "${given[0].slice(0, 40)}" with "${given[1].slice(0, 40)}" timings.`;
    return failure([{ path: 'design', reason, repair: 'Open the link with the newest Spofcheck.' }]);
  }
  const patch = isNamed ? given[2] : undefined;
  const input: unknown = patch === undefined ? (known ?? given) : mergePatch(known, inward(patch));
  const parsed = parseDesign(input, kinds);
  if (!parsed.ok) return failure(parsed.problems.slice(0, 5).map((one) => ({ ...one, path: inside(one.path) })));
  const builtIn = known !== null && isSame(parsed.value, known) ? known.id : null;
  return success({ design: parsed.value, builtIn });
}

const inside = (path: string): string => (path === '' || path.startsWith('[') ? `design${path}` : `design.${path}`);

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).reduce((text, { key }) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
  const isOwn = !issue.message.startsWith('Invalid ');
  const repair = isOwn ? issue.message : `Give ${issue.expected ?? 'another value'}.`;
  return { path, reason: `Found ${issue.received.slice(0, 60)}.`, repair };
}

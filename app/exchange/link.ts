// A run as compact text and back: what a link carries and what a browser remembers. A built-in design goes by its name and
// what differs from it, any other design in full. Everything that comes in is strictly parsed: it comes from strangers.
import * as v from 'valibot';
import type { Design } from '../design/design.ts';
import { type KindRules, parseDesign } from '../design/parse.ts';
import { diffPatch, isSame } from '../foundation/diff-patch.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import { inOrder } from '../simulation/command.ts';
import { fitting } from './command-fit.ts';
import { momentUs } from './command-schema.ts';
import { actForms, actsSchema, readActs, type SharedAct } from './link-acts.ts';
import { besideForm, besideSchema, readBeside, type SharedBeside } from './link-beside.ts';
import { inward, outward } from './link-values.ts';

/** The form of the text. A text of another form is not read. */
const FORM = 1;
/** What the text of a run may come to, in bytes of UTF-8. Room for a design of the largest size that a design may have. */
export const MOST_BYTES = 4_000_000;
const MOST_DEPTH = 40;

export interface SharedRun {
  readonly design: Design;
  readonly seed: number;
  readonly acts: readonly SharedAct[];
  /** The moment to look at. */
  readonly atUs: number;
  /** Digest of the engine that made the run: another one may tell it differently. */
  readonly engine: string;
  /** What it is compared with; left out where it stands alone. */
  readonly beside?: SharedBeside;
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
  const { design, seed, acts, atUs, engine, beside } = run;
  const form = { form: FORM, engine, design: designForm(design, builtIns), seed, atUs };
  const other = beside === undefined ? {} : { beside: besideForm(beside) };
  return JSON.stringify({ ...form, acts: actForms(acts, beside !== undefined), ...other });
}

function designForm(design: Design, builtIns: BuiltIns): unknown {
  const known = builtIns(design.id, design.timings);
  if (known === null) return design;
  if (isSame(known, design)) return [design.id, design.timings];
  const patch = diffPatch(known, design);
  const named = [design.id, design.timings, outward(patch)];
  return patch !== null && JSON.stringify(named).length < JSON.stringify(design).length ? named : design;
}

// ---- in ----------------------------------------------------------------------------------------------------------

const entries = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give an object.',
);
const seed = v.pipe(
  v.number('Give a whole number.'),
  v.integer('Give a whole number.'),
  v.minValue(-0x80000000, 'Give a number of 32 bits.'),
  v.maxValue(0xffffffff, 'Give a number of 32 bits.'),
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
    acts: actsSchema,
    beside: v.exactOptional(besideSchema),
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
  const gone = new Set(read.value.flatMap((one) => one.without ?? []));
  const carriedOut = all.filter((command) => !gone.has(command));
  // What was taken out comes back by undo: it must fit as well.
  const wrong = fitting(inOrder(carriedOut), design, kinds) ?? fitting(inOrder(all), design, kinds);
  if (wrong !== null) return failure([wrong]);
  const run = { design, builtIn, seed: parsed.output.seed, acts: read.value, atUs, engine };
  if (parsed.output.beside === undefined) return success(run);
  const beside = readBeside(parsed.output.beside, { ...run, kinds, builtIns });
  return beside.ok ? success({ ...run, beside: beside.value }) : beside;
}

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

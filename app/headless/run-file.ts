// Reads what `npm run simulate` is given: a run (design, seed, commands), or a recording of the real HAProxy.
import * as v from 'valibot';
import { behaviours } from '../catalogue/kinds.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { parseDesign } from '../design/parse.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { commandSchema } from '../exchange/command-schema.ts';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import { actsOf, arrivalsOf, REPLAY_BEHAVIOURS, runOf } from '../ground-truth/recorded-run.ts';
import { notModelled } from '../ground-truth/recorded-settings.ts';
import { isRecording, readRecording } from '../ground-truth/recording.ts';
import type { Run } from '../simulation/run.ts';
import type { Behaviours } from '../simulation/world.ts';

export interface Runnable {
  readonly run: Run;
  readonly behaviours: Behaviours;
}

const settings = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give a whole design as an object.',
);
/** The built-in designs by name, in both timings. */
const BUILT_IN: Readonly<Record<string, () => Design>> = {
  simple: () => simpleDesign('classroom'),
  'simple, realistic': () => simpleDesign('realistic'),
  distributed: () => distributedDesign('classroom'),
  'distributed, realistic': () => distributedDesign('realistic'),
};

const runSchema = v.object(
  {
    design: v.union(
      [settings, v.picklist(Object.keys(BUILT_IN))],
      `Give a whole design, or the name of a built-in one: ${Object.keys(BUILT_IN)
        .map((name) => `"${name}"`)
        .join(', ')}.`,
    ),
    seed: v.optional(v.pipe(v.number('Give a number.'), v.integer('Give a whole number.')), 1),
    commands: v.optional(v.array(commandSchema, 'Give a list of commands.'), []),
  },
  'Give a run {design, seed, commands} or a recording.',
);

/** A run with the behaviours that it needs, or all that is wrong with the input. */
export function readRunFile(input: unknown): Result<Runnable> {
  if (isRecording(input)) return runOfRecording(input);
  const parsed = v.safeParse(runSchema, input);
  if (!parsed.success) return failure(parsed.issues.map(problemOf));
  const given = parsed.output.design;
  const design = parseDesign(typeof given === 'string' ? BUILT_IN[given]?.() : given, kindSchemas);
  if (!design.ok) return failure(design.problems.map((one) => ({ ...one, path: inside('design', one.path) })));
  return success({ run: { ...parsed.output, design: design.value }, behaviours });
}

/** The first repetition of a recording, with the balancer's own checks. */
function runOfRecording(input: unknown): Result<Runnable> {
  const recording = readRecording(input);
  if (!recording.ok) return recording;
  const missing = notModelled(recording.value);
  const repetition = recording.value.repetitions[0];
  const arrivals = repetition === undefined ? null : arrivalsOf(recording.value, repetition);
  if (missing !== null || repetition === undefined || arrivals === null) {
    const reason = missing === null ? 'It lists no arrivals.' : `It uses what is not modelled yet: ${missing}.`;
    return failure([{ path: '', reason, repair: 'Give another recording.' }]);
  }
  const entries = actsOf(recording.value, repetition);
  return success({
    run: runOf(recording.value, { arrivals, entries, checks: true }),
    behaviours: REPLAY_BEHAVIOURS,
  });
}

const inside = (field: string, path: string): string =>
  path === '' ? field : path.startsWith('[') ? `${field}${path}` : `${field}.${path}`;

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).reduce((text, { key }) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return inside(text, String(key)).replace(/^\./, '');
  }, '');
  return { path, reason: `Found ${issue.received}.`, repair: issue.message };
}

// Reads what `npm run simulate` is given: a run (design, seed, commands), or a recording of the real HAProxy.
import * as v from 'valibot';
import { behaviours, kindsById } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { parseDesign } from '../design/parse.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
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

const atUs = v.pipe(
  v.number('Give the time in microseconds.'),
  v.integer('Give whole microseconds.'),
  v.minValue(0, 'Give a time of 0 or later.'),
);
const target = v.pipe(v.string('Give the id of an element.'), v.minLength(1, 'Give the id of an element.'));
const settings = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give the changed settings as an object.',
);
const fault = v.picklist(['kill', 'hang', 'slow', 'cut', 'degrade', 'flood'], 'Give the name of a fault.');
const command = v.variant(
  'type',
  [
    v.object({ atUs, type: v.literal('kill'), target }),
    v.object({
      atUs,
      type: v.literal('repair'),
      target,
      fault: v.exactOptional(fault),
      other: v.exactOptional(target),
    }),
    v.object({ atUs, type: v.literal('hang'), target }),
    v.object({ atUs, type: v.literal('slow'), target, factor: v.number('Give the factor as a number.') }),
    v.object({ atUs, type: v.literal('cut'), target, other: v.exactOptional(target) }),
    v.object({ atUs, type: v.literal('degrade'), target, lossShare: v.number(), delayMs: v.number() }),
    v.object({ atUs, type: v.literal('flood'), target, rateRps: v.number() }),
    v.object({ atUs, type: v.literal('reconfigure'), target, patch: settings }),
    v.object({
      atUs,
      type: v.literal('admin'),
      target,
      words: v.array(v.string('Give words.'), 'Give a list of words.'),
    }),
  ],
  'Give a command of type kill, repair, hang, slow, cut, degrade, flood, reconfigure or admin.',
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
    commands: v.optional(v.array(command, 'Give a list of commands.'), []),
  },
  'Give a run {design, seed, commands} or a recording.',
);

/** A run with the behaviours that it needs, or all that is wrong with the input. */
export function readRunFile(input: unknown): Result<Runnable> {
  if (isRecording(input)) return runOfRecording(input);
  const parsed = v.safeParse(runSchema, input);
  if (!parsed.success) return failure(parsed.issues.map(problemOf));
  const given = parsed.output.design;
  const design = parseDesign(typeof given === 'string' ? BUILT_IN[given]?.() : given, kindsById);
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

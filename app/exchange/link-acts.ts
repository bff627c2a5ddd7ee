// What a person did, as a link carries it: a label, its commands, which earlier ones it takes out, and in a comparison those that
// were given on the other side.
import * as v from 'valibot';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import type { Command } from '../simulation/command.ts';
import { commandSchema } from './command-schema.ts';
import { inward, outward } from './link-values.ts';

const MOST_ACTS = 500;
const MOST_COMMANDS = 1_000;
const MOST_LABEL = 120;

/** Something that a person did, as undo takes it back. */
export interface SharedAct {
  readonly label: string;
  readonly commands: readonly Command[];
  /** Commands of earlier acts, the very same objects, that this one takes out of the run. */
  readonly without?: readonly Command[];
  /** Done on the other side of a comparison, in the words of the run beside. */
  readonly beside?: readonly Command[];
}

// ---- out ---------------------------------------------------------------------------------------------------------

/** What an act takes out goes by its place among all commands. What was done on the other side only where there is one. */
export function actForms(acts: readonly SharedAct[], isCompared: boolean): readonly unknown[] {
  const all = acts.flatMap((one) => one.commands);
  return acts.map(({ label: name, commands, without = [], beside }) => {
    const places = without.map((command) => all.indexOf(command)).filter((place) => place >= 0);
    const own = [name, commands.map(outward)];
    if (isCompared && beside !== undefined) return [...own, places, beside.map(outward)];
    return places.length === 0 ? own : [...own, places];
  });
}

// ---- in ----------------------------------------------------------------------------------------------------------

export const label = v.pipe(
  v.string('Give a text.'),
  v.maxLength(MOST_LABEL, `Give at most ${MOST_LABEL} characters.`),
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
  [
    v.strictTuple([label, commands]),
    v.strictTuple([label, commands, places]),
    v.strictTuple([label, commands, places, commands]),
  ],
  'Give an act: its label and its commands.',
);
export const actsSchema = v.pipe(
  v.array(act, 'Give a list of acts.'),
  v.maxLength(MOST_ACTS, `Give at most ${MOST_ACTS} acts.`),
);

/** What an act takes out must have been given before. */
export function readActs(given: v.InferOutput<typeof actsSchema>): Result<readonly SharedAct[]> {
  const before: Command[] = [];
  const read: SharedAct[] = [];
  let count = 0;
  for (const [index, [name, list, taken = [], there]] of given.entries()) {
    const late = taken.find((one) => one >= before.length);
    if (late !== undefined) {
      const reason = `It takes out command ${late}, and there are ${before.length} before it.`;
      return failure([{ path: `acts[${index}]`, reason, repair: 'Give the place of an earlier command.' }]);
    }
    const own = list.map(readCommand);
    const without = taken.map((one) => before[one] as Command);
    const beside = there?.map(readCommand);
    count += own.length + (beside?.length ?? 0);
    read.push({
      label: name,
      commands: own,
      ...(without.length === 0 ? {} : { without }),
      ...(beside === undefined ? {} : { beside }),
    });
    before.push(...own);
  }
  return count > MOST_COMMANDS ? failure([tooMany(count)]) : success(read);
}

const tooMany = (count: number): Problem => ({
  path: 'acts',
  reason: `Found ${count} commands.`,
  repair: `Give at most ${MOST_COMMANDS}.`,
});

/** As checked by the schema; only what a patch takes away is still to be said in our own words. */
const readCommand = (command: v.InferOutput<typeof commandSchema>): Command =>
  command.type === 'reconfigure' ? { ...command, patch: inward(command.patch) as Record<string, unknown> } : command;

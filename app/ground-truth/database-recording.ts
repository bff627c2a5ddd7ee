// A recording of the real MariaDB, schema db-trace/1 (database/README.md says what each field means): its parameters, what it
// expects of a simulator, and how an unknown file is read.
import { failure, type Result, success } from '../foundation/result.ts';

const DATABASE_SCHEMA = 'db-trace/1';

export type Params = Readonly<Record<string, unknown>>;

/** One entry of `expect`: a path in the summary (or in the file), and what must stand there. */
export interface Expectation {
  readonly what: string;
  readonly equals?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly equalsFormula?: string;
  readonly tolerance?: number;
  readonly stat?: string;
  readonly op?: unknown;
  readonly basis?: string;
}

export interface DatabaseRecording {
  readonly id: string;
  readonly params: Params;
  readonly expect: readonly Expectation[];
  readonly repetitions: number;
  readonly summary: Params;
  /** The file itself, for entries that look into its repetitions. */
  readonly file: Params;
}

/** What a replay gives: the same paths as in the file. */
export interface Simulated {
  readonly summary: Params;
  readonly repetitions?: readonly Params[];
  /** Error codes by the operation that an entry names. */
  readonly codes?: (op: unknown) => unknown;
}

const isFields = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isDatabaseRecording = (input: unknown): boolean => isFields(input) && input['schema'] === DATABASE_SCHEMA;

/** Reads a recording, or says what is missing. */
export function readDatabaseRecording(input: unknown): Result<DatabaseRecording> {
  const wrong = (path: string, reason: string) =>
    failure([{ path, reason, repair: `Give a file of schema ${DATABASE_SCHEMA}.` }]);
  if (!isFields(input) || input['schema'] !== DATABASE_SCHEMA) return wrong('schema', 'The schema is another one.');
  const { id, params, expect, repetitions, summary } = input;
  if (typeof id !== 'string') return wrong('id', 'There is no id.');
  if (!isFields(params) || !isFields(summary)) return wrong('params', 'There are no params or no summary.');
  if (!Array.isArray(expect) || !expect.every((one) => isFields(one) && typeof one['what'] === 'string')) {
    return wrong('expect', 'There is no list of expectations.');
  }
  const count = Array.isArray(repetitions) ? repetitions.length : 1;
  return success({
    id,
    params,
    expect: expect as Expectation[],
    repetitions: Math.max(1, count),
    summary,
    file: input,
  });
}

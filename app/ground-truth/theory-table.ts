// Tables of queueing theory as data: a family has rows of parameters and of expected numbers. Reads and checks the shape;
// what a family means is theory-models.ts'.
import * as v from 'valibot';

const numbers = v.record(v.string(), v.number());
const rowSchema = v.object({
  id: v.string(),
  params: v.record(v.string(), v.unknown()),
  expected: numbers,
  verified_by: v.optional(v.array(v.looseObject({ results: v.optional(v.record(v.string(), v.unknown())) })), []),
});
const tableSchema = v.object({ family: v.string(), title: v.string(), formula: v.string(), rows: v.array(rowSchema) });

export type TheoryTable = v.InferOutput<typeof tableSchema>;
export type TheoryRow = TheoryTable['rows'][number];

/** Whether a file is meant to be a table of theory. */
export const isTheoryTable = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'family' in input && 'rows' in input && !('schema' in input);

/** The table, or what is wrong with it as a sentence. */
export function readTheoryTable(input: unknown): TheoryTable | string {
  const parsed = v.safeParse(tableSchema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return `${v.getDotPath(issue) ?? 'the table'}: ${issue.message}`;
}

/** Standard deviation times the root of the sample size, as an independent computation found it for a quantity. */
export function asymptoticSd(row: TheoryRow, quantity: string): number | null {
  for (const { results } of row.verified_by) {
    const found = results?.[quantity];
    if (typeof found !== 'object' || found === null || !('asymptotic_sd' in found)) continue;
    if (typeof found.asymptotic_sd === 'number') return found.asymptotic_sd;
  }
  return null;
}

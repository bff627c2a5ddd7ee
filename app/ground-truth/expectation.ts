// Holds one entry of a recording's `expect` against what the simulation gave: the path is looked up in the summary, or in the
// file when it begins with `repetitions`; `name[]` means every element; a formula names other paths.
import type { Expectation, Simulated } from './database-recording.ts';
import { middle } from './summary.ts';

export interface Judged {
  /** What was looked up, as text. */
  readonly simulated: string;
  /** Why it fails, or null. */
  readonly reason: string | null;
}

export function judge(entry: Expectation, simulated: Simulated): Judged {
  const value = figureOf(entry, simulated);
  const text = JSON.stringify(value) ?? 'nothing';
  const every = entry.what.includes('[]');
  if (value === undefined) return { simulated: text, reason: 'the simulation gives no such figure' };
  const values = every && Array.isArray(value) ? value.flat(8) : [value];
  if (every && values.length === 0) return { simulated: text, reason: 'there is nothing to hold it against' };
  const wrong = values.find((one) => !isAsExpected(one, entry, simulated));
  return {
    simulated: text,
    reason: wrong === undefined ? null : `${JSON.stringify(wrong) ?? 'nothing'} is not ${wanted(entry)}`,
  };
}

function figureOf(entry: Expectation, simulated: Simulated): unknown {
  if (entry.op !== undefined) return simulated.codes?.(entry.op);
  const root = entry.what.startsWith('repetitions') ? { repetitions: simulated.repetitions } : simulated.summary;
  const value = lookUp(root, entry.what.split('.'));
  if (entry.stat === 'median' && Array.isArray(value)) return middle(value as number[]);
  return value;
}

function lookUp(from: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || from === undefined) return from;
  const name = step.replace('[]', '');
  const value = typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[name] : undefined;
  if (!step.endsWith('[]') || rest.length === 0) return lookUp(value, rest);
  return Array.isArray(value) ? value.map((one) => lookUp(one, rest)) : undefined;
}

function isAsExpected(value: unknown, entry: Expectation, simulated: Simulated): boolean {
  if (entry.equalsFormula !== undefined) {
    const expected = formula(entry.equalsFormula, simulated);
    return typeof value === 'number' && Math.abs(value - expected) <= Math.abs(expected) * (entry.tolerance ?? 0);
  }
  if ('equals' in entry) return sameText(value) === sameText(entry.equals);
  if (typeof value !== 'number') return value === null && entry.stat === undefined && entry.min === undefined;
  return value >= (entry.min ?? Number.NEGATIVE_INFINITY) && value <= (entry.max ?? Number.POSITIVE_INFINITY);
}

/** Names of fields in one order. */
const sameText = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const wanted = ({ equals, equalsFormula, min, max }: Expectation): string => {
  if (equalsFormula !== undefined) return equalsFormula;
  return equals !== undefined ? JSON.stringify(equals) : `${min ?? ''} .. ${max ?? ''}`;
};

export const expectedText = wanted;

/** Numbers, paths of the summary, + - * / and brackets. */
function formula(text: string, simulated: Simulated): number {
  const tokens = text.match(/[A-Za-z_][\w.]*|\d+(?:\.\d+)?|[-+*/()]/g) ?? [];
  let at = 0;
  const factor = (): number => {
    const token = tokens[at++] ?? '0';
    if (token === '(') {
      const inner = sum();
      at++;
      return inner;
    }
    if (token === '-') return -factor();
    return /^\d/.test(token) ? Number(token) : Number(lookUp(simulated.summary, token.split('.')));
  };
  const product = (): number => {
    let value = factor();
    while (tokens[at] === '*' || tokens[at] === '/') value = tokens[at++] === '*' ? value * factor() : value / factor();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  return sum();
}

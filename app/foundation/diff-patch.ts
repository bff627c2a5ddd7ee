// The patch that makes one value of another, in the form that merge-patch.ts applies: what a document differs by is shorter
// than the document.
import { mergePatch } from './merge-patch.ts';

type Entries = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Entries => typeof value === 'object' && value !== null;

/** Plain data (objects, lists, texts, numbers, true, false, null) with the same content. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

/**
 * `mergePatch(before, diffPatch(before, after))` is `after`; null where no patch leads there (an object in place of a list).
 * A list of another length is given as a whole.
 */
export function diffPatch<T>(before: T, after: T): unknown {
  const patch = differenceOf(before, after);
  return isSame(mergePatch(before, patch), after) ? patch : null;
}

function differenceOf(before: unknown, after: unknown): unknown {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) return after;
  if (Array.isArray(before) && before.length !== (after as unknown as readonly unknown[]).length) return after;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const parts: [string, unknown][] = [];
  for (const key of keys) {
    const [own, wanted] = [before[key], after[key]];
    if (Object.hasOwn(after, key) && isSame(own, wanted)) continue;
    parts.push([key, Object.hasOwn(after, key) ? differenceOf(own, wanted) : undefined]);
  }
  return Object.fromEntries(parts);
}

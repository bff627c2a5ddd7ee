// Keeps what has not changed: of a new value, every part that equals the part before is replaced by that very object, so that
// selectors return stable references and React renders only what differs.
type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `after` with the parts of `before` that equal its own. Plain data only. */
export function keepEqual<Value>(before: Value | null, after: Value): Value {
  return kept(before, after) as Value;
}

function kept(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = after.map((item, index) => kept(before[index], item));
    return before.length === items.length && items.every((item, index) => Object.is(item, before[index]))
      ? before
      : items;
  }
  if (!isPlain(before) || !isPlain(after)) return after;
  const keys = Object.keys(after);
  const values = keys.map((key) => kept(before[key], after[key]));
  const isSame =
    Object.keys(before).length === keys.length && keys.every((key, at) => Object.is(values[at], before[key]));
  return isSame ? before : Object.fromEntries(keys.map((key, at) => [key, values[at]]));
}

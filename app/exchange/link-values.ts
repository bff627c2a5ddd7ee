// What JSON leaves out, said all the same: a setting that a patch takes away.

/** A setting that a patch takes away, which JSON cannot say. */
const GONE = '$gone';

/** With what JSON leaves out. */
export function outward(value: unknown): unknown {
  if (value === undefined) return { [GONE]: true };
  if (Array.isArray(value)) return value.map(outward);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, outward(part)]));
}

export function inward(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inward);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === GONE && entries[0][1] === true) return undefined;
  return Object.fromEntries(entries.map(([key, part]) => [key, inward(part)]));
}

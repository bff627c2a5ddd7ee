// A change of settings names only what changes: nested settings by their keys, entries of a list by their positions. So two
// changes of different settings never undo each other, in whichever order they were given.

type Entries = Readonly<Record<string, unknown>>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The value with the patch applied; neither is changed. Objects merge key by key. A list is replaced by a list; an object with
 * positions as keys (`{ 0: { weight: 2 } }`) changes those entries of it. `undefined` takes a setting
 * away. Anything else replaces, null included.
 */
export function mergePatch<T>(value: T, patch: unknown): T {
  if (!isEntries(patch)) return patch as T;
  if (Array.isArray(value)) {
    return value.map((entry, at) => (Object.hasOwn(patch, String(at)) ? mergePatch(entry, patch[at]) : entry)) as T;
  }
  if (!isEntries(value)) return patch as T;
  const merged = Object.entries(patch).map(([key, part]) => [
    key,
    mergePatch(Object.hasOwn(value, key) ? value[key] : undefined, part),
  ]);
  const all = Object.entries({ ...value, ...Object.fromEntries(merged) });
  return Object.fromEntries(all.filter(([, part]) => part !== undefined)) as T;
}

/** The paths of the settings that a patch changes, in order: `servers.0.check.fall`. */
export function patchedPaths(patch: unknown, prefix = ''): readonly string[] {
  if (!isEntries(patch)) return [prefix];
  return Object.entries(patch).flatMap(([key, part]) => patchedPaths(part, prefix === '' ? key : `${prefix}.${key}`));
}

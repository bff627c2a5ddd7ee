// A recording as a stranger would give it: another name and family, and other names for its servers in every place.

type Fields = Readonly<Record<string, unknown>>;

/** The same recording with every name replaced; names of servers stay apart from each other. */
export function renamedRecording(input: unknown): unknown {
  const recording = input as Fields;
  const { servers } = recording['model'] as { readonly servers: readonly { readonly name: string }[] };
  const names = new Map(servers.map(({ name }, index) => [name, `machine-${index}`]));
  const renamed = replaced({ ...recording, config: '', invariants: [] }, names) as Fields;
  return { ...renamed, name: 'nobody', family: 'strangers', what: '' };
}

/** Names stand alone, as keys, and as `be/NAME` in an operator's words. */
function replaced(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const inWords = (words: string, name: string) => names.get(name) ?? words;
    return names.get(value) ?? value.replace(/(?<=\bbe\/)([^\s.,]+)/g, inWords);
  }
  if (Array.isArray(value)) return value.map((one) => replaced(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [names.get(key) ?? key, replaced(one, names)]));
}

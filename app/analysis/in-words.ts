// Elements of a design inside a sentence: few by their names, many as a count.
import type { Component, Design, Host } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';

/** More than this many are counted, not named. */
const MOST_NAMED = 3;

/** `a`, `a and b`, `a, b and c`, `a, b and 5 others`. */
export function listed(words: readonly string[]): string {
  const rest = words.length - MOST_NAMED;
  const shown = rest > 0 ? [...words.slice(0, MOST_NAMED - 1), `${rest + 1} others`] : words;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 server`, `3 servers`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `Server 1`, `Server 1 and Server 2`, `All 3 servers`, `12 of 300 servers`. */
export function hostsInWords(design: Design, hosts: readonly Host[]): string {
  const all = design.hosts.length;
  if (hosts.length > 1 && hosts.length === all) return `All ${all} servers`;
  return hosts.length > MOST_NAMED ? `${hosts.length} of ${all} servers` : listed(hosts.map((host) => host.name));
}

/** `HAProxy`, `nginx on Server 1 and Server 2`, `nginx on 99 servers`: a name that others have as well is told apart. */
export function partsInWords(design: Design, parts: readonly Component[]): string {
  const names = [...new Set(parts.map((part) => part.name))];
  return listed(
    names.map((name) => {
      const own = parts.filter((part) => part.name === name);
      const isOnly = design.components.filter((part) => part.name === name).length === 1;
      return isOnly ? name : `${name} on ${onHosts(design, own)}`;
    }),
  );
}

function onHosts(design: Design, parts: readonly Component[]): string {
  const names = [...new Set(parts.map(({ hostId }) => wiringOf(design).host(hostId)?.name ?? hostId))];
  return names.length > MOST_NAMED ? `${names.length} servers` : listed(names);
}

/** One sentence of several statements, those that hold: `A is so; b is so.` */
export function sentence(statements: readonly (string | false)[]): string {
  const text = statements.filter((statement) => statement !== false).join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

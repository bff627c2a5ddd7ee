// The figures of a whole design, by element id: each kind draws itself, and is handed in from above.
import { type Design, DNS, USERS } from '../design/design.ts';
import { hasVirtualAddress } from '../design/graph.ts';
import type { Figure, Reading } from './figure.ts';
import { UNMEASURED } from './part.ts';

/** By component id, and under `users` and `dns`. */
export type Figures = ReadonlyMap<string, Figure>;
export type Readings = Readonly<Record<string, Reading>>;

/** How a kind draws itself. Kinds are the components' own, and `users` and `dns`. */
export type DrawKind = (kind: string, config: unknown, reading: Reading) => Figure;

/** Draws every element. An element without a reading shows `--` for its figures. */
export function figuresOf(design: Design, readings: Readings, draw: DrawKind): Figures {
  const figures = new Map<string, Figure>();
  const readingOf = (id: string): Reading => readings[id] ?? UNMEASURED;
  figures.set(USERS, draw(USERS, usersConfig(design), readingOf(USERS)));
  figures.set(DNS, draw(DNS, design.dns, readingOf(DNS)));
  for (const component of design.components) {
    const reading = readingOf(component.id);
    figures.set(component.id, draw(component.kind, component.config, inDesign(design, component.id, reading)));
  }
  return figures;
}

/** What the users' picture is drawn from. */
export const usersConfig = (design: Design) => ({ siteName: design.dns.name, traffic: design.traffic });

/** The reading with what its place in the design makes of its picture. */
export function inDesign(design: Design, id: string, reading: Reading): Reading {
  const isShared = hasVirtualAddress(design) && design.links.some((link) => link.from === USERS && link.to === id);
  if (isShared) return { ...reading, isCompact: true };
  return standsAlone(design, id) ? { ...reading, standsAlone: true } : reading;
}

/** No replication to or from this component. */
const standsAlone = (design: Design, id: string): boolean =>
  !design.links.some((link) => link.protocol === 'replication' && (link.from === id || link.to === id));

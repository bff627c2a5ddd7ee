// Which element of another design plays the part of this one: the same id, else the same kind in the same place of the order.
// So a fault of one design has its counterpart in the other.
import { type Design, DNS, USERS } from '../design/design.ts';
import type { Command } from '../simulation/command.ts';

export type Counterpart = (id: string) => string | null;

/** From ids of `one` to ids of `other`; null where nothing there plays that part. */
export function counterparts(one: Design, other: Design): Counterpart {
  const known = new Map<string, string | null>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = find(one, other, id);
    known.set(id, found);
    return found;
  };
}

function find(one: Design, other: Design, id: string): string | null {
  if (id === USERS || id === DNS) return id;
  if (one.components.some((part) => part.id === id)) return componentIn(one, other, id);
  if (one.hosts.some((host) => host.id === id)) return hostIn(one, other, id);
  return linkIn(one, other, id);
}

function componentIn(one: Design, other: Design, id: string): string | null {
  const part = one.components.find((candidate) => candidate.id === id);
  const same = other.components.find((candidate) => candidate.id === id);
  if (part === undefined || same?.kind === part.kind) return same?.id ?? null;
  const ofKind = (design: Design) => design.components.filter((candidate) => candidate.kind === part.kind);
  return ofKind(other)[ofKind(one).indexOf(part)]?.id ?? null;
}

const kindsOn = (design: Design, hostId: string): readonly string[] =>
  design.components.filter((part) => part.hostId === hostId).map((part) => part.kind);

/** A server stands for another when all that the one does, the other does too. */
function hostIn(one: Design, other: Design, id: string): string | null {
  if (other.hosts.some((host) => host.id === id)) return id;
  const kinds = kindsOn(one, id);
  const does = (design: Design, hostId: string) => kinds.every((kind) => kindsOn(design, hostId).includes(kind));
  const place = one.hosts.filter((host) => does(one, host.id)).findIndex((host) => host.id === id);
  return other.hosts.filter((host) => does(other, host.id))[place]?.id ?? null;
}

function linkIn(one: Design, other: Design, id: string): string | null {
  if (other.links.some((link) => link.id === id)) return id;
  const link = one.links.find((candidate) => candidate.id === id);
  if (link === undefined) return null;
  const end = (name: string) => (name === USERS ? USERS : componentIn(one, other, name));
  const [from, to] = [end(link.from), end(link.to)];
  const found = other.links.find(
    (candidate) => candidate.from === from && candidate.to === to && candidate.protocol === link.protocol,
  );
  return found?.id ?? null;
}

/** The same command for the other design, or null where it has no such element. */
export function inOther(command: Command, counterpart: Counterpart): Command | null {
  const target = counterpart(command.target);
  if (target === null) return null;
  const partner = 'other' in command && command.other !== undefined ? counterpart(command.other) : undefined;
  if (partner === null) return null;
  return partner === undefined ? { ...command, target } : ({ ...command, target, other: partner } as Command);
}

// What several faults on one element come to, in words: which of them shows now, and when the others will. The rules are those of
// the engine: each begins and ends by itself; death ends a hang; a slow host and a slow part on it multiply.
import { type Component, type Design, type Link, USERS } from '../design/design.ts';
import type { ActiveFault } from './app.ts';
import { componentNamed, type Truth } from './truth.ts';

/** What becomes of this fault beside the others, as the end of a sentence about it; null where it shows by itself. */
export function besideOthers(design: Design, truth: Truth, fault: ActiveFault): string | null {
  switch (fault.kind) {
    case 'slow':
      return slowBeside(design, truth, fault);
    case 'degrade':
      return truth.isCut(fault.target) ? 'once it carries again' : null;
    case 'cut':
      return isParted(design, truth, fault.target) ? 'even when its servers are joined again' : null;
    case 'part':
      return partBeside(design, truth, fault);
    default:
      return null;
  }
}

function slowBeside(design: Design, truth: Truth, { target, command }: ActiveFault): string | null {
  const parts = isHost(design, target) ? partsOf(design, target) : [target];
  if (parts.every((id) => truth.isDead(id))) return 'once it runs again';
  if (parts.every((id) => truth.isDead(id) || truth.isHung(id))) return 'once it goes on';
  const host = truth.on(componentNamed(design, target)?.hostId ?? '', 'slow')?.command;
  if (command.type !== 'slow' || host?.type !== 'slow') return null;
  return `and its server ${host.factor} times: ${round(command.factor * host.factor)} times in all`;
}

const round = (factor: number): number => Math.round(factor * 100) / 100;

/** A partition leaves cut what is cut by itself. */
function partBeside(design: Design, truth: Truth, { target, other }: ActiveFault): string | null {
  const lines = design.links.filter((link) => joins(design, link, target, other ?? ''));
  const own = lines.filter(({ id }) => truth.faults.some((one) => one.kind === 'cut' && one.target === id)).length;
  if (own === 0) return null;
  return own === 1 ? 'and a line between them is cut by itself' : `and ${own} lines between them are cut by themselves`;
}

const isParted = (design: Design, truth: Truth, linkId: string): boolean =>
  design.links.some(
    (link) =>
      link.id === linkId &&
      truth.faults.some((one) => one.kind === 'part' && joins(design, link, one.target, one.other ?? '')),
  );

function joins(design: Design, { from, to }: Link, a: string, b: string): boolean {
  if (from === USERS) return false;
  const ends = [componentNamed(design, from)?.hostId, componentNamed(design, to)?.hostId];
  return ends.includes(a) && ends.includes(b);
}

const isHost = (design: Design, id: string): boolean => design.hosts.some((host) => host.id === id);

const isProcess = (hostId: string) => (part: Component) => part.hostId === hostId && part.kind !== 'files';

const partsOf = (design: Design, hostId: string): readonly string[] =>
  design.components.filter(isProcess(hostId)).map(({ id }) => id);

// What a design has lost for good: the elements that are dead, stopped or cut, with all that falls with them.
import type { Design } from '../design/design.ts';
import { fallsWith } from '../design/graph.ts';
import type { LastingFault } from './fault-measure.ts';

export interface Loss {
  /** Ids of what gives no answer, or carries nothing: hosts with their components, components, links. */
  readonly gone: ReadonlySet<string>;
  /** Of these, components that are stopped and not dead: their kernel goes on, and who asks only that notices nothing. */
  readonly hung: ReadonlySet<string>;
}

export const NOTHING_LOST: Loss = { gone: new Set(), hung: new Set() };

/** Both: what is dead in one of them is dead. */
export function together(one: Loss, other: Loss): Loss {
  const gone = new Set([...one.gone, ...other.gone]);
  const isHung = (id: string) => [one, other].every((loss) => loss.hung.has(id) || !loss.gone.has(id));
  return { gone, hung: new Set([...one.hung, ...other.hung].filter(isHung)) };
}

/** All of these at once. */
export function lossOf(design: Design, faults: readonly LastingFault[]): Loss {
  const gone = new Set<string>();
  const hung = new Set<string>();
  for (const { type, target } of faults) {
    if (type === 'cut') gone.add(target);
    else for (const id of fallsWith(design, target)) (type === 'hang' ? hung : gone).add(id);
  }
  for (const id of hung) {
    // A stopped host's own kernel goes on; what is dead as well is dead.
    if (gone.has(id) || design.hosts.some((host) => host.id === id)) hung.delete(id);
    else gone.add(id);
  }
  return { gone, hung };
}

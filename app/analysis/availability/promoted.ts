// A replica that a person makes the primary: the design as it is then, and whether that serves writes which nobody served before.
import type { Component, Design } from '../../design/design.ts';
import type { LastingFault } from '../fault-measure.ts';
import type { Knowledge } from '../finding.ts';
import { lossOf } from '../loss.ts';
import { askedFor, wayUnder } from '../ways.ts';

const designs = new WeakMap<Design, Map<string, Design>>();

/** The roles of the two databases exchanged. The same object for the same question. */
export function promotedDesign(design: Design, replica: string, knowledge: Knowledge): Design {
  const known = designs.get(design) ?? new Map<string, Design>();
  designs.set(design, known);
  const made = known.get(replica) ?? {
    ...design,
    components: design.components.map((component) => withRole(component, replica, knowledge)),
  };
  known.set(replica, made);
  return made;
}

/** Who was a primary is one no more. */
function withRole(component: Component, replica: string, knowledge: Knowledge): Component {
  const role = knowledge.dataRole(component);
  if (component.id === replica) return { ...component, config: { ...component.config, role: 'primary' } };
  return role === 'primary' ? { ...component, config: { ...component.config, role: 'replica' } } : component;
}

/** The first replica whose promotion brings writes back that these faults deny; null where none does, or none is denied. */
export function replicaToPromote(design: Design, faults: readonly LastingFault[], knowledge: Knowledge): string | null {
  if (!askedFor(design).includes('write') || servesWrites(design, faults, knowledge)) return null;
  const replica = design.components.find(
    (component) =>
      knowledge.dataRole(component) === 'replica' &&
      servesWrites(promotedDesign(design, component.id, knowledge), faults, knowledge),
  );
  return replica?.id ?? null;
}

const servesWrites = (design: Design, faults: readonly LastingFault[], knowledge: Knowledge): boolean =>
  wayUnder(design, 'write', knowledge, knowledge.lossAfterwards(design, lossOf(design, faults))) !== null;

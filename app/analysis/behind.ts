// Which component computes the answers of the requests that another one gets.
import type { Component, Design } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Knowledge } from './finding.ts';

/** The first on the way of a read that computes, the component itself included; undefined where none does. */
export function computingBehind(
  part: Component | undefined,
  design: Design,
  knowledge: Knowledge,
): Component | undefined {
  if (part === undefined || knowledge.role(part) === 'computes') return part;
  const [next] = knowledge.next(part, 'read', design);
  return next === undefined ? undefined : computingBehind(wiringOf(design).component(next.to), design, knowledge);
}

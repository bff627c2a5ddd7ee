// First come, first served: of two calls that a component with a line worked on, the one that came first was begun first.
import type { Design } from '../../design/design.ts';
import type { TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

/** Calls of one component are compared with so many that were begun before or after; older ones are forgotten. */
const REMEMBERED = 4_000;

interface Begun {
  readonly beganUs: number;
  readonly arrivedUs: number;
}

export class QueueOrder implements Checker {
  readonly name = 'queue order';
  private readonly calleeOf: readonly string[];
  private readonly firstLink: number;
  /** By component: what was begun, in order. */
  private readonly begun = new Map<string, Begun[]>();

  constructor(design: Design) {
    this.calleeOf = design.links.map((link) => link.to);
    this.firstLink = 2 + design.hosts.length + design.components.length;
  }

  look({ spans }: TraceChunk): string[] {
    const wrong: string[] = [];
    spans.beganUs.forEach((beganUs, row) => {
      if (beganUs < 0) return;
      const callee = this.calleeOf[(spans.link[row] as number) - this.firstLink] ?? '?';
      const one = { beganUs, arrivedUs: spans.arrivedUs[row] as number };
      if (one.arrivedUs > beganUs) wrong.push(`${callee} begins at ${beganUs} us what comes at ${one.arrivedUs} us`);
      const overtaken = this.insert(callee, one);
      if (overtaken !== null) {
        const [first, second] = overtaken;
        wrong.push(
          `${callee} begins at ${first.beganUs} us what came at ${first.arrivedUs} us, before what came at ${second.arrivedUs} us`,
        );
      }
    });
    return wrong;
  }

  /** Puts a call into its place; returns the two that are out of order, if it is with a neighbour. */
  private insert(callee: string, one: Begun): readonly [Begun, Begun] | null {
    let list = this.begun.get(callee);
    if (list === undefined) {
      list = [];
      this.begun.set(callee, list);
    }
    let at = list.length;
    while (at > 0 && (list[at - 1] as Begun).beganUs > one.beganUs) at--;
    const after = list[at];
    let earlier = at - 1; // calls begun at one instant are in no order
    while (earlier >= 0 && (list[earlier] as Begun).beganUs === one.beganUs) earlier--;
    const before = list[earlier];
    list.splice(at, 0, one);
    if (list.length > 2 * REMEMBERED) list.splice(0, REMEMBERED);
    if (before !== undefined && before.arrivedUs > one.arrivedUs) return [before, one];
    return after !== undefined && one.arrivedUs > after.arrivedUs ? [one, after] : null;
  }
}

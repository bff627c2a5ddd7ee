// All checkers over one run: for the laws, for the search for faults in ourselves, and for development builds of the page.
// The list is open: a new checker is a class and a line here.
import type { Component, Design } from '../../design/design.ts';
import type { Command } from '../command.ts';
import type { TraceChunk } from '../trace.ts';
import { AddressHolder } from './address-holder.ts';
import { Causality } from './causality.ts';
import { type Checker, checkChunks } from './checker.ts';
import { Conservation } from './conservation.ts';
import { KeptWrites } from './kept-writes.ts';
import { LittlesLaw } from './littles-law.ts';
import { OneOutcome } from './one-outcome.ts';
import { QueueOrder } from './queue-order.ts';
import { Replication } from './replication.ts';
import { WorkerSlots } from './worker-slots.ts';
import { WriteFates } from './write-fates.ts';

/** The kind whose workers keep a line, in which nobody waits beside a free one. */
const KEEPS_LINE = 'app-server';

/** Holds its requests until they are answered, and leaves none out. */
const isStation = ({ kind, config }: Component): boolean =>
  kind === KEEPS_LINE && config['holdsWorker'] !== false && config['dropsLeft'] !== true;

/** Settings that make another thing of an application server; who gets one while it runs is not counted as a station. */
const changesNature = (component: Component, commands: readonly Command[]): boolean =>
  commands.some(
    (one) =>
      one.type === 'reconfigure' &&
      one.target === component.id &&
      ('holdsWorker' in one.patch || 'dropsLeft' in one.patch),
  );

export const checkersFor = (design: Design, commands: readonly Command[] = []): readonly Checker[] => [
  ...checkersWithout(design, commands),
  new KeptWrites(design, commands),
];

/** Those that need no list of all commands; null: what is done to the run is not known. */
const checkersWithout = (design: Design, known: readonly Command[] | null): readonly Checker[] => {
  const commands = known ?? [];
  return [
    new Conservation(),
    new Causality(),
    new WorkerSlots(design, (component) => component.kind === KEEPS_LINE),
    new QueueOrder(design),
    new OneOutcome(),
    new Replication(design, known),
    new WriteFates(design),
    new AddressHolder(design, commands),
    new LittlesLaw(design, (component) => isStation(component) && !changesNature(component, commands)),
  ];
};

/**
 * A watch over the chunks of a run that is lived: give it each chunk as it is made, and it says what cannot be. It takes them in order from
 * the first; one that comes again after a seek is passed over, and the first one begins anew.
 */
export function watchChunks(design: Design): (chunk: TraceChunk) => readonly string[] {
  let checkers = checkersWithout(design, null);
  let next = 0;
  return (chunk) => {
    if (chunk.index === 0) {
      checkers = checkersWithout(design, null);
      next = 0;
    }
    if (chunk.index !== next) return [];
    next++;
    return checkChunks(checkers, [chunk]);
  };
}

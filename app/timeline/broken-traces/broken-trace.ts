// Tools of the checkers' tests: a run's chunks, and the damage that is done to them. A checker that cannot fail is worthless, so
// each is shown traces that cannot be.
import { behaviours } from '../../catalogue/kinds.ts';
import type { Component, Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import type { Command } from '../../simulation/command.ts';
import { startSimulation } from '../../simulation/simulation.ts';
import { CHUNK_US, FIELDS, type TraceChunk } from '../../simulation/trace.ts';
import { TraceRecorder } from '../../simulation/trace-recorder.ts';

export interface Played {
  readonly design: Design;
  readonly commands: readonly Command[];
  readonly chunks: TraceChunk[];
  element(id: string): number;
}

export function play(design: Design, commands: readonly Command[], seconds: number, seed = 4): Played {
  const recorder = new TraceRecorder();
  const simulation = startSimulation({ design, seed, commands }, behaviours, recorder);
  const chunks = Array.from({ length: seconds }, (_, index) => {
    recorder.begin(simulation.world);
    simulation.advance((index + 1) * CHUNK_US);
    return recorder.cut(simulation.world);
  });
  return { design, commands, chunks, element: (id) => elementsOf(design).indexOf(id) };
}

/** The design with other settings of its databases, by id. */
export const withSettings = (design: Design, settings: Readonly<Record<string, Component['config']>>): Design => ({
  ...design,
  components: design.components.map((one) => ({ ...one, config: { ...one.config, ...settings[one.id] } })),
});

/** A table of a chunk with some rows left out. */
export function without<Table extends Readonly<Record<string, ArrayLike<number>>>>(
  table: Table,
  isGone: (row: number) => boolean,
): Table {
  const entries = Object.entries(table).map(([name, column]) => [
    name,
    (column as Float64Array).filter((_, row) => !isGone(row)),
  ]);
  return Object.fromEntries(entries) as Table;
}

/** Other values of one field, in every chunk. */
export function rewriteField(
  chunks: readonly TraceChunk[],
  element: number,
  field: number,
  rewrite: (value: number, atUs: number) => number,
): void {
  for (const { base, changes, index } of chunks) {
    const at = element * FIELDS + field;
    base[at] = rewrite(base[at] as number, index * CHUNK_US);
    changes.atUs.forEach((atUs, row) => {
      if (changes.element[row] === element && changes.field[row] === field)
        changes.value[row] = rewrite(changes.value[row] as number, atUs);
    });
  }
}

/** One more change of a field; whatever the run says later of that field holds again from then on. */
export function insertChange(chunks: TraceChunk[], atUs: number, element: number, field: number, value: number): void {
  const index = Math.floor(atUs / CHUNK_US);
  const chunk = chunks[index] as TraceChunk;
  const { changes } = chunk;
  const row = changes.atUs.findIndex((us) => us > atUs);
  const at = row < 0 ? changes.atUs.length : row;
  const put = <Column extends Float64Array | Int32Array | Uint8Array>(column: Column, one: number): Column => {
    const longer = new (column.constructor as new (length: number) => Column)(column.length + 1);
    longer.set(column.subarray(0, at));
    longer[at] = one;
    longer.set(column.subarray(at), at + 1);
    return longer;
  };
  chunks[index] = {
    ...chunk,
    changes: {
      atUs: put(changes.atUs, atUs),
      element: put(changes.element, element),
      field: put(changes.field, field),
      value: put(changes.value, value),
    },
  };
  const isChangedLater = changes.element.some(
    (one, next) => next >= at && one === element && changes.field[next] === field,
  );
  if (!isChangedLater) for (const later of chunks.slice(index + 1)) later.base[element * FIELDS + field] = value;
}

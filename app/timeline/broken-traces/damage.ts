// Damage for the checkers' tests: what is done to the trace of a run, and what the checker then has to say.
import type { TraceChunk } from '../../simulation/trace.ts';
import type { Played } from './broken-trace.ts';

export interface Damage {
  readonly checker: string;
  readonly what: string;
  readonly run: Played;
  /** What the checker then says. */
  readonly says: RegExp;
  damage(chunks: TraceChunk[], run: Played): void;
}

/** Row of the first chunk from second `from` on that has one, with its chunk. */
export function firstRow(
  chunks: readonly TraceChunk[],
  from: number,
  isIt: (chunk: TraceChunk, row: number) => boolean,
  table: 'ends' | 'hops' | 'spans' | 'logs' | 'changes',
): { readonly index: number; readonly row: number; readonly chunk: TraceChunk } {
  for (let index = from; index < chunks.length; index++) {
    const chunk = chunks[index] as TraceChunk;
    const rows = Object.values(chunk[table])[0] as Float64Array;
    for (let row = 0; row < rows.length; row++) if (isIt(chunk, row)) return { index, row, chunk };
  }
  throw new Error(`Nothing in the run to damage in ${table}.`);
}

export const endOf = (chunks: readonly TraceChunk[], isIt: (ends: TraceChunk['ends'], row: number) => boolean) => {
  const { chunk, row } = firstRow(chunks, 1, (one, at) => isIt(one.ends, at), 'ends');
  return { ends: chunk.ends, row };
};
export const isFailed = (ends: TraceChunk['ends'], row: number) => ends.outcome[row] === 2;
export const isGood = (ends: TraceChunk['ends'], row: number) => ends.outcome[row] === 0;

// The typed messages between the page and the run worker. Data only; chunks are transferred, not copied.
import type { BalancerTable } from '../catalogue/load-balancer/balancer-table.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import type { Copy, WriteLedger } from '../simulation/write-ledger.ts';
import type { ChunkSummary } from '../timeline/chunk-summary.ts';

/** Page to worker. Every message but the last `open` of a page replaces what the ones before it asked for. */
export type RunRequest =
  /** A new run. `revision` comes back with every answer, so that late answers of an older one can be told. */
  | { readonly type: 'open'; readonly revision: number; readonly run: Run }
  /**
   * The same run with another list of commands: what was computed after the first difference is thrown away. The page has
   * the summaries of the first `known` seconds.
   */
  | {
      readonly type: 'commands';
      readonly revision: number;
      readonly commands: readonly Command[];
      readonly known: number;
    }
  /**
   * The chunks that the page needs next, most urgent first, and up to where it wants to know every second. Replaces what it
   * wanted before: this is the worker's credit.
   */
  | {
      readonly type: 'want';
      readonly revision: number;
      readonly chunks: readonly number[];
      readonly untilChunk: number;
    }
  /** What the balancers have counted at an instant. */
  | { readonly type: 'statistics'; readonly revision: number; readonly atUs: number }
  /** What has become of the writes by an instant, and where one of them is stored (null: of none). */
  | { readonly type: 'writes'; readonly revision: number; readonly atUs: number; readonly copy: Copy | null };

/** Worker to page. */
export type RunReply =
  | { readonly type: 'chunk'; readonly revision: number; readonly chunk: TraceChunk }
  /** Summaries of seconds in a row, each second of the run once, those before a chunk before it. */
  | { readonly type: 'seconds'; readonly revision: number; readonly seconds: readonly ChunkSummary[] }
  | {
      readonly type: 'statistics';
      readonly revision: number;
      readonly atUs: number;
      readonly balancers: readonly BalancerTable[];
    }
  | { readonly type: 'writes'; readonly revision: number; readonly atUs: number; readonly ledger: WriteLedger }
  /** A broken invariant: the drawing is untouched, the run cannot go on past this moment. */
  | { readonly type: 'stopped'; readonly revision: number; readonly atUs: number; readonly message: string };

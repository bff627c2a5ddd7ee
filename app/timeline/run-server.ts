// Gives a page what it asks for of a run, one piece of work at a time, so that whoever serves can look at its post between two:
// the chunks around the playhead first, and the summaries of all seconds as far as the page looks.
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import type { Behaviours, Copy, World } from '../simulation/world.ts';
import type { ChunkSummary } from './chunk-summary.ts';
import { type Summariser, summariserOf } from './summarise.ts';
import { Timeline } from './timeline.ts';

/** So many seconds are told at once when nobody waits for a chunk. */
const BATCH = 40;

/** What one piece of work has brought: a chunk that was wanted, and summaries that the page does not have yet. */
export interface Piece {
  readonly chunk: TraceChunk | null;
  readonly seconds: readonly ChunkSummary[];
}

export class RunServer {
  private readonly timeline: Timeline;
  private readonly summariser: Summariser;
  private readonly summaries: ChunkSummary[] = [];
  private told = 0;
  private wanted: readonly number[] = [];
  private position = 0;
  private untilChunk = 0;
  private readonly watch: (chunk: TraceChunk) => void;

  /** `watch` sees every chunk that is computed. */
  constructor(run: Run, behaviours: Behaviours, copyState: Copy, watch: (chunk: TraceChunk) => void = () => undefined) {
    this.timeline = new Timeline(run, behaviours, copyState);
    this.summariser = summariserOf(run.design);
    this.watch = watch;
  }

  /** Another list of commands. Of the seconds before the first difference the page has `known`. */
  setCommands(commands: readonly Command[], known: number): void {
    const valid = this.timeline.setCommands(commands);
    this.summaries.length = Math.min(this.summaries.length, valid);
    this.told = Math.min(known, this.summaries.length);
    this.want([], 0);
  }

  /** Chunks, most urgent first, then the summaries of the seconds before `untilChunk`. Replaces what was wanted before. */
  want(chunks: readonly number[], untilChunk: number): void {
    [this.wanted, this.position, this.untilChunk] = [chunks, 0, untilChunk];
  }

  /** The world at an instant. Read only, until the next call. */
  worldAt(us: Micros): World {
    return this.timeline.worldAt(us);
  }

  get isIdle(): boolean {
    return this.position >= this.wanted.length && this.summaries.length >= this.untilChunk;
  }

  /** The chunk that is worked on next, in seconds of the run. */
  get nextChunk(): number {
    const wanted = this.wanted[this.position] ?? this.untilChunk;
    return Math.min(wanted, this.summaries.length);
  }

  /** Does one piece of work: at most one second of the run, beside the way to it from a checkpoint. */
  next(): Piece {
    const index = this.wanted[this.position];
    let chunk: TraceChunk | null = null;
    if (index === undefined || index >= this.summaries.length) {
      const made = this.goOn();
      if (made.index === index) chunk = made;
    } else chunk = this.look(index);
    if (chunk !== null) this.position++;
    const isDue = chunk !== null || this.isIdle || this.summaries.length - this.told >= BATCH;
    if (!isDue) return { chunk, seconds: [] };
    const seconds = this.summaries.slice(this.told);
    this.told = this.summaries.length;
    return { chunk, seconds };
  }

  private goOn(): TraceChunk {
    const chunk = this.look(this.summaries.length);
    this.summaries.push(this.summariser.summarise(chunk, this.summaries.at(-1) ?? null));
    return chunk;
  }

  private look(index: number): TraceChunk {
    const chunk = this.timeline.chunk(index);
    this.watch(chunk);
    return chunk;
  }
}

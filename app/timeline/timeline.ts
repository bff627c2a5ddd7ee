// Where a run meets time: runs ahead, keeps checkpoints, replays what is asked for again, and takes commands into a future
// that was already computed. A live act, a seek and a shared run are the same lines.
import { assert } from '../foundation/assert.ts';
import type { Micros } from '../foundation/micros.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { type Simulation, startSimulation } from '../simulation/simulation.ts';
import { CHUNK_US, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { Behaviours, Copy, World } from '../simulation/world.ts';

/** A lasting checkpoint every so many events at first: a seek replays at most about that many. */
const EVENTS_BETWEEN_CHECKPOINTS = 20_000;
/** More lasting ones are not held: every other one goes and the distance doubles, so that a long run's memory stays flat. */
const MOST_LASTING = 96;
/** And one at each of the last chunks, because a live command falls there and must answer at once. */
const RECENT_CHECKPOINTS = 24;

interface Checkpoint {
  /** Stands at the start of this chunk. */
  readonly chunk: number;
  readonly world: World;
  readonly lasting: boolean;
}

export class Timeline {
  private readonly run: Run;
  private readonly copyState: Copy;
  private readonly simulation: Simulation;
  private commands: readonly Command[];
  /** Ascending by chunk; the first is the start of the run. */
  private checkpoints: Checkpoint[] = [];
  private nextChunk = 0;
  private eventsBetween = EVENTS_BETWEEN_CHECKPOINTS;

  constructor(run: Run, behaviours: Behaviours, copyState: Copy) {
    this.run = run;
    this.copyState = copyState;
    this.commands = inOrder(run.commands);
    this.simulation = startSimulation(run, behaviours, new TraceRecorder());
    this.checkpoints.push({ chunk: 0, world: this.simulation.world.copy(copyState), lasting: true });
  }

  /** The run as it is now. */
  get current(): Run {
    return { ...this.run, commands: this.commands };
  }

  /** The world after the chunk that `chunk` returned last. Read only. */
  get world(): World {
    return this.simulation.world;
  }

  /** How many checkpoints are held, for measuring. */
  get checkpointCount(): number {
    return this.checkpoints.length;
  }

  /**
   * Another list of commands: what was computed after the first difference is forgotten.
   * Returns the first chunk that is no longer valid, or Infinity when nothing changed.
   */
  setCommands(commands: readonly Command[]): number {
    const next = inOrder(commands);
    const differUs = firstDifferenceUs(this.commands, next);
    this.commands = next;
    if (differUs === Number.POSITIVE_INFINITY) return differUs;
    const chunk = Math.floor(differUs / CHUNK_US);
    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.chunk <= chunk);
    if (this.nextChunk > chunk) this.restore(chunk);
    else this.simulation.resume(this.simulation.world, next);
    return chunk;
  }

  /** The trace of chunk `index` ([index, index + 1) seconds); the simulation then stands at its end. */
  chunk(index: number): TraceChunk {
    assert(index >= 0 && Number.isInteger(index), 'a chunk has a whole number from 0');
    if (index !== this.nextChunk) this.restore(index);
    while (this.nextChunk < index) this.step(false);
    return this.step(true) as TraceChunk;
  }

  /** Puts the simulation at the latest checkpoint at or before the start of a chunk, unless it stands nearer already. */
  private restore(chunk: number): void {
    let best = this.checkpoints[0] as Checkpoint;
    for (const checkpoint of this.checkpoints) if (checkpoint.chunk <= chunk) best = checkpoint;
    if (this.nextChunk <= chunk && this.nextChunk >= best.chunk) return;
    this.simulation.resume(best.world.copy(this.copyState), this.commands);
    this.nextChunk = best.chunk;
  }

  private step(traced: boolean): TraceChunk | null {
    const simulation = this.simulation;
    const recorder = simulation.recorder;
    if (!traced) simulation.recorder = null;
    else recorder?.begin(simulation.world);
    const endUs: Micros = (this.nextChunk + 1) * CHUNK_US;
    simulation.advance(endUs);
    simulation.recorder = recorder;
    this.nextChunk++;
    this.keepCheckpoint();
    return traced ? (recorder as TraceRecorder).cut(simulation.world) : null;
  }

  private keepCheckpoint(): void {
    const last = this.checkpoints[this.checkpoints.length - 1] as Checkpoint;
    if (last.chunk >= this.nextChunk) return;
    const world = this.simulation.world;
    let lastLasting = last;
    for (const checkpoint of this.checkpoints) if (checkpoint.lasting) lastLasting = checkpoint;
    const lasting = world.events - lastLasting.world.events >= this.eventsBetween;
    this.checkpoints.push({ chunk: this.nextChunk, world: world.copy(this.copyState), lasting });
    const oldest = this.nextChunk - RECENT_CHECKPOINTS;
    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.lasting || checkpoint.chunk > oldest);
    if (lasting) this.thinOut();
  }

  private thinOut(): void {
    if (this.checkpoints.filter((checkpoint) => checkpoint.lasting).length <= MOST_LASTING) return;
    let position = 0;
    this.checkpoints = this.checkpoints.filter((checkpoint) => !checkpoint.lasting || position++ % 2 === 0);
    this.eventsBetween *= 2;
  }
}

/** With the settings that it takes away, which JSON leaves out. */
const inWords = (command: Command): string =>
  JSON.stringify(command, (_, value: unknown) => (value === undefined ? { none: true } : value));

/** When two ordered lists of commands first differ, or Infinity. */
function firstDifferenceUs(before: readonly Command[], after: readonly Command[]): Micros {
  const count = Math.max(before.length, after.length);
  for (let i = 0; i < count; i++) {
    const a = before[i];
    const b = after[i];
    if (a === undefined || b === undefined) return (a ?? (b as Command)).atUs;
    if (inWords(a) !== inWords(b)) return Math.min(a.atUs, b.atUs);
  }
  return Number.POSITIVE_INFINITY;
}

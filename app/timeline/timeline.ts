// Where a run meets time: runs ahead, keeps checkpoints, replays what is asked for again, and takes commands into a future
// that was already computed. A live act, a seek and a shared run are the same lines.
// Two cursors go through the run: the frontier computes each second once, the replay goes back to what lies behind it.
import { assert } from '../foundation/assert.ts';
import type { Micros } from '../foundation/micros.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { Simulation, startSimulation } from '../simulation/simulation.ts';
import { CHUNK_US, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { Behaviours, Copy, World } from '../simulation/world.ts';

/** A lasting checkpoint every so many events at first: a seek replays at most about that many. */
const EVENTS_BETWEEN_CHECKPOINTS = 20_000;
/** More lasting ones are not held: every other one goes and the distance doubles, so that a long run's memory stays flat. */
const MOST_LASTING = 96;
/** And one at each of the last chunks of either cursor, because a live command falls there and must answer at once. */
const RECENT_CHECKPOINTS = 24;

interface Checkpoint {
  /** Stands at the start of this chunk. */
  readonly chunk: number;
  readonly world: World;
  readonly lasting: boolean;
}

/** A simulation and the chunk that it comes to next. */
interface Cursor {
  readonly simulation: Simulation;
  next: number;
}

export class Timeline {
  private readonly run: Run;
  private readonly behaviours: Behaviours;
  private readonly copyState: Copy;
  private readonly frontier: Cursor;
  /** Made when somebody first looks back: most headless runs never do. */
  private replay: Cursor | null = null;
  private lastUsed: Cursor;
  private commands: readonly Command[];
  /** Ascending by chunk; the first is the start of the run. */
  private checkpoints: Checkpoint[] = [];
  private eventsBetween = EVENTS_BETWEEN_CHECKPOINTS;
  /** For looks at an instant, with the commands that it was made for. */
  private beside: Simulation | null = null;
  private besideCommands: readonly Command[] = [];

  constructor(run: Run, behaviours: Behaviours, copyState: Copy) {
    this.run = run;
    this.behaviours = behaviours;
    this.copyState = copyState;
    this.commands = inOrder(run.commands);
    this.frontier = { simulation: startSimulation(run, behaviours, new TraceRecorder()), next: 0 };
    this.lastUsed = this.frontier;
    this.checkpoints.push({ chunk: 0, world: this.frontier.simulation.world.copy(copyState), lasting: true });
  }

  /** The run as it is now. */
  get current(): Run {
    return { ...this.run, commands: this.commands };
  }

  /** The world after the chunk that `chunk` returned last. Read only. */
  get world(): World {
    return this.lastUsed.simulation.world;
  }

  /** How many chunks are computed, from the start: asking for a later one computes all up to it. */
  get computed(): number {
    return this.frontier.next;
  }

  /**
   * The world as it is at an instant, in a simulation beside the one that computes, which goes on undisturbed. Moving forward
   * costs only the time in between. Read only, until the next call.
   */
  worldAt(us: Micros): World {
    const checkpoint = this.checkpointBefore(Math.floor(us / CHUNK_US));
    const stands = this.beside !== null && this.besideCommands === this.commands ? this.beside.world.nowUs : -1;
    if (this.beside === null || stands > us || stands < checkpoint.chunk * CHUNK_US) {
      const world = checkpoint.world.copy(this.copyState);
      this.beside = new Simulation(world, this.commands, null);
      this.beside.resume(world, this.commands);
      this.besideCommands = this.commands;
    }
    // What happens at this very instant has happened.
    this.beside.advance(us + 1);
    return this.beside.world;
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
    for (const cursor of [this.frontier, this.replay]) {
      if (cursor === null) continue;
      if (cursor.next > chunk) this.restore(cursor, chunk);
      else cursor.simulation.resume(cursor.simulation.world, next);
    }
    return chunk;
  }

  /** The trace of chunk `index` ([index, index + 1) seconds); `world` then stands at its end. */
  chunk(index: number): TraceChunk {
    assert(index >= 0 && Number.isInteger(index), 'a chunk has a whole number from 0');
    const cursor = index >= this.frontier.next ? this.frontier : this.replayAt(index);
    this.lastUsed = cursor;
    while (cursor.next < index) this.step(cursor, false);
    return this.step(cursor, true) as TraceChunk;
  }

  private replayAt(chunk: number): Cursor {
    this.replay ??= { simulation: startSimulation(this.current, this.behaviours, new TraceRecorder()), next: 0 };
    const { replay } = this;
    if (chunk !== replay.next) this.restore(replay, chunk);
    return replay;
  }

  private checkpointBefore(chunk: number): Checkpoint {
    let best = this.checkpoints[0] as Checkpoint;
    for (const checkpoint of this.checkpoints) if (checkpoint.chunk <= chunk) best = checkpoint;
    return best;
  }

  /** Puts a cursor at the latest checkpoint at or before the start of a chunk, unless it stands nearer already. */
  private restore(cursor: Cursor, chunk: number): void {
    const best = this.checkpointBefore(chunk);
    if (cursor.next <= chunk && cursor.next >= best.chunk) return;
    cursor.simulation.resume(best.world.copy(this.copyState), this.commands);
    cursor.next = best.chunk;
  }

  private step(cursor: Cursor, traced: boolean): TraceChunk | null {
    const { simulation } = cursor;
    const recorder = simulation.recorder;
    if (!traced) simulation.recorder = null;
    else recorder?.begin(simulation.world);
    const endUs: Micros = (cursor.next + 1) * CHUNK_US;
    simulation.advance(endUs);
    simulation.recorder = recorder;
    cursor.next++;
    this.keepCheckpoint(cursor);
    return traced ? (recorder as TraceRecorder).cut(simulation.world) : null;
  }

  private keepCheckpoint({ simulation: { world }, next }: Cursor): void {
    let before = this.checkpoints.length;
    while (before > 0 && (this.checkpoints[before - 1] as Checkpoint).chunk > next) before--;
    if (this.checkpoints[before - 1]?.chunk === next) return;
    // Behind the frontier the lasting ones stand already.
    const isFirst = next === this.frontier.next;
    const lasting = isFirst && world.events - this.eventsOfLastLasting() >= this.eventsBetween;
    this.checkpoints.splice(before, 0, { chunk: next, world: world.copy(this.copyState), lasting });
    this.checkpoints = this.checkpoints.filter(({ lasting: stays, chunk }) => stays || this.isRecent(chunk));
    if (lasting) this.thinOut();
  }

  private eventsOfLastLasting(): number {
    return this.checkpoints.findLast((checkpoint) => checkpoint.lasting)?.world.events ?? 0;
  }

  private isRecent(chunk: number): boolean {
    const isBehind = (cursor: Cursor) => chunk <= cursor.next && chunk > cursor.next - RECENT_CHECKPOINTS;
    return isBehind(this.frontier) || (this.replay !== null && isBehind(this.replay));
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

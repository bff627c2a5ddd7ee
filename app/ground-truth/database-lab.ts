// The laboratory of the database recordings, simulated: a primary and a replica on two hosts with a line between them, and
// clients beside the primary. Scenarios drive it step by step and read what they need from the running simulation.
import { databaseBehaviour } from '../catalogue/database/behaviour.ts';
import { secondsBehindMaster } from '../catalogue/database/channel.ts';
import { type DatabaseState, Receiver } from '../catalogue/database/state.ts';
import { plainDesign } from '../designs/plain-design.ts';
import { fromMs, SECOND, toMs } from '../foundation/micros.ts';
import { carryOut } from '../simulation/carry-out.ts';
import type { Command } from '../simulation/command.ts';
import { commonLength, type History, holds } from '../simulation/history.ts';
import { type Simulation, startSimulation } from '../simulation/simulation.ts';
import { Field } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { Behaviours } from '../simulation/world.ts';
import {
  type ClientState,
  type Operation,
  SCRIPTED_CLIENT,
  type SessionScript,
  scriptedClient,
} from './scripted-client.ts';

/** Service times of the recording machine, in milliseconds (database-semantics of the recordings: README.md there). */
const OWN_TIMES = { readMs: 0.1, writeMs: 1, commitMs: 0.6, applyMs: 1.8, distribution: 'gamma', connections: 200 };
/** One way on the loopback, and from a client to a server. */
const LOOPBACK_MS = 0.45;
const CLIENT_MS = 0.1;
const STEP_MS = 1;

export interface Setup {
  readonly seed: number;
  /** Added one way between the servers. */
  readonly oneWayMs: number | null;
  /** Settings of both servers; the primary's and the replica's own go over them. */
  readonly both?: Readonly<Record<string, unknown>>;
  readonly primary?: Readonly<Record<string, unknown>>;
  readonly replica?: Readonly<Record<string, unknown>>;
  readonly sessions: readonly SessionScript[];
}

type Act = Command extends infer One ? (One extends Command ? Omit<One, 'atUs'> : never) : never;

const PRIMARY = 0;
const REPLICA = 1;
const CLIENT = 2;
export const LINE = 'primary-replica';

export class Lab {
  private readonly simulation: Simulation;
  private readonly recorder = new TraceRecorder();
  /** When a position became visible at the replica, in milliseconds. */
  readonly visibleMs = new Map<number, number>();

  constructor({ seed, oneWayMs, both, primary, replica, sessions }: Setup) {
    const own = { ...OWN_TIMES, ...both };
    const design = plainDesign({
      parts: [
        { id: 'primary', kind: 'database', config: { role: 'primary', ...own, ...primary } },
        { id: 'replica', kind: 'database', config: { role: 'replica', ...own, ...replica } },
        { id: 'client', kind: SCRIPTED_CLIENT, config: { sessions } },
      ],
      links: [
        { from: 'primary', to: 'replica', latencyMs: LOOPBACK_MS + (oneWayMs ?? 0) },
        { from: 'client', to: 'primary', latencyMs: CLIENT_MS },
        { from: 'client', to: 'replica', latencyMs: CLIENT_MS },
      ],
      rateRps: 0,
      clientTimeoutMs: 1_000,
    });
    const behaviours = { database: databaseBehaviour, [SCRIPTED_CLIENT]: scriptedClient } as unknown as Behaviours;
    this.simulation = startSimulation({ design, seed, commands: [] }, behaviours, this.recorder);
  }

  get nowMs(): number {
    return toMs(this.simulation.world.nowUs);
  }

  run(ms: number): void {
    const endUs = this.simulation.world.nowUs + Math.round(fromMs(ms));
    while (this.simulation.world.nowUs < endUs) {
      const next = (Math.floor(this.simulation.world.nowUs / SECOND) + 1) * SECOND;
      this.simulation.advance(Math.min(next, endUs));
      if (this.simulation.world.nowUs === next) this.cut();
    }
  }

  /** Runs until the condition holds, at most so long; the milliseconds that it took, or null. */
  until(holdsNow: () => boolean, mostMs: number, stepMs = STEP_MS): number | null {
    const startMs = this.nowMs;
    while (!holdsNow()) {
      if (this.nowMs - startMs >= mostMs) return null;
      this.run(stepMs);
    }
    return this.nowMs - startMs;
  }

  /** The trace is not kept, but for when copies became visible. */
  private cut(): void {
    const { changes } = this.recorder.cut(this.simulation.world);
    const replica = this.simulation.world.plan.componentElement + REPLICA;
    changes.atUs.forEach((atUs, row) => {
      if (changes.element[row] !== replica || changes.field[row] !== Field.Version) return;
      this.visibleMs.set(changes.value[row] as number, toMs(atUs));
    });
    this.recorder.begin(this.simulation.world);
  }

  act(act: Act): void {
    carryOut(this.simulation, { ...act, atUs: this.simulation.world.nowUs } as Command);
  }

  tell(target: string, ...words: string[]): void {
    this.act({ type: 'admin', target, words });
  }

  get primary(): DatabaseState {
    return this.simulation.world.states[PRIMARY] as DatabaseState;
  }
  get replica(): DatabaseState {
    return this.simulation.world.states[REPLICA] as DatabaseState;
  }
  get primaryLog(): History {
    return this.simulation.world.writes.historyOf(PRIMARY);
  }
  get replicaLog(): History {
    return this.simulation.world.writes.historyOf(REPLICA);
  }
  get operations(): readonly Operation[] {
    return (this.simulation.world.states[CLIENT] as ClientState).operations;
  }

  /** Whether everything that the primary has is visible at the replica. */
  get isCaughtUp(): boolean {
    return commonLength(this.primaryLog, this.replicaLog) === this.primaryLog.length && this.isDrained;
  }
  get isDrained(): boolean {
    return this.replica.version === this.replicaLog.length;
  }

  sbm(): number | null {
    const { nowUs, writes } = this.simulation.world;
    return secondsBehindMaster(this.replica, { nowUs, self: REPLICA, writes });
  }

  receiverState(database: DatabaseState = this.replica): string {
    const { receiver } = database.channel;
    if (receiver === Receiver.Connected) return 'Yes';
    return receiver === Receiver.Connecting ? 'Connecting' : 'No';
  }
}

export const isIn = (log: History, { epoch, position }: Operation): boolean => holds(log, epoch, position);

/** `n` sessions that write at a rate each, out of step with each other. */
export const writers = (n: number, ratePerS: number, more: Partial<SessionScript> = {}): SessionScript[] =>
  Array.from({ length: n }, (_, index) => ({
    target: 'primary',
    op: 'write',
    everyMs: ratePerS > 0 ? 1_000 / ratePerS : 0,
    startMs: ratePerS > 0 ? (1_000 / ratePerS) * (index / n) : 0,
    limitMs: null,
    retryMs: 50,
    ...more,
  }));

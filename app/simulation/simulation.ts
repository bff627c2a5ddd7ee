// The engine: takes the next event and delivers it. A simulation is a world (what changes) with the machinery around it
// that never does: context, traffic, trace recorder. Same design, seed and commands give the same events, bit for bit.
import { assert } from '../foundation/assert.ts';
import { mixDigest } from '../foundation/digest.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Context } from './behaviour.ts';
import { CALLEE_DONE, CALLER_DONE } from './calls.ts';
import { carryOut } from './carry-out.ts';
import type { Command } from './command.ts';
import { inOrder } from './command.ts';
import { EngineContext } from './context.ts';
import type { Engine, OutcomeMeter } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { parkForHung } from './faults.ts';
import { startComponent } from './host.ts';
import { arrive } from './network.ts';
import type { Run } from './run.ts';
import type { TraceRecorder } from './trace-recorder.ts';
import { FLOOD, UserTraffic } from './traffic.ts';
import { onWatchTimer, startWatching } from './watching.ts';
import { type Behaviours, planOf, World } from './world.ts';

export class Simulation implements Engine {
  world: World;
  /** Null: nothing is traced, for headless runs. */
  recorder: TraceRecorder | null;
  /** For headless runs without a trace: sees every outcome. */
  meter: OutcomeMeter | null = null;
  readonly traffic: UserTraffic;
  private readonly context: EngineContext;
  /** In the order in which they are carried out. */
  private commands: readonly Command[];

  constructor(world: World, commands: readonly Command[], recorder: TraceRecorder | null) {
    this.world = world;
    this.commands = inOrder(commands);
    this.recorder = recorder;
    this.context = new EngineContext(this);
    this.traffic = new UserTraffic(this);
  }

  /** Points the context at a component. The same object serves every handler. */
  enter(component: number): Context {
    this.context.speakFor(component);
    return this.context;
  }

  /** Puts another world in place (a copy of a checkpoint), with the commands that hold from there on. */
  resume(world: World, commands: readonly Command[]): void {
    this.world = world;
    this.context.turnTo(world);
    this.commands = inOrder(commands);
    this.world.commandsDone = this.commands.filter((command) => command.atUs < world.nowUs).length;
  }

  /** Handles every event before `endUs`; the world then stands at `endUs`. Commands at an instant go before its events. */
  advance(endUs: Micros): void {
    const world = this.world;
    const queue = world.queue;
    assert(endUs >= world.nowUs, 'a simulation only goes forward');
    for (;;) {
      const command = this.commands[world.commandsDone];
      const stopUs = command !== undefined && command.atUs < endUs ? command.atUs : endUs;
      while (queue.take(stopUs)) this.deliver();
      if (stopUs === endUs) break;
      world.nowUs = Math.max(world.nowUs, stopUs);
      world.commandsDone++;
      world.events++;
      mixDigest(world.digest, stopUs, -1, world.commandsDone);
      carryOut(this, command as Command);
    }
    world.nowUs = endUs;
  }

  private deliver(): void {
    const { world } = this;
    const { queue } = world;
    const { kind, code, target, call } = queue;
    if (kind === EventKind.Timer && !this.isHeard(target, call, queue.stamp)) return;
    const nowUs = queue.timeUs[0] as number;
    world.nowUs = nowUs;
    world.events++;
    mixDigest(world.digest, nowUs, (kind << 24) | (code << 16) | (target & 0xffff), call);
    if (kind === EventKind.Message) arrive(this, code, call);
    else if (kind === EventKind.Timer) this.timer(code, target, call, queue.data);
    else if (code === FLOOD) this.traffic.onFlood(queue.stamp);
    else this.traffic.onArrival(queue.stamp);
  }

  private timer(code: number, target: number, call: number, data: number): void {
    const { configs, plan, states } = this.world;
    if (target === plan.users) this.traffic.onTimer(code, call, data);
    else if (target === plan.watcher) onWatchTimer(this, code, data);
    else {
      const context = this.enter(target);
      plan.behaviours[target]?.onTimer(states[target], configs[target] as never, code, call, data, context);
    }
  }

  /** Whether a due timer means something, and its component hears it now: one that is stopped hears it when it continues. */
  private isHeard(target: number, call: number, stamp: number): boolean {
    const { world } = this;
    if (target >= world.plan.users) return true;
    if (this.isVoid(target, call, stamp)) return false;
    if (world.hung[target] === 0) return true;
    world.nowUs = world.queue.timeUs[0] as number;
    parkForHung(world, target);
    return false;
  }

  /** A timer of a component that has stopped since, or of a call whose end here is done (its row may still be open). */
  private isVoid(target: number, call: number, stamp: number): boolean {
    const { calls, epoch } = this.world;
    if (call < 0) return epoch[target] !== stamp;
    if (calls.callee[call] === target) return calls.has(call, CALLEE_DONE);
    return calls.caller[call] === target && calls.has(call, CALLER_DONE);
  }
}

/** A simulation at time 0: every component has started, the first arrival is planned. Call `recorder.begin` before. */
export function startSimulation(run: Run, behaviours: Behaviours, recorder: TraceRecorder | null): Simulation {
  const world = new World(planOf(run.design, behaviours), run.seed);
  const simulation = new Simulation(world, run.commands, null);
  for (let component = 0; component < world.plan.components.length; component++) startComponent(simulation, component);
  simulation.traffic.start();
  startWatching(simulation);
  simulation.recorder = recorder;
  recorder?.begin(world);
  return simulation;
}

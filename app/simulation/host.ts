// Start and stop of components and hosts: where kill and repair act.
import { holdAddress } from './address.ts';
import type { StopCause } from './behaviour.ts';
import type { Engine } from './engine.ts';
import { dropParked } from './faults.ts';
import { fieldMs, recordField } from './fields.ts';
import { cutConnections } from './network.ts';
import { Alive, Field } from './trace.ts';

/** A component starts (again): what it had on disk is handed to it. */
export function startComponent(sim: Engine, component: number): void {
  const world = sim.world;
  world.alive[component] = Alive.Up;
  noteAlive(sim, world.plan.componentElement + component, Alive.Up);
  const behaviour = world.plan.behaviours[component];
  if (behaviour === null || behaviour === undefined) return;
  const context = sim.enter(component);
  world.states[component] = behaviour.start(world.configs[component] as never, world.states[component], context);
}

/** A component stops: its connections are cut, its timers are void, its memory is lost (its state is kept as its disk). */
function stopComponent(sim: Engine, component: number, cause: StopCause): void {
  const world = sim.world;
  world.alive[component] = cause === 'powered-off' ? Alive.PoweredOff : Alive.ProcessDead;
  world.epoch[component] = ((world.epoch[component] as number) + 1) | 0;
  noteAlive(sim, world.plan.componentElement + component, world.alive[component] as number);
  dropParked(world, component);
  recordField(sim, world.plan.componentElement + component, Field.Hung, 0);
  cutConnections(sim, component, cause === 'powered-off');
  const behaviour = world.plan.behaviours[component];
  if (behaviour === null || behaviour === undefined) return;
  behaviour.onStop(world.states[component], world.configs[component] as never, cause, sim.enter(component));
}

function noteAlive(sim: Engine, element: number, alive: number): void {
  if (sim.world.nowUs > 0) recordField(sim, element, Field.SinceMs, fieldMs(sim.world.nowUs));
  recordField(sim, element, Field.Alive, alive);
}

/** The process dies. Nothing happens to a component that is not running. */
export function killProcess(sim: Engine, component: number): void {
  if (sim.world.alive[component] === Alive.Up) stopComponent(sim, component, 'process-killed');
}

/** The process starts again, if its host has power. */
export function repairProcess(sim: Engine, component: number): void {
  if (sim.world.alive[component] === Alive.ProcessDead && sim.world.isPowered(component))
    startComponent(sim, component);
}

/** The power goes: everything on the host stops at once and nobody is told. */
export function powerOff(sim: Engine, host: number): void {
  const world = sim.world;
  if (world.powered[host] === 0) return;
  world.powered[host] = 0;
  holdAddress(sim, host, false);
  noteAlive(sim, world.plan.hostElement + host, Alive.PoweredOff);
  for (const component of world.plan.componentsOf[host] ?? []) stopComponent(sim, component, 'powered-off');
}

/** The power comes back and every component of the host starts; on a host with power, the dead ones start. */
export function powerOn(sim: Engine, host: number): void {
  const world = sim.world;
  if (world.powered[host] === 0) {
    world.powered[host] = 1;
    noteAlive(sim, world.plan.hostElement + host, Alive.Up);
  }
  for (const component of world.plan.componentsOf[host] ?? []) {
    if (world.alive[component] !== Alive.Up) startComponent(sim, component);
  }
}

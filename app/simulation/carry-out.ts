// Carries out one command on a running simulation. Each acts on the mechanism; components find out as the real ones do.
import { DNS, USERS } from '../design/design.ts';
import { never } from '../foundation/assert.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { fromMs } from '../foundation/micros.ts';
import { carryOutFault, repair } from './carry-out-fault.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { killProcess, powerOff } from './host.ts';

/** A target that the design does not have is passed over: a shared run may name what an edit has removed. */
export function carryOut(sim: Engine, command: Command): void {
  const { design, components } = sim.world.plan;
  const component = components.findIndex((one) => one.id === command.target);
  const host = design.hosts.findIndex((one) => one.id === command.target);
  switch (command.type) {
    case 'kill':
      if (host >= 0) powerOff(sim, host);
      else if (component >= 0) killProcess(sim, component);
      return;
    case 'repair':
      repair(sim, command);
      return;
    case 'hang':
    case 'slow':
    case 'cut':
    case 'degrade':
    case 'flood':
      carryOutFault(sim, command);
      return;
    case 'reconfigure':
      reconfigure(sim, command.target, component, command.patch);
      return;
    case 'admin':
      if (component >= 0 && sim.world.isRunning(component)) {
        const behaviour = sim.world.plan.behaviours[component];
        const context = sim.enter(component);
        behaviour?.onAdmin?.(
          sim.world.states[component],
          sim.world.configs[component] as never,
          command.words,
          context,
        );
      }
      return;
    default:
      never(command);
  }
}

function reconfigure(sim: Engine, target: string, component: number, patch: Readonly<Record<string, unknown>>): void {
  const world = sim.world;
  if (target === USERS) {
    sim.traffic.reconfigure({ ...world.traffic, ...patch });
    return;
  }
  if (target === DNS) {
    world.dns = { ...world.dns, ...patch };
    return;
  }
  const link = world.plan.design.links.findIndex((one) => one.id === target);
  const latencyMs = patch['latencyMs'];
  if (link >= 0 && typeof latencyMs === 'number') world.latencyUs[link] = fromMs(latencyMs);
  if (component < 0) return;
  const before = world.configs[component] as Readonly<Record<string, unknown>>;
  const after = mergePatch(before, patch);
  world.configs[component] = after;
  const behaviour = world.plan.behaviours[component];
  if (!world.isRunning(component)) return; // it reads its settings when it starts
  behaviour?.onReconfigure?.(world.states[component], before as never, after as never, sim.enter(component));
}

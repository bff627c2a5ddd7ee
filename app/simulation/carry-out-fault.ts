// Carries out the faults other than death, and ends them. An element may have several at once: each begins and ends by itself.
import { USERS } from '../design/design.ts';
import { never } from '../foundation/assert.ts';
import type { Command, Fault } from './command.ts';
import type { Engine } from './engine.ts';
import {
  cutLink,
  degrade,
  hang,
  mendLink,
  partition,
  pullCable,
  setHostSlowness,
  setSlowness,
  unhang,
} from './faults.ts';
import { powerOn, repairProcess } from './host.ts';

type FaultCommand = Extract<Command, { type: 'hang' | 'slow' | 'cut' | 'degrade' | 'flood' }>;

interface Place {
  readonly host: number;
  readonly component: number;
  readonly link: number;
}

function placeOf(sim: Engine, target: string): Place {
  const { design, components } = sim.world.plan;
  return {
    host: design.hosts.findIndex((one) => one.id === target),
    component: components.findIndex((one) => one.id === target),
    link: design.links.findIndex((one) => one.id === target),
  };
}

/** The component itself, or every component of the host. */
const componentsAt = (sim: Engine, place: Place): readonly number[] =>
  place.component >= 0 ? [place.component] : (sim.world.plan.componentsOf[place.host] ?? []);

export function carryOutFault(sim: Engine, command: FaultCommand): void {
  const place = placeOf(sim, command.target);
  switch (command.type) {
    case 'hang':
      for (const component of componentsAt(sim, place)) hang(sim, component);
      return;
    case 'slow':
      slow(sim, place, Math.max(1, command.factor));
      return;
    case 'cut':
      cut(sim, place, command.other ?? null);
      return;
    case 'degrade':
      if (place.link >= 0) degrade(sim, place.link, command.lossShare, command.delayMs);
      return;
    case 'flood':
      if (command.target === USERS) sim.traffic.flood(command.rateRps);
      return;
    default:
      never(command);
  }
}

function slow(sim: Engine, place: Place, factor: number): void {
  if (place.component >= 0) setSlowness(sim, place.component, factor);
  else if (place.host >= 0) setHostSlowness(sim, place.host, factor);
}

/** A link that is cut already stays cut once; a partition is a cut of its own. */
function cut(sim: Engine, place: Place, other: string | null): void {
  const { world } = sim;
  if (place.link >= 0 && world.ownCut[place.link] === 0) {
    world.ownCut[place.link] = 1;
    cutLink(sim, place.link);
  }
  if (place.host >= 0 && other === null) pullCable(sim, place.host, true);
  const second = other === null ? -1 : placeOf(sim, other).host;
  if (place.host >= 0 && second >= 0 && second !== place.host) partition(sim, place.host, second, true);
}

/** Ends one fault of an element, or all of them. Ending what is not there changes nothing. */
export function repair(sim: Engine, { target, fault, other }: Extract<Command, { type: 'repair' }>): void {
  const place = placeOf(sim, target);
  if (other !== undefined) {
    join(sim, place.host, placeOf(sim, other).host);
    return;
  }
  const ends = (one: Fault) => fault === undefined || fault === one;
  if (ends('slow')) slow(sim, place, 1);
  if (ends('hang')) for (const component of componentsAt(sim, place)) unhang(sim, component);
  if (ends('cut')) mend(sim, place);
  if (ends('degrade') && place.link >= 0) degrade(sim, place.link, 0, 0);
  if (ends('flood') && target === USERS) sim.traffic.flood(0);
  if (!ends('kill')) return;
  if (place.host >= 0) powerOn(sim, place.host);
  else if (place.component >= 0) repairProcess(sim, place.component);
}

/** A link's own cut; or a host's cable and every partition of it. */
function mend(sim: Engine, place: Place): void {
  const { world } = sim;
  if (place.link >= 0 && world.ownCut[place.link] === 1) {
    world.ownCut[place.link] = 0;
    mendLink(sim, place.link);
  }
  if (place.host >= 0) pullCable(sim, place.host, false);
  world.plan.design.hosts.forEach((_, other) => {
    join(sim, place.host, other);
  });
}

/** Two hosts reach each other again, if they are two and were parted. */
function join(sim: Engine, a: number, b: number): void {
  if (a >= 0 && b >= 0 && a !== b) partition(sim, a, b, false);
}

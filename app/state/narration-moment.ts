// What the narration strip says at a moment: gathers the facts from the projected view and has them told.
import type { Component, Design } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Reading } from '../drawing/figure.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { balancerOf } from './beliefs.ts';
import { modeOf, reconfigured } from './design-at.ts';
import { mainFailure } from './failures.ts';
import { writesBehind } from './host-views.ts';
import type { Moment } from './moment.ts';
import { narrate } from './narration.ts';
import { dataFactsAt } from './narration-data.ts';
import type { Load } from './narration-facts.ts';
import { tellFault } from './narration-faults.ts';
import type { Measured } from './readings.ts';
import { sharedAddressAt } from './shared-address.ts';
import type { Truth } from './truth.ts';

type Readings = Readonly<Record<string, Reading>>;

export function narration({ base, commands }: Moment, measured: Measured, truth: Truth, readings: Readings): string {
  const { design, nowUs, servers, outcomes } = measured;
  const replication = design.links.find((link) => link.protocol === 'replication');
  const behind = replication === undefined ? 0 : writesBehind(measured, replication);
  const switchedUs = switchedAt(base, commands, nowUs);
  const load = loadOf(measured, readings);
  const shared = sharedAddressAt(measured);
  const data = dataFactsAt(measured);
  const facts = { nowUs, design, truth, servers, behind, switchedUs, load, shared, data, readings, outcomes };
  return narrate(facts, tellFault);
}

/** What the strip needs to know of the last seconds' requests. */
function loadOf(measured: Measured, readings: Readonly<Record<string, Reading>>): Load {
  const { design, outcomes, silent, window } = measured;
  const entryOf = (app: Component) =>
    wiringOf(design)
      .componentsOn(app.hostId)
      .find((one) => one.kind === 'web-server') ?? app;
  const queues = design.components
    .filter((component) => component.kind === 'app-server')
    .map((app) => ({
      hostId: app.hostId,
      length: readings[app.id]?.queue ?? 0,
      p99Ms: readings[entryOf(app).id]?.p99Ms ?? null,
    }));
  const { answered, retried, failed, waiting, failures } = outcomes;
  return {
    answered: answered + retried,
    failed,
    waiting,
    silent,
    queues,
    ...mainFailure(failures, design, window.elements),
  };
}

/** When the mode was last switched to what it is, or null when it has been so from the start. */
function switchedAt(base: Design, commands: readonly Command[], nowUs: Micros): Micros | null {
  const balancer = balancerOf(base);
  if (balancer === undefined) return null;
  let switchedUs: Micros | null = null;
  let mode = modeOf(base);
  let after = base;
  for (const command of commands) {
    if (command.type !== 'reconfigure' || command.target !== balancer.id || command.atUs > nowUs) continue;
    after = reconfigured(after, command.target, command.patch);
    if (modeOf(after) !== mode) [mode, switchedUs] = [modeOf(after), command.atUs];
  }
  return switchedUs;
}

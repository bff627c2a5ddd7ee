// Makes a failing run small: leaves out commands, parts, settings and time as long as it still fails in the same way.
import type { Component, Design } from '../design/design.ts';
import type { Run } from '../simulation/run.ts';

export interface Timed {
  readonly run: Run;
  readonly seconds: number;
}

/** The smallest that `fails` was found for. `fails` is asked at most `tries` times. */
export function shrinkRun(failing: Timed, fails: (candidate: Timed) => boolean, tries: number): Timed {
  let best = failing;
  let left = tries;
  for (let progressed = true; progressed && left > 0; ) {
    progressed = false;
    for (const candidate of smaller(best)) {
      if (left-- <= 0) return best;
      if (!fails(candidate)) continue;
      best = candidate;
      progressed = true;
      break;
    }
  }
  return best;
}

/** Candidates one step smaller, the boldest first. */
function* smaller({ run, seconds }: Timed): Generator<Timed> {
  const { design, commands } = run;
  const half = Math.floor(seconds / 2);
  if (half >= 1) yield { run, seconds: half };
  const middle = Math.floor(commands.length / 2);
  if (middle > 0) {
    yield { run: { ...run, commands: commands.slice(0, middle) }, seconds };
    yield { run: { ...run, commands: commands.slice(middle) }, seconds };
  }
  for (const command of commands)
    yield { run: { ...run, commands: commands.filter((one) => one !== command) }, seconds };
  for (const component of design.components) yield { run: { ...run, design: without(design, component) }, seconds };
  for (const link of design.links) {
    yield { run: { ...run, design: { ...design, links: design.links.filter((one) => one !== link) } }, seconds };
  }
  yield* plainerTraffic(run, seconds);
  for (const component of design.components) {
    for (const plainer of plainerConfigs(component)) {
      const components = design.components.map((one) => (one === component ? plainer : one));
      yield { run: { ...run, design: { ...design, components } }, seconds };
    }
  }
  if (seconds > 1) yield { run, seconds: seconds - 1 };
}

function without(design: Design, gone: Component): Design {
  const components = design.components.filter((one) => one !== gone);
  return {
    ...design,
    hosts: design.hosts.filter((host) => components.some((one) => one.hostId === host.id)),
    components,
    links: design.links.filter((link) => link.from !== gone.id && link.to !== gone.id),
  };
}

function* plainerTraffic(run: Run, seconds: number): Generator<Timed> {
  const { traffic } = run.design;
  const withTraffic = (patch: object): Timed => {
    return { run: { ...run, design: { ...run.design, traffic: { ...traffic, ...patch } } }, seconds };
  };
  if (traffic.rateRps > 1) yield withTraffic({ rateRps: Math.floor(traffic.rateRps / 2) });
  if (traffic.arrivals.type === 'poisson') yield withTraffic({ arrivals: { type: 'fixed' } });
  if (traffic.arrivals.type === 'list' && traffic.arrivals.list.length > 1) {
    const { list } = traffic.arrivals;
    yield withTraffic({ arrivals: { ...traffic.arrivals, list: list.slice(0, Math.floor(list.length / 2)) } });
  }
  for (const share of ['writeShare', 'staticShare'] as const) if (traffic[share] > 0) yield withTraffic({ [share]: 0 });
  if (traffic.users > 1) yield withTraffic({ users: 1 });
}

/** Each optional setting left out, each law a fixed one, each list one shorter. */
function* plainerConfigs(component: Component): Generator<Component> {
  const { config } = component;
  const OPTIONAL =
    /^(variation|backlog|holdsWorker|dropsLeft|replicaShare|threads|applyThreads|cookie|allbackups|spreadChecks)$/;
  for (const name of Object.keys(config)) {
    if (OPTIONAL.test(name)) {
      yield { ...component, config: Object.fromEntries(Object.entries(config).filter(([key]) => key !== name)) };
    }
  }
  if (typeof config['distribution'] === 'string' && config['distribution'] !== 'fixed') {
    yield { ...component, config: { ...config, distribution: 'fixed' } };
  }
  const servers = config['servers'];
  if (!Array.isArray(servers)) return;
  for (const server of servers) {
    yield { ...component, config: { ...config, servers: servers.filter((one) => one !== server) } };
  }
}

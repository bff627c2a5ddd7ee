// A run drawn by dice: a random design, a seed, and a schedule of everything that can be done to a running simulation.
import { type Design, USERS } from '../design/design.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { type Choices, randomDesign } from './random-design.ts';

const MOST_COMMANDS = 12;

/** Run number `index`: the same on every machine. Its commands fall into the first `seconds`. */
export function randomRun(index: number, seconds: number, choices: Choices): Run {
  const dice = new Dice(index, 'random-run');
  const design = randomDesign(dice, choices);
  const commands = Array.from({ length: dice.whole(0, MOST_COMMANDS) }, () => randomCommand(dice, design, seconds));
  return { design, seed: dice.seed(), commands };
}

const SORTS = [
  ...['kill', 'kill', 'repair', 'repair', 'repair', 'hang', 'slow', 'cut', 'partition', 'cable', 'degrade', 'flood'],
  ...['users', 'component', 'link', 'admin', 'admin'],
] as const;

function randomCommand(dice: Dice, design: Design, seconds: number): Command {
  // Whole seconds are the boundaries of chunks and checkpoints.
  const atUs = dice.chance(0.2) ? dice.whole(0, seconds - 1) * SECOND : dice.whole(0, seconds * SECOND - 1);
  const hosts = design.hosts.map((one) => one.id);
  const places = [...hosts, ...design.components.map((one) => one.id)];
  const links = design.links.map((one) => one.id);
  switch (dice.one(SORTS)) {
    case 'kill':
      return { atUs, type: 'kill', target: dice.one(places) };
    case 'repair':
      return dice.chance(0.1)
        ? { atUs, type: 'repair', target: dice.one(hosts), fault: 'cut', other: dice.one(hosts) }
        : randomRepair(dice, atUs, [...places, ...links, USERS]);
    case 'hang':
      return { atUs, type: 'hang', target: dice.one(places) };
    case 'slow':
      return { atUs, type: 'slow', target: dice.one(places), factor: dice.one([1, 1.5, 3, 20]) };
    case 'cut':
      return { atUs, type: 'cut', target: dice.one(links) };
    case 'partition':
      return { atUs, type: 'cut', target: dice.one(hosts), other: dice.one(hosts) };
    case 'cable':
      return { atUs, type: 'cut', target: dice.one(hosts) };
    case 'degrade':
      return {
        atUs,
        type: 'degrade',
        target: dice.one(links),
        lossShare: dice.one([0, 0.01, 0.3, 0.9]),
        delayMs: dice.one([0, 3.7, 400]),
      };
    case 'flood':
      return { atUs, type: 'flood', target: USERS, rateRps: dice.one([0, 5, 60, 200]) };
    case 'users':
      return { atUs, type: 'reconfigure', target: USERS, patch: usersPatch(dice) };
    case 'link':
      return { atUs, type: 'reconfigure', target: dice.one(links), patch: { latencyMs: dice.one([0, 1.3, 50, 400]) } };
    case 'component':
      return componentPatch(dice, atUs, design);
    default:
      return randomAdmin(dice, atUs, design);
  }
}

function randomRepair(dice: Dice, atUs: number, targets: readonly string[]): Command {
  const target = dice.one(targets);
  if (dice.chance(0.6)) return { atUs, type: 'repair', target };
  return { atUs, type: 'repair', target, fault: dice.one(['kill', 'hang', 'slow', 'cut', 'degrade', 'flood']) };
}

const usersPatch = (dice: Dice): Record<string, unknown> =>
  dice.one([
    () => ({ rateRps: dice.whole(0, 80) }),
    () => ({ writeShare: 0, staticShare: dice.share() }),
    () => ({ clientTimeoutMs: dice.whole(10, 5_000) }),
    () => ({ users: dice.whole(1, 30) }),
    () => ({ patience: dice.one(['fixed', 'exponential']) }),
  ])();

function componentPatch(dice: Dice, atUs: number, design: Design): Command {
  const { id, kind, config } = dice.one(design.components);
  return { atUs, type: 'reconfigure', target: id, patch: patchOf(dice, kind, config) };
}

function patchOf(dice: Dice, kind: string, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (kind === 'app-server') {
    const readsFrom = dice.one(['local', 'primary', 'replica', 'both']);
    return dice.one([
      { workers: dice.whole(1, 8) },
      { serviceMs: dice.whole(0, 300) },
      { readsFrom },
      { backlog: dice.whole(0, 9) },
      { holdsWorker: dice.chance(0.5) },
    ]);
  }
  if (kind === 'database') {
    const role = dice.one(['primary', 'replica']);
    return dice.one([{ connections: dice.whole(1, 9) }, { role }, { threads: dice.whole(1, 4) }, { readMs: 30 }]);
  }
  if (kind === 'virtual-ip') {
    return dice.one([
      { priority: dice.whole(1, 254) },
      { nopreempt: dice.chance(0.5) },
      { garpMasterRefreshMs: dice.one([0, 1_000]) },
      { track: null },
      { advertIntMs: dice.one([1_000, 2_000]) },
    ]);
  }
  if (kind === 'web-server')
    return dice.one([{ workerConnections: dice.whole(1, 40) }, { parseMs: dice.whole(0, 20) }]);
  const servers = config['servers'] as readonly Record<string, unknown>[];
  return dice.one([
    { retries: dice.whole(0, 4) },
    { redispatch: dice.one([null, -1, 1, 2]) },
    { timeoutConnectMs: dice.whole(20, 3_000) },
    { servers: servers.map((server) => ({ ...server, weight: dice.whole(0, 5) })) },
    { servers: servers.slice(dice.whole(0, servers.length - 1)) },
    { servers: servers.toReversed() },
    { servers: servers.map((server) => ({ ...server, backup: dice.chance(0.3) })) },
  ]);
}

/** A word to a balancer, or keepalived is stopped or started by its owner. */
function randomAdmin(dice: Dice, atUs: number, design: Design): Command {
  const databases = design.components.filter(({ kind }) => kind === 'database').map((one) => one.id);
  if (databases.length > 0 && dice.chance(0.4)) {
    return { atUs, type: 'admin', target: dice.one(databases), words: databaseWords(dice, databases) };
  }
  const keepalived = design.components.filter((one) => one.kind === 'virtual-ip');
  if (keepalived.length > 0 && dice.chance(0.5))
    return { atUs, type: 'admin', target: dice.one(keepalived).id, words: [dice.one(['stop', 'start'])] };
  return { atUs, type: 'admin', target: 'lb', words: adminWords(dice, design) };
}

/** A statement to a database, as its administrator would give it. */
export function databaseWords(dice: Dice, databases: readonly string[]): readonly string[] {
  const other = dice.one(databases);
  return dice.one([
    ['promote'],
    ['promote'],
    ['promote', 'immediate'],
    ['stop', dice.one(['receiver', 'applier'])],
    ['start', 'replication'],
    ['read_only', dice.one(['on', 'off'])],
    ['follow', other],
    ['follow', other, 'from_start'],
    ['clone', other],
  ]);
}

function adminWords(dice: Dice, design: Design): readonly string[] {
  const config = design.components.find((one) => one.id === 'lb')?.config;
  const servers = (config?.['servers'] ?? []) as readonly { name: string }[];
  const name = servers.length === 0 ? 'nobody' : dice.one(servers).name;
  return dice.one([
    ['set', 'server', name, 'health', dice.one(['up', 'down'])],
    ['set', 'server', name, 'state', dice.one(['ready', 'drain', 'maint', 'maint', 'ready'])],
    ['set', 'server', name, 'weight', String(dice.whole(0, 256))],
    ['set', 'weight', name, `${dice.whole(0, 100)}%`],
  ]);
}

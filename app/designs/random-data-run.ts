// A run drawn by dice around its data: two or three databases with drawn settings, most requests writes, and a schedule of what
// loses writes and addresses: deaths, hangs, cut lines and partitions of databases and balancers, promotions, rejoins.
import type { Component, Design } from '../design/design.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { distributedDesign } from './distributed.ts';
import { type Choices, databaseConfig, randomDesign } from './random-design.ts';
import { databaseWords } from './random-run.ts';
import { scaledUpDesign } from './scaled-up.ts';

const LEAST_COMMANDS = 2;
const MOST_COMMANDS = 12;

/** Run number `index`: the same on every machine. Its commands fall into the first `seconds`. */
export function randomDataRun(index: number, seconds: number, choices: Choices): Run {
  const dice = new Dice(index, 'random-data-run');
  const design = dataDesign(dice, choices);
  const count = dice.whole(LEAST_COMMANDS, MOST_COMMANDS);
  const commands = Array.from({ length: count }, () => dataCommand(dice, design, seconds));
  return { design, seed: dice.seed(), commands };
}

function dataDesign(dice: Dice, choices: Choices): Design {
  const opened = dice.one([
    () => distributedDesign('realistic'),
    () => scaledUpDesign('realistic'),
    () => scaledUpDesign('realistic'),
    () => randomDesign(dice, choices, { databases: 2 }),
    () => randomDesign(dice, choices, { databases: 3 }),
  ])();
  const isSemi = dice.chance(0.5);
  const components = opened.components.map((component): Component => {
    if (component.kind !== 'database') return component;
    const role = String(component.config['role']);
    return { ...component, config: { ...databaseConfig(dice, role, isSemi), role, connections: 100 } };
  });
  const traffic = { ...opened.traffic, rateRps: dice.whole(10, 60), writeShare: 0.6, staticShare: 0 };
  return { ...opened, components, traffic };
}

const SORTS = [
  ...['kill', 'kill', 'hang', 'repair', 'repair', 'repair', 'cut', 'partition', 'cable', 'degrade', 'slow'],
  ...['database', 'database', 'database', 'semi', 'keepalived'],
] as const;

const KINDS = ['database', 'virtual-ip', 'load-balancer', 'app-server'];

function dataCommand(dice: Dice, design: Design, seconds: number): Command {
  const atUs = dice.chance(0.2) ? dice.whole(0, seconds - 1) * SECOND : dice.whole(0, seconds * SECOND - 1);
  const parts = design.components.filter(({ kind }) => KINDS.includes(kind));
  const databases = parts.filter(({ kind }) => kind === 'database');
  // Half of what is done is done to a database or its host.
  const part = dice.one(dice.chance(0.5) ? databases : parts);
  const target = dice.chance(0.5) ? part.id : part.hostId;
  const lines = design.links.filter(({ to, protocol }) => protocol === 'vrrp' || databases.some(({ id }) => id === to));
  const line = dice.one(lines.length === 0 ? design.links : lines).id;
  const host = (): string => dice.one(design.hosts).id;
  switch (dice.one(SORTS)) {
    case 'kill':
      return { atUs, type: 'kill', target };
    case 'hang':
      return { atUs, type: 'hang', target };
    case 'repair':
      return { atUs, type: 'repair', target: dice.one([target, target, line]) };
    case 'cut':
      return { atUs, type: 'cut', target: line };
    case 'partition':
      return { atUs, type: 'cut', target: part.hostId, other: host() };
    case 'cable':
      return { atUs, type: 'cut', target: part.hostId };
    case 'degrade':
      return { atUs, type: 'degrade', target: line, lossShare: dice.one([0.05, 0.5]), delayMs: dice.one([0, 30, 400]) };
    case 'slow':
      return { atUs, type: 'slow', target, factor: dice.one([2, 20]) };
    case 'semi':
      return { atUs, type: 'reconfigure', target: dice.one(databases).id, patch: semiPatch(dice) };
    case 'keepalived':
      return keepalivedWord(dice, atUs, parts, dice.one(databases).id);
    default: {
      const ids = databases.map(({ id }) => id);
      return { atUs, type: 'admin', target: dice.one(ids), words: databaseWords(dice, ids) };
    }
  }
}

const semiPatch = (dice: Dice): Record<string, unknown> =>
  dice.one([
    { rplSemiSyncMasterEnabled: true },
    { rplSemiSyncMasterEnabled: false },
    { rplSemiSyncMasterWaitPoint: dice.one(['AFTER_SYNC', 'AFTER_COMMIT']) },
    { rplSemiSyncMasterTimeoutMs: dice.one([100, 2_000]) },
    { masterDelayS: dice.whole(0, 2) },
  ]);

/** Where there is no keepalived, the database gets a plain restart of its replication. */
function keepalivedWord(dice: Dice, atUs: number, parts: readonly Component[], database: string): Command {
  const keepalived = parts.filter(({ kind }) => kind === 'virtual-ip');
  if (keepalived.length === 0) return { atUs, type: 'admin', target: database, words: ['start', 'replication'] };
  return { atUs, type: 'admin', target: dice.one(keepalived).id, words: [dice.one(['stop', 'start'])] };
}

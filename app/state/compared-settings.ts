// The settings that one design can be compared with itself by: `fall 3` against `fall 2`. Each is changed at every part that
// has it, from the start of the run.
import type { Component, Design } from '../design/design.ts';
import { isSame } from '../foundation/diff-patch.ts';
import { patchedPaths } from '../foundation/merge-patch.ts';
import { modeCommands } from './actions/set-mode.ts';
import type { BesideChoice } from './beside.ts';
import { modeOf } from './design-at.ts';

type Changes = Extract<BesideChoice, { type: 'changed' }>['changes'];

export interface ComparedSetting {
  readonly id: string;
  /** The program's own name, with its unit: `timeout connect, ms`. */
  readonly label: string;
  /** What it is in the design that is open. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  changes(value: number): Changes;
}

type Values = Readonly<Record<string, unknown>>;

/** Which of the settings the other side has changed, and to what; null where it is none of them. */
export function comparedBy(
  choice: BesideChoice | null,
  settings: readonly ComparedSetting[],
): { readonly setting: ComparedSetting; readonly value: number } | null {
  if (choice?.type !== 'changed') return null;
  const path = patchedPaths(choice.changes[0]?.patch)[0] ?? '';
  const value = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Values | undefined)?.[key], choice.changes[0]?.patch);
  if (typeof value !== 'number') return null;
  const setting = settings.find((one) => isSame(one.changes(value), choice.changes));
  return setting === undefined ? null : { setting, value };
}

/** Those that this design has, HAProxy's first. */
export function comparedSettings(design: Design): readonly ComparedSetting[] {
  const ofKind = (kind: string) => design.components.filter((one) => one.kind === kind);
  const [balancer] = ofKind('load-balancer');
  return [
    ...(balancer === undefined ? [] : balancerSettings(balancer)),
    ...own(ofKind('app-server'), 'workers', 'workers', 1, 1_000),
    ...own(ofKind('database'), 'connections', 'max_connections', 1, 100_000),
  ];
}

function balancerSettings(balancer: Component): readonly ComparedSetting[] {
  return [
    ...checkSetting(balancer, 'fall', 'fall', 1, 100),
    ...checkSetting(balancer, 'rise', 'rise', 1, 100),
    ...checkSetting(balancer, 'interMs', 'inter, ms', 1, 600_000),
    ...own([balancer], 'retries', 'retries', 0, 100),
    ...own([balancer], 'timeoutConnectMs', 'timeout connect, ms', 1, 600_000),
    ...own([balancer], 'timeoutServerMs', 'timeout server, ms', 1, 3_600_000),
  ];
}

/** A setting of every server's health check. */
function checkSetting(balancer: Component, key: string, label: string, least: number, most: number): ComparedSetting[] {
  const servers = balancer.config['servers'];
  if (!Array.isArray(servers)) return [];
  const value = (servers[0] as { readonly check?: Values | null } | undefined)?.check?.[key];
  if (typeof value !== 'number') return [];
  const patch = (wanted: number) => ({
    servers: Object.fromEntries(servers.map((_, at) => [at, { check: { [key]: wanted } }])),
  });
  return [{ id: key, label, value, least, most, changes: (wanted) => [{ target: balancer.id, patch: patch(wanted) }] }];
}

function own(parts: readonly Component[], key: string, label: string, least: number, most: number): ComparedSetting[] {
  const value = parts[0]?.config[key];
  if (typeof value !== 'number') return [];
  const changes = (wanted: number) => parts.map(({ id }) => ({ target: id, patch: { [key]: wanted } }));
  return [{ id: key, label, value, least, most, changes }];
}

/** The same design in its other mode, from the start; null where nothing can stand by. */
export function otherMode(design: Design): BesideChoice | null {
  const mode = modeOf(design) === 'active-active' ? 'active-passive' : 'active-active';
  const commands = modeCommands(design, design, mode, 0);
  if (commands.length === 0) return null;
  const changes = commands.flatMap((one) =>
    one.type === 'reconfigure' ? [{ target: one.target, patch: one.patch }] : [],
  );
  return { type: 'changed', changes, words: mode };
}

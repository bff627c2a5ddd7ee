// Fixes of an address that two servers share: keepalived looks after the process beside it, and a second line carries its word.
import { knowledge } from '../catalogue/knowledge.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { withConfigs, withLink } from '../design/edit.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { freshId } from './fresh.ts';
import { partsOf } from './stating.ts';

/** `killall -0` every two seconds; weight 0: while the process is gone, the address is given up. */
const TRACK = { intervalMs: 2_000, fall: 1, rise: 1, weight: 0 };

export const tracked: Fix = (design, finding) => {
  const processes = new Map(
    partsOf(design, finding).flatMap((keeper) => {
      const process = guardedBy(keeper, design);
      return process === undefined ? [] : [[keeper.id, process.id] as const];
    }),
  );
  if (processes.size === 0) return null;
  return {
    design: withConfigs(design, ({ id, config }) => {
      const process = processes.get(id);
      return process === undefined ? null : { track: { ...TRACK, ...(config['track'] ?? {}), weight: 0, process } };
    }),
    changes: ['lets keepalived give the IP up while the process beside it is gone'],
  };
};

const guardedBy = (keeper: Component, design: Design): Component | undefined =>
  wiringOf(design)
    .componentsOn(keeper.hostId)
    .find((one) => ['balances', 'serves'].includes(knowledge.role(one)));

/** Like the one that is there; where there is none, one as fast as the wires between the two servers' balancers and theirs. */
export const secondHeartbeat: Fix = (design, { id }) => {
  const one = wiringOf(design).component(id.slice(id.indexOf('@') + 1));
  const other = design.components.find(
    ({ kind, id: own, config }) =>
      kind === 'virtual-ip' && own !== one?.id && config['virtualIpaddress'] === one?.config['virtualIpaddress'],
  );
  if (one === undefined || other === undefined) return null;
  const drawn = design.links.filter((link) => isBetween(link, one, other));
  const [first] = drawn;
  const line: Omit<Link, 'id'> =
    first === undefined ? { ...LINE, from: one.id, to: other.id } : { ...unrouted(first), from: one.id, to: other.id };
  const missing = Math.max(1, WANTED - drawn.length);
  const lines = Array.from({ length: missing }, () => line).reduce<Design>(
    (so, next) => withLink(so, { ...next, id: freshId(so, `${one.id}-${other.id}`) }),
    design,
  );
  return { design: withDoors(lines), changes: ['lets the two keepalived hear each other on two lines'] };
};

const WANTED = 2;
const LINE = { protocol: 'vrrp', port: 0, latencyMs: 0.25, encrypted: false } as const;

const isBetween = ({ protocol, from, to }: Link, one: Component, other: Component): boolean =>
  protocol === 'vrrp' && [one.id, other.id].every((id) => id === from || id === to);

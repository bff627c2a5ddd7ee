// A replica that is promoted by itself: a monitor beside it (names and defaults of MaxScale's MariaDB monitor), semi-synchronous
// commits so that it has every confirmed write, and lines on which every application finds it. Without a replica, one on a new host.
import type { Finding } from '../analysis/finding.ts';
import type { Component, Design, Host, Link } from '../design/design.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { freshAddress, freshId, freshName } from './fresh.ts';
import { grown, placeBelow } from './sheet-room.ts';
import { withTracks } from './tracks.ts';

/** `monitor_interval`, `failcount` and `backend_connect_timeout`; and a power board, so that two never take writes. */
const MONITOR = { monitorIntervalMs: 2_000, failcount: 3, backendConnectTimeoutMs: 3_000, stonithMs: 1_000 };
/** `AFTER_SYNC`: nobody sees a write before a replica has it. */
const SEMI_SYNC = { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' };
/** A new host around one database. */
const DATA_SIZE = { width: 196, height: 180 };
/** So far right that the line from above passes beside the name. */
const DATABASE_AT = { x: 64, y: 48 };

export const promotion: Fix = (design, finding) => {
  const primary = primaryOf(design, finding);
  if (primary === null) return null;
  const replicas = replicasOf(design, primary);
  const grownBy = replicas.length > 0 ? { design, replica: replicas[0] as Component } : withReplica(design, primary);
  const { replica } = grownBy;
  if (isPromoting(primary, replica) && allKnow(grownBy.design, primary, replica)) return null;
  const linked = withLinesTo(grownBy.design, primary, replica);
  const components = linked.components.map((one) => {
    if (one.id === primary.id) return { ...one, config: { ...one.config, ...SEMI_SYNC } };
    if (one.id === replica.id) return { ...one, config: { ...one.config, ...SEMI_SYNC, monitor: monitorOf(replica) } };
    return one;
  });
  const where = wiringOf(linked).host(replica.hostId)?.name ?? replica.hostId;
  return {
    design: grown(withTracks(withDoors({ ...linked, components }))),
    changes: [
      ...(replicas.length === 0 ? [`adds ${where} with a replica`] : []),
      `promotes the replica on ${where} by itself`,
      'powers the old primary off before that, so that two never take writes',
      'commits wait for the replica, so that it has every confirmed write',
      ...(linked.links.length > grownBy.design.links.length ? ['leads every app server to the replica as well'] : []),
    ],
  };
};

const monitorOf = ({ config }: Component): object => (config['monitor'] as object | undefined) ?? MONITOR;

const isPromoting = (primary: Component, replica: Component): boolean =>
  replica.config['monitor'] != null &&
  [primary, replica].every(({ config }) => config['rplSemiSyncMasterEnabled'] === true);

/** The finding sits on the database, or on its host. */
function primaryOf(design: Design, { places: [place] }: Finding): Component | null {
  const isPrimary = ({ config, kind }: Component) => kind === 'database' && config['role'] === 'primary';
  if (place?.type !== 'component' && place?.type !== 'host') return null;
  return design.components.find((one) => isPrimary(one) && (one.id === place.id || one.hostId === place.id)) ?? null;
}

const replicasOf = (design: Design, primary: Component): readonly Component[] =>
  design.links
    .filter(({ from, protocol }) => from === primary.id && protocol === 'replication')
    .flatMap(({ to }) => wiringOf(design).component(to) ?? []);

/** App servers that ask the primary, by their lines to it. */
const askers = (design: Design, primary: Component): readonly Link[] =>
  design.links.filter(({ to, protocol }) => to === primary.id && protocol === 'mysql');

const allKnow = (design: Design, primary: Component, replica: Component): boolean =>
  askers(design, primary).every(({ from }) =>
    design.links.some((link) => link.from === from && link.to === replica.id),
  );

/** A line to the replica for every app server that knows only the primary. From another host it is as long as the longest. */
function withLinesTo(design: Design, primary: Component, replica: Component): Design {
  const known = askers(design, primary);
  const longestMs = Math.max(0, ...known.map(({ latencyMs }) => latencyMs));
  const missing = known.filter(
    ({ from }) => !design.links.some((link) => link.from === from && link.to === replica.id),
  );
  const links = missing.map((link): Link => {
    const isLocal = wiringOf(design).component(link.from)?.hostId === replica.hostId;
    const latencyMs = isLocal ? link.latencyMs : longestMs;
    return { ...unrouted(link), id: freshId(design, `${link.from}-${replica.id}`), to: replica.id, latencyMs };
  });
  return links.length === 0 ? design : { ...design, links: [...design.links, ...links] };
}

function withReplica(design: Design, primary: Component): { readonly design: Design; readonly replica: Component } {
  const beside = wiringOf(design).host(primary.hostId) as Host;
  const position = placeBelow(design, beside, DATA_SIZE, primary.position.x - DATABASE_AT.x);
  const id = freshId(design, 'data');
  const host: Host = {
    ...beside,
    id,
    name: freshName(design, beside.name),
    position,
    size: DATA_SIZE,
    heading: 'top',
    address: freshAddress(design, beside.address),
    collector:
      beside.collector === null
        ? null
        : {
            intervalMs: beside.collector.intervalMs,
            logs: beside.collector.logs,
            position: { x: DATA_SIZE.width - 44, y: 8 },
          },
  };
  const replica: Component = {
    ...primary,
    id: freshId(design, `${primary.id}-replica`),
    hostId: id,
    position: { x: position.x + DATABASE_AT.x, y: position.y + DATABASE_AT.y },
    config: { ...primary.config, role: 'replica' },
  };
  const longestMs = Math.max(0, ...askers(design, primary).map(({ latencyMs }) => latencyMs));
  const line: Link = {
    id: freshId(design, `${primary.id}-${replica.id}`),
    from: primary.id,
    to: replica.id,
    protocol: 'replication',
    port: 3306,
    latencyMs: longestMs,
    encrypted: false,
  };
  const whole = { ...design, hosts: [...design.hosts, host], components: [...design.components, replica] };
  return { design: { ...whole, links: [...design.links, line] }, replica };
}

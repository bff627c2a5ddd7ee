// A second server like the one that is there, with a load balancer in front of both: the step from design 1 to design 2. Its
// database becomes a replica that is promoted by itself. The balancer is one of its kind until the next fix, and the list of
// issues after this one says so.
import type { Finding } from '../analysis/finding.ts';
import { kindsById } from '../catalogue/kinds.ts';
import type { Component, Design, Host, Link, Point } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { entries } from '../design/graph.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { freshAddress, freshId, freshName } from './fresh.ts';
import { promotion } from './promotion.ts';
import { grown, placeBelow, roomLeftOf } from './sheet-room.ts';
import { withTracks } from './tracks.ts';

const BALANCER_SIZE = { width: 192, height: 222 };
const BALANCER_AT = { x: 14, y: 37 };
/** `check inter 2s fastinter 1s fall 3 rise 2`, `option httpchk GET /health`. */
const CHECK = { type: 'http', interMs: 2_000, fastinterMs: 1_000, downinterMs: null, fall: 3, rise: 2 };
/** Two hosts of one site, one way: the time of a query to a database elsewhere where the design knows it, else this. */
const BETWEEN_MS = { classroom: 120, other: 0.25 } as const;

export const secondServer: Fix = (design, finding) => {
  const host = lonelyHost(design, finding);
  if (host === null) return null;
  const { design: roomy, place } = roomLeftOf(design, host, BALANCER_SIZE);
  const first = wiringOf(roomy).host(host.id) as Host;
  const twin = twinOf(roomy, first);
  const { design: fronted, name } = withBalancer(twin.design, place, first, twin);
  const [primary] = wiringOf(fronted)
    .componentsOn(host.id)
    .filter(({ config, kind }) => kind === 'database' && config['role'] === 'primary');
  const promoting =
    primary === undefined ? null : promotion(fronted, { ...finding, places: [{ type: 'component', id: primary.id }] });
  return {
    design: grown(withTracks(withDoors(promoting?.design ?? fronted))),
    changes: [
      `adds ${name} with HAProxy, round robin over both servers`,
      `adds ${twin.host.name}, like ${host.name}`,
      ...(promoting?.changes ?? []),
    ],
  };
};

/** The one host that answers everything: the users ask a part of it, and what it runs calls no other host. */
function lonelyHost(design: Design, { places: [place] }: Finding): Host | null {
  const wiring = wiringOf(design);
  const id = place?.type === 'host' ? place.id : place?.type === 'component' ? wiring.component(place.id)?.hostId : '';
  const [entry, ...more] = entries(design);
  const end = wiring.component(entry?.to ?? '');
  if (end === undefined || more.length > 0 || end.hostId !== id || kindsById[end.kind]?.role === 'balances')
    return null;
  const elsewhere = design.components.some(({ hostId, kind }) => hostId !== id && kindsById[kind]?.role !== 'stores');
  return elsewhere ? null : (wiring.host(end.hostId) ?? null);
}

interface Twin {
  readonly design: Design;
  readonly host: Host;
  /** The twin of each part of the first host. */
  readonly idOf: ReadonlyMap<string, string>;
}

/** Every part once more on a new host, a primary as its replica; lines to parts elsewhere lead there from both. */
function twinOf(design: Design, first: Host): Twin {
  const position = placeBelow(design, first, first.size);
  const by: Point = { x: position.x - first.position.x, y: position.y - first.position.y };
  const id = freshId(design, first.id);
  const host: Host = {
    ...first,
    id,
    name: freshName(design, first.name),
    position,
    address: freshAddress(design, first.address),
  };
  const parts = wiringOf(design).componentsOn(first.id);
  let whole: Design = { ...design, hosts: [...design.hosts, host] };
  const idOf = new Map<string, string>();
  for (const part of parts) {
    const own = freshId(whole, part.id);
    idOf.set(part.id, own);
    whole = { ...whole, components: [...whole.components, twinPart(part, own, id, by)] };
  }
  for (const link of design.links) {
    const from = idOf.get(link.from);
    if (from === undefined) continue;
    // Within the host the twin calls the twin.
    const to = idOf.get(link.to) ?? link.to;
    whole = { ...whole, links: [...whole.links, { ...unrouted(link), id: freshId(whole, `${from}-${to}`), from, to }] };
  }
  return { design: withReplication(whole, parts, idOf), host, idOf };
}

const twinPart = (part: Component, id: string, hostId: string, by: Point): Component => ({
  ...part,
  id,
  hostId,
  position: { x: part.position.x + by.x, y: part.position.y + by.y },
  config: part.config['role'] === 'primary' ? { ...part.config, role: 'replica' } : part.config,
});

/** A primary's twin follows it, and the twin's application knows the primary as well: it writes there. */
function withReplication(design: Design, parts: readonly Component[], idOf: ReadonlyMap<string, string>): Design {
  const betweenMs = design.timings === 'classroom' ? BETWEEN_MS.classroom : BETWEEN_MS.other;
  let whole = design;
  for (const part of parts) {
    const replica = idOf.get(part.id);
    if (part.kind !== 'database' || part.config['role'] !== 'primary' || replica === undefined) continue;
    const link = (from: string, to: string, protocol: 'replication' | 'mysql'): Link => ({
      id: freshId(whole, `${from}-${to}`),
      from,
      to,
      protocol,
      port: 3306,
      latencyMs: betweenMs,
      encrypted: false,
    });
    const askers = design.links.filter(({ to, protocol }) => to === part.id && protocol === 'mysql');
    const lines = askers.flatMap(({ from }) =>
      idOf.has(from) ? [link(idOf.get(from) as string, part.id, 'mysql')] : [],
    );
    whole = { ...whole, links: [...whole.links, ...lines, link(part.id, replica, 'replication')] };
  }
  return whole;
}

/** The users ask the balancer; its two servers are what they asked before, and the twin of that. */
function withBalancer(
  design: Design,
  position: Point,
  first: Host,
  { host: second, idOf }: Twin,
): { readonly design: Design; readonly name: string } {
  const [entry] = entries(design) as [Link];
  const betweenMs = design.timings === 'classroom' ? BETWEEN_MS.classroom : BETWEEN_MS.other;
  const hostId = freshId(design, 'lb');
  const id = freshId({ ...design, hosts: [...design.hosts, { ...first, id: hostId }] }, 'haproxy');
  const name = 'Load balancer';
  const own = freshAddress(design, first.address);
  // The site's address stays with whom the users ask.
  const hosts = design.hosts.map((one) => (one.address === design.dns.address ? { ...one, address: own } : one));
  const host: Host = {
    ...first,
    id: hostId,
    name,
    position,
    size: BALANCER_SIZE,
    heading: 'top',
    address: design.dns.address,
  };
  const servers = [
    { server: first.name, to: entry.to },
    { server: second.name, to: idOf.get(entry.to) ?? entry.to },
  ].map(({ server, to }) => ({
    server,
    link: { ...unrouted(entry), id: `${id}-${to}`, from: id, to, port: 80, latencyMs: betweenMs, encrypted: false },
  }));
  const balancer: Component = {
    id,
    hostId,
    kind: 'load-balancer',
    name: 'HAProxy',
    position: { x: position.x + BALANCER_AT.x, y: position.y + BALANCER_AT.y },
    config: {
      balance: 'roundrobin',
      servers: servers.map(({ server, link }) => ({
        name: server,
        link: link.id,
        weight: 1,
        backup: false,
        check: CHECK,
      })),
      retries: 3,
      redispatch: -1,
      timeoutConnectMs: 1_000,
      timeoutServerMs: 5_000,
      timeoutClientMs: 30_000,
      timeoutCheckMs: 1_000,
      timeoutQueueMs: null,
    },
  };
  const moved = design.certificates.map((one) => (one.component === entry.to ? { ...one, component: id } : one));
  return {
    name,
    design: {
      ...design,
      hosts: [host, ...hosts],
      components: [balancer, ...design.components],
      links: design.links.flatMap((link) =>
        link === entry
          ? [{ ...unrouted(entry), id: `${USERS}-${id}`, to: id }, ...servers.map((one) => one.link)]
          : [link],
      ),
      certificates: moved,
    },
  };
}

// A second load balancer with the same servers, on a host of its own, and an address that both can hold: keepalived beside each,
// each looking after its HAProxy's process. The DNS keeps its address, which becomes the virtual IP.
import type { Finding } from '../analysis/finding.ts';
import { kindsById } from '../catalogue/kinds.ts';
import type { Component, Design, Host, Link } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { entries, hasVirtualAddress } from '../design/graph.ts';
import { moved, unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix, FixPlan } from './fix.ts';
import { freshAddress, freshId, freshName } from './fresh.ts';
import { grown, roomForPair } from './sheet-room.ts';
import { withTracks } from './tracks.ts';

/** A host that carries a balancer above keepalived, and where the two stand on it. */
const PAIR_SIZE = { width: 192, height: 210 };
const BALANCER_AT = { x: 22, y: 42 };
const KEEPALIVED_AT = { x: 22, y: 152 };
const BETWEEN_MS = 0.25;
/** What is written below the users, and the plate of the address with the line before it. */
const USERS_WIDTH = 150;
const DOCK = 140;

const isBalancer = (component: Component): boolean => kindsById[component.kind]?.role === 'balances';

export const secondBalancer: Fix = (design, finding) => {
  const first = entryBalancerOn(design, hostOf(finding));
  if (first === null || hasVirtualAddress(design)) return null;
  const other = design.components.find((one) => isBalancer(one) && one.hostId !== first.hostId);
  if (other !== undefined) return sharingOnly(design, first, other);
  const stands = alone(design, first);
  return stands === null ? null : twin(stands, first);
};

const hostOf = ({ places: [place] }: Finding): string => (place?.type === 'host' ? place.id : '');

/** The balancer that the users ask, when nothing else that runs would die with its host. */
function entryBalancerOn(design: Design, hostId: string): Component | null {
  const running = wiringOf(design)
    .componentsOn(hostId)
    .filter(({ kind }) => !['lies-there', 'holds-address'].includes(kindsById[kind]?.role ?? ''));
  const [only] = running;
  if (only === undefined || running.length > 1 || !isBalancer(only)) return null;
  return entries(design).some(({ to }) => to === only.id) ? only : null;
}

/** Two balancers are there already, and users know only one: what is missing is the address. */
function sharingOnly(design: Design, first: Component, second: Component): FixPlan {
  const hasEntry = design.links.some(({ from, to }) => from === USERS && to === second.id);
  const [entry] = design.links.filter(({ from, to }) => from === USERS && to === first.id);
  const links = hasEntry || entry === undefined ? [] : [entryTo(design, entry, second.id)];
  const shared = sharing({ ...design, links: [...design.links, ...links] }, first.id, second.id);
  return {
    design: grown(withTracks(withDoors(shared))),
    changes: ['adds keepalived beside both balancers, one virtual IP', 'the DNS keeps its address'],
  };
}

/** The host of the balancer made as large as the pair needs, or null when something else stands there. */
function alone(design: Design, balancer: Component): Design | null {
  const parts = wiringOf(design).componentsOn(balancer.hostId);
  if (parts.length > 1) return null;
  const hosts = design.hosts.map((host) => (host.id === balancer.hostId ? { ...host, size: PAIR_SIZE } : host));
  return { ...design, hosts };
}

function twin(design: Design, first: Component): FixPlan {
  const before = wiringOf(design).host(first.hostId) as Host;
  const docked = withDock(design, before);
  const { design: apart, place } = roomForPair(docked, wiringOf(docked).host(before.id) as Host, PAIR_SIZE);
  const host = wiringOf(apart).host(first.hostId) as Host;
  const id = freshId(apart, host.id);
  const balancer = freshId(apart, first.id);
  const added: Host = {
    ...host,
    id,
    name: numbered(host.name, 2, apart),
    position: place,
    address: freshAddress(apart, host.address),
  };
  const served = servedBy(apart, first, balancer);
  const [entry] = apart.links.filter(({ from, to }) => from === USERS && to === first.id);
  const second: Component = { ...standing(first, added), id: balancer, hostId: id, config: served.config };
  const whole: Design = {
    ...apart,
    hosts: [...apart.hosts.map((one) => (one === host ? { ...one, name: numbered(one.name, 1, apart) } : one)), added],
    components: [...apart.components.map((one) => (one.id === first.id ? standing(one, host) : one)), second],
    links: [...apart.links, ...(entry === undefined ? [] : [entryTo(apart, entry, balancer)]), ...served.links],
    certificates: [
      ...apart.certificates,
      ...apart.certificates.filter((one) => one.component === first.id).map((one) => ({ ...one, component: balancer })),
    ],
  };
  return {
    design: grown(withTracks(withDoors(sharing(whole, first.id, balancer)))),
    changes: [
      `adds ${added.name} with HAProxy and keepalived`,
      `adds keepalived to ${host.name}, one virtual IP`,
      'the DNS keeps its address',
    ],
  };
}

/** `Balancer 1` and `Balancer 2` for a lone `Load balancer`; a host that has a number keeps it. */
function numbered(name: string, number: 1 | 2, design: Design): string {
  const stem = name.replace(/^Load balancer$/, 'Balancer');
  const wanted = `${stem} ${number}`;
  if (/\d$/.test(name) || design.hosts.some((host) => host.name === wanted))
    return number === 1 ? name : freshName(design, name);
  return wanted;
}

/** The address docks left of the balancers: the site moves right of the users by what is missing there. */
function withDock(design: Design, { position }: Host): Design {
  const { traffic, dns, layout } = design;
  const missing = traffic.position.x + USERS_WIDTH + DOCK - position.x;
  if (missing <= 0) return design;
  const right = moved(design, { x: missing, y: 0 });
  const size = { width: layout.size.width + missing, height: layout.size.height };
  const watch = { x: layout.monitoring.x + missing, y: layout.monitoring.y };
  const monitoring =
    design.monitoring === null
      ? null
      : {
          ...design.monitoring,
          position: { x: design.monitoring.position.x + missing, y: design.monitoring.position.y },
        };
  return { ...right, traffic, dns, monitoring, layout: { ...layout, size, monitoring: watch } };
}

const standing = (balancer: Component, { position }: Host): Component => ({
  ...balancer,
  position: { x: position.x + BALANCER_AT.x, y: position.y + BALANCER_AT.y },
});

/** The same servers on lines of its own. */
function servedBy(
  design: Design,
  first: Component,
  id: string,
): { readonly config: Component['config']; readonly links: readonly Link[] } {
  const names = new Map<string, string>();
  const links = wiringOf(design)
    .linksFrom(first.id)
    .map((link) => {
      const own = freshId(design, `${id}-${link.to}`);
      names.set(link.id, own);
      return { ...unrouted(link), id: own, from: id };
    });
  const servers = (first.config['servers'] as readonly { readonly link: string }[]).map((server) => ({
    ...server,
    link: names.get(server.link) ?? server.link,
  }));
  return { config: { ...first.config, servers }, links };
}

const entryTo = (design: Design, like: Link, to: string): Link => ({
  ...unrouted(like),
  id: freshId(design, `${USERS}-${to}`),
  to,
});

/** keepalived on both hosts, a line for its advertisements, and addresses of their own for hosts that had the site's. */
function sharing(design: Design, first: string, second: string): Design {
  const addressed = withOwnAddresses(design, [first, second]);
  const one = keepalivedBeside(addressed, first, true);
  const with1 = { ...addressed, components: [...addressed.components, one] };
  const two = keepalivedBeside(with1, second, false);
  const with2 = { ...with1, components: [...with1.components, two] };
  const [out] = wiringOf(design).linksFrom(first);
  const line: Link = {
    id: freshId(with2, `${one.id}-${two.id}`),
    from: one.id,
    to: two.id,
    protocol: 'vrrp',
    port: 0,
    latencyMs: out?.latencyMs ?? BETWEEN_MS,
    encrypted: false,
  };
  return {
    ...with2,
    links: [...with2.links.map((link) => (link.from === first || link.to === first ? unrouted(link) : link)), line],
  };
}

function withOwnAddresses(design: Design, balancers: readonly string[]): Design {
  const homes = balancers.map((id) => wiringOf(design).component(id)?.hostId);
  let known = design;
  for (const host of design.hosts) {
    if (!homes.includes(host.id) || host.address !== design.dns.address) continue;
    const address = freshAddress(known, host.address);
    known = { ...known, hosts: known.hosts.map((one) => (one.id === host.id ? { ...one, address } : one)) };
  }
  return known;
}

/** `weight 2` on top of 101 and 100: while HAProxy is gone the other one is higher. */
function keepalivedBeside(design: Design, balancer: string, holds: boolean): Component {
  const beside = wiringOf(design).component(balancer) as Component;
  const host = wiringOf(design).host(beside.hostId) as Host;
  return {
    id: freshId(design, 'keepalived'),
    hostId: beside.hostId,
    kind: 'virtual-ip',
    name: 'keepalived',
    position: { x: host.position.x + KEEPALIVED_AT.x, y: host.position.y + KEEPALIVED_AT.y },
    config: {
      version: 2,
      virtualIpaddress: design.dns.address,
      state: holds ? 'MASTER' : 'BACKUP',
      priority: holds ? 101 : 100,
      advertIntMs: 1_000,
      track: { process: balancer, intervalMs: 2_000, fall: 1, rise: 1, weight: 2 },
    },
  };
}

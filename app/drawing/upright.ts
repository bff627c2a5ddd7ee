// A design turned upright for a narrow page: who is asked first stands on top, servers of one rank side by side, their parts
// from above to below. Only places and routes change; the design is the same, element for element. look/5-mobile.
import type { Component, Design, Host, Link, Point, Size } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { present } from '../foundation/assert.ts';
import type { Figures } from './figures.ts';
import { longestMiddle } from './link-path.ts';
import type { LinkWires, Wires } from './wires.ts';

/** The width of the sheet: a phone's, so that text is drawn as large as it is meant. More servers side by side need more. */
const LEAST_WIDTH = 390;
const EDGE = 12;
const BETWEEN = 12;
/** In a bay: beside a part, above the first (a heading of two lines), between two, below the last. */
const INSIDE = { side: 26, head: 48, gap: 20, foot: 13 };
/** A lone part needs less beside it. */
const LONE = { side: 12, head: 46, foot: 9 };
const TOP = 12;
/** Between two ranks, where wires find their columns; below the users there is a padlock as well. */
const RANK_GAP = 42;
const USERS_GAP = 50;
const DNS_RIGHT = 10;
/** More servers side by side could not be read at this width. */
const MOST_ABREAST = 3;

/** Kinds that are left out: nobody can do anything to them, and there is no room. */
export const isLeftOut = (component: Component): boolean => component.kind === 'files';

/** By host, how many steps its nearest part is away from the users; 0 for hosts that no request reaches. */
function ranksOf(design: Design): ReadonlyMap<string, number> {
  const { component } = wiringOf(design);
  const ranks = new Map<string, number>();
  let [front, seen] = [[USERS], new Set([USERS])];
  for (let rank = 1; front.length > 0; rank++) {
    const next = design.links
      .filter(({ from, to, protocol }) => front.includes(from) && !seen.has(to) && protocol !== 'replication')
      .map(({ to }) => to);
    front = [...new Set(next)];
    seen = new Set([...seen, ...front]);
    for (const id of front) {
      const hostId = component(id)?.hostId;
      if (hostId !== undefined && !ranks.has(hostId)) ranks.set(hostId, rank);
    }
  }
  return ranks;
}

function rowsOf(design: Design): readonly (readonly Host[])[] {
  const ranks = ranksOf(design);
  const last = Math.max(0, ...ranks.values()) + 1;
  const rankOf = (host: Host): number => ranks.get(host.id) ?? last;
  const found = [...new Set(design.hosts.map(rankOf))].sort((a, b) => a - b);
  return found.map((rank) => design.hosts.filter((host) => rankOf(host) === rank));
}

/** Whether it can be read when it is turned. */
export const fitsUpright = (design: Design): boolean =>
  rowsOf(design).every((row) => row.length <= MOST_ABREAST) && design.hosts.length <= 4 * MOST_ABREAST;

/** The design with other places. `figures`: as they are drawn on a narrow page. */
export function turnedUpright(design: Design, figures: Figures): Design {
  const sizeOf = (id: string): Size => present(figures.get(id), `the figure of ${id}`).size;
  const rows = rowsOf(design).map((row) => row.map((host) => bayOf(design, host, sizeOf)));
  const widths = rows.map((row) => row.reduce((sum, bay) => sum + bay.size.width + BETWEEN, -BETWEEN));
  const width = Math.max(LEAST_WIDTH, ...widths.map((one) => one + 2 * EDGE));
  const placed: Bay[] = [];
  let y = TOP + sizeOf(USERS).height + USERS_GAP;
  rows.forEach((row, index) => {
    let x = (width - (widths[index] ?? 0)) / 2;
    for (const bay of row) {
      placed.push({ ...bay, host: { ...bay.host, position: { x, y } } });
      x += bay.size.width + BETWEEN;
    }
    y += Math.max(...row.map((bay) => bay.size.height)) + RANK_GAP;
  });
  const height = y - RANK_GAP + EDGE;
  const components = new Map(placed.flatMap(componentsOf).map((component) => [component.id, component]));
  const entry = components.get(design.links.find((link) => link.from === USERS)?.to ?? '');
  const usersX = entry === undefined ? width / 2 : topOf(entry, figures).x;
  const turned: Design = {
    ...design,
    traffic: { ...design.traffic, position: { x: usersX - sizeOf(USERS).width / 2, y: TOP } },
    dns: { ...design.dns, position: { x: width - DNS_RIGHT - sizeOf('dns').width, y: TOP + 1 } },
    hosts: design.hosts.map((host) => placed.find((bay) => bay.host.id === host.id)?.host ?? host),
    components: design.components.map((component) => components.get(component.id) ?? component),
    monitoring: null,
    layout: { ...design.layout, size: { width, height } },
  };
  return { ...turned, links: turned.links.map((link) => routed(turned, link, figures)) };
}

/** Where a wire enters a part from above. */
function topOf({ id, position }: Component, figures: Figures): Point {
  const { anchors, size } = present(figures.get(id), `the figure of ${id}`);
  return { x: position.x + (anchors['top']?.x ?? size.width / 2), y: position.y };
}

interface Bay {
  readonly host: Host;
  readonly size: Size;
  readonly parts: readonly { readonly component: Component; readonly within: Point }[];
}

/** Parts from above to below, in the order in which a request comes to them. */
function bayOf(design: Design, host: Host, sizeOf: (id: string) => Size): Bay {
  const all = wiringOf(design).componentsOn(host.id);
  const shown = all.filter((component) => !isLeftOut(component));
  const space = shown.length === 1 ? { ...LONE, gap: 0 } : INSIDE;
  const width = Math.max(...shown.map(({ id }) => sizeOf(id).width), 0) + 2 * space.side;
  let y = space.head;
  const parts = shown.map((component) => {
    const size = sizeOf(component.id);
    const within = { x: (width - size.width) / 2, y };
    y += size.height + space.gap;
    return { component, within };
  });
  const size = { width, height: y - space.gap + space.foot };
  return { host: { ...host, size, heading: 'top', collector: null }, size, parts };
}

const componentsOf = ({ host, parts }: Bay): readonly Component[] =>
  parts.map(({ component, within }) => ({
    ...component,
    position: { x: host.position.x + within.x, y: host.position.y + within.y },
  }));

/** The way of a wire between two hosts; within one host it finds its own. */
function routed(design: Design, { route: _route, label: _label, ...link }: Link, figures: Figures): Link {
  const { component, host } = wiringOf(design);
  const [from, to] = [component(link.from), component(link.to)];
  if (to === undefined || from === undefined || from.hostId === to.hostId) return link;
  const [home, target] = [present(host(from.hostId), from.hostId), present(host(to.hostId), to.hostId)];
  const [fromSize, toSize] = [from, to].map(({ id }) => present(figures.get(id), id).size) as [Size, Size];
  const end = topOf(to, figures);
  if (target.position.y > home.position.y + 1) {
    const anchor = figures.get(from.id)?.anchors[`link:${link.id}`];
    const x = anchor === undefined ? topOf(from, figures).x : from.position.x + anchor.x;
    const y = target.position.y - RANK_GAP / 2 + (Math.abs(x - end.x) < 1 ? 0 : 4);
    return {
      ...link,
      route:
        x === end.x
          ? [{ x, y }]
          : [
              { x, y },
              { x: end.x, y },
            ],
    };
  }
  if (link.protocol === 'replication' && from.position.y === to.position.y) return link;
  // Side by side: through the gap between the two hosts, what goes left and what goes right a little apart.
  const goesLeft = target.position.x < home.position.x;
  const gap = goesLeft ? home.position.x - BETWEEN / 2 : home.position.x + home.size.width + BETWEEN / 2;
  const x = gap + (goesLeft ? -2 : 2);
  const y = from.position.y + fromSize.height / 2;
  return {
    ...link,
    route: [
      { x, y },
      { x, y: to.position.y + toSize.height * (goesLeft ? 0.62 : 0.3) },
    ],
  };
}

/** The wires of a turned design: without those to what is left out and without words, the users' padlock in the gap. */
export function turnedWires(design: Design, wires: Wires): Wires {
  const { component, link: linkOf } = wiringOf(design);
  const links = new Map<string, LinkWires>();
  for (const [id, link] of wires.links) {
    const { from, to } = present(linkOf(id), id);
    const ends = [component(from), component(to)];
    if (ends.some((end) => end !== undefined && isLeftOut(end))) continue;
    links.set(
      id,
      from === USERS ? { ...link, port: null, padlock: padlockOf(link) } : { ...link, padlock: atItsEnd(link) },
    );
  }
  return { links, dns: wires.dns, dnsLabel: { ...wires.dnsLabel, lines: [] }, reports: wires.reports };
}

/** Before the part that it leads to: on its way it passes behind others. */
function atItsEnd({ main, padlock }: LinkWires): LinkWires['padlock'] {
  const end = main.points.at(-1);
  return padlock === null || end === undefined ? padlock : { ...padlock, at: { x: end.x, y: end.y - 20 } };
}

function padlockOf({ main, padlock }: LinkWires): LinkWires['padlock'] {
  if (padlock === null) return null;
  const start = present(main.points[0], 'the start of the wire');
  return { ...padlock, at: { x: longestMiddle(main.points).x, y: start.y + 24 } };
}

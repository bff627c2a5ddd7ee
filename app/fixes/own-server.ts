// A server of its own for the only database of its kind: it moves off the server that it shares with the application, with its
// lines, so that one death no longer takes both. That it is the only one stays true.
import { knowledge } from '../catalogue/knowledge.ts';
import type { Component, Design, Host, Link } from '../design/design.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import { drawn } from './drawn.ts';
import type { Fix } from './fix.ts';
import { freshAddress, freshId, freshName } from './fresh.ts';
import { grown, placeBeside } from './sheet-room.ts';
import { withTracks } from './tracks.ts';

/** Around the database on its server: room for the name above it, and for the collector. */
const MARGIN = { side: 24, head: 46, foot: 18 } as const;
const COLLECTOR_FROM_RIGHT = { x: 42, y: 8 } as const;
/** Two hosts of one site, one way, where the design has no such line to copy. */
const BETWEEN_MS = { classroom: 90, other: 0.25 } as const;

export const ownServer: Fix = (design, { places: [place] }) => {
  const wiring = wiringOf(design);
  const host = place?.type === 'host' ? wiring.host(place.id) : undefined;
  const data = design.components.find((part) => part.hostId === host?.id && isPrimary(part));
  if (host === undefined || data === undefined) return null;
  const { design: moved, name } = onItsOwn(design, host, data);
  return {
    design: grown(withTracks(withDoors(moved))),
    changes: [`adds ${name} and moves ${data.name} of ${host.name} there`],
  };
};

const isPrimary = (part: Component): boolean =>
  knowledge.role(part) === 'stores' && knowledge.dataRole(part) !== 'replica';

function onItsOwn(design: Design, host: Host, data: Component): { readonly design: Design; readonly name: string } {
  const figure = drawn(design).get(data.id)?.size ?? { width: 120, height: 104 };
  const size = {
    width: figure.width + 2 * MARGIN.side,
    height: figure.height + MARGIN.head + MARGIN.foot,
  };
  const position = placeBeside(design, host, size);
  const name = design.hosts.some((one) => one.name === 'Data') ? freshName(design, 'Data') : 'Data';
  const own: Host = {
    ...host,
    id: freshId(design, 'data'),
    name,
    position,
    size,
    heading: 'top',
    address: freshAddress(design, host.address),
    firewall: host.firewall === null ? null : { rules: [] },
    collector:
      host.collector === null
        ? null
        : {
            intervalMs: host.collector.intervalMs,
            logs: host.collector.logs,
            position: { x: size.width - COLLECTOR_FROM_RIGHT.x, y: COLLECTOR_FROM_RIGHT.y },
          },
  };
  const home = { x: position.x + MARGIN.side, y: position.y + MARGIN.head };
  const changed = {
    ...design,
    hosts: [...design.hosts, own],
    components: design.components.map((part) => (part === data ? { ...part, hostId: own.id, position: home } : part)),
  };
  return { design: { ...changed, links: design.links.map((link) => leading(link, design, host, data)) }, name };
}

/** A line of the database finds its own way, and takes the time between two servers where it was within one. */
function leading(link: Link, design: Design, host: Host, data: Component): Link {
  if (link.from !== data.id && link.to !== data.id) return link;
  const free = unrouted(link);
  const other = wiringOf(design).component(link.from === data.id ? link.to : link.from);
  return other?.hostId === host.id ? { ...free, latencyMs: betweenMs(design, link) } : free;
}

/** As long as a query takes to a database elsewhere, where the design has such a line. */
function betweenMs(design: Design, { protocol }: Link): number {
  const wiring = wiringOf(design);
  const across = design.links.find(
    (one) => one.protocol === protocol && wiring.component(one.from)?.hostId !== wiring.component(one.to)?.hostId,
  );
  return across?.latencyMs ?? (design.timings === 'classroom' ? BETWEEN_MS.classroom : BETWEEN_MS.other);
}

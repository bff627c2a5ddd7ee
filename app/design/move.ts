// Moves what stands on the sheet. Pure edits of places: nothing that runs is changed.
import type { Design, Host, Link, Point } from './design.ts';

/** Everything but the title and monitoring by `by`, in canvas units; the sheet keeps its size. */
export function moved(design: Design, by: Point): Design {
  const at = (point: Point): Point => ({ x: point.x + by.x, y: point.y + by.y });
  const { layout, dns, traffic } = design;
  return {
    ...design,
    dns: { ...dns, position: at(dns.position) },
    traffic: { ...traffic, position: at(traffic.position) },
    hosts: design.hosts.map((host) => movedTo(host, at(host.position))),
    components: design.components.map((component) => ({ ...component, position: at(component.position) })),
    links: design.links.map((link) => movedLink(link, at)),
    layout: { ...layout, legend: at(layout.legend) },
  };
}

/** The line of its reports led from the old place: it goes, and is drawn again when somebody lays it. */
function movedTo(host: Host, position: Point): Host {
  if (host.collector?.route === undefined) return { ...host, position };
  const { route: _route, ...collector } = host.collector;
  return { ...host, position, collector };
}

const movedLink = (link: Link, at: (point: Point) => Point): Link => ({
  ...link,
  ...(link.route === undefined ? {} : { route: link.route.map(at) }),
  ...(link.label === undefined ? {} : { label: { ...link.label, at: at(link.label.at) } }),
});

/** One host with its components. Wires that end there, or pass where it goes, find their own way again. */
export function movedHost(design: Design, id: string, by: Point): Design {
  const at = (point: Point): Point => ({ x: point.x + by.x, y: point.y + by.y });
  const mine = new Set(design.components.filter((one) => one.hostId === id).map((one) => one.id));
  return {
    ...design,
    hosts: design.hosts.map((host) => (host.id === id ? movedTo(host, at(host.position)) : host)),
    components: design.components.map((one) => (mine.has(one.id) ? { ...one, position: at(one.position) } : one)),
    links: design.links.map((link) => (mine.has(link.from) || mine.has(link.to) ? unrouted(link) : link)),
  };
}

/** Without its drawn corners and the words beside them. */
export function unrouted({ route: _route, label: _label, ...link }: Link): Link {
  return link;
}

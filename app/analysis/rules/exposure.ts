// What a stranger on the internet reaches: every port on which a component listens for others, on a host with a public
// address, that no firewall closes. The port on which the users come is meant to be open; the rest are needless doors.
import { ANYONE, type Component, type Design, type Host, USERS } from '../../design/design.ts';
import { letsIn } from '../../design/firewall.ts';
import type { Finding, FindingPlace, Knowledge, Suspicion } from '../finding.ts';

/** A port that a stranger reaches though no user needs it. */
interface Door {
  readonly host: Host;
  readonly component: Component;
  readonly port: number;
}

/**
 * Ports on which a component can be reached from another machine, without those that the users need. A component that is
 * only called from its own host listens on the loopback address; one that nobody calls is taken to listen everywhere.
 */
function portsOf(component: Component, design: Design, knowledge: Knowledge): readonly number[] {
  const hostOf = (id: string) => design.components.find((candidate) => candidate.id === id)?.hostId;
  const links = design.links.filter((link) => link.to === component.id && link.port > 0);
  if (links.length === 0) {
    const port = knowledge.port(component);
    return port === null ? [] : [port];
  }
  const needed = new Set(links.filter((link) => link.from === USERS).map((link) => link.port));
  const outside = links.filter((link) => hostOf(link.from) !== component.hostId).map((link) => link.port);
  return [...new Set(outside)].filter((port) => !needed.has(port));
}

/** Every needless door, in document order. `ignoreFirewalls` gives what listens, open or not. */
function doors(design: Design, knowledge: Knowledge, ignoreFirewalls = false): readonly Door[] {
  return design.hosts.flatMap((host) =>
    design.components
      .filter((component) => component.hostId === host.id && host.address !== '')
      .flatMap((component) => portsOf(component, design, knowledge).map((port) => ({ host, component, port })))
      .filter(({ port }) => ignoreFirewalls || letsIn(host, ANYONE, port)),
  );
}

/** SE-01 and SE-02: hosts without a firewall, or with one that lets strangers in. */
export function exposureRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const open = doors(design, knowledge);
  if (open.length === 0) return [];
  const finding = exposureFinding(design, [...new Set(open.map((door) => door.host))]);
  return [{ finding, prove: () => ({ ...finding, evidence: doorsInWords(design, knowledge) }) }];
}

function exposureFinding(design: Design, exposed: readonly Host[]): Finding {
  const bare = design.hosts.filter((host) => host.firewall === null);
  const base = { severity: 'high', evidence: null, comesTrueWith: [] } as const;
  const hosts = (list: readonly Host[]) => list.map((host) => host.name).join(', ');
  const places = (list: readonly Host[]): readonly FindingPlace[] =>
    list.map((host) => ({ type: 'host', id: host.id }));
  if (bare.length === design.hosts.length) {
    return {
      ...base,
      id: 'SE-01@design',
      rule: 'SE-01',
      title: 'No firewall in front of any host',
      places: [{ type: 'missing-firewall' }],
      where: bare.length === 1 ? hosts(bare) : `All ${bare.length} hosts`,
      fix: 'One firewall per host',
    };
  }
  if (bare.length > 0) {
    return {
      ...base,
      id: 'SE-02@design',
      rule: 'SE-02',
      title: `No firewall in front of ${bare.length} of ${design.hosts.length} hosts`,
      places: places(bare),
      where: hosts(bare),
      fix: 'One firewall per host',
    };
  }
  return {
    ...base,
    id: 'SE-09@design',
    rule: 'SE-09',
    title: 'A firewall lets strangers in',
    places: places(exposed),
    where: hosts(exposed),
    fix: 'Close what no user needs',
  };
}

/** The worst door in one sentence: data first. */
function doorsInWords(design: Design, knowledge: Knowledge): string {
  const open = doors(design, knowledge);
  const data = open.find((door) => knowledge.role(door.component) === 'stores');
  const port = (data ?? open[0])?.port;
  const hosts = (list: readonly Door[]) =>
    new Set(list.filter((door) => door.port === port).map((door) => door.host.id)).size;
  const all = hosts(doors(design, knowledge, true));
  return `Port ${port} answered a stranger on ${hosts(open)} of ${all} ${all === 1 ? 'server' : 'servers'}.`;
}

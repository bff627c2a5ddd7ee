// Servers without a firewall: in front of where the users arrive (SE-01), and of any server (SE-02). What the wall would keep out
// is counted: ports that a stranger reaches, and those that somebody inside a taken server reaches next.
import { ANYONE, type Design, type Host } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawn, drawnAt } from '../drawn.ts';
import type { Knowledge, Suspicion } from '../finding.ts';
import { counted, hostsInWords } from '../in-words.ts';
import { type Approach, reachability } from '../reachability.ts';

/**
 * SE-01 while a stranger comes in at a port that no user needs, SE-02 while a neighbour does. With one server in the whole design
 * both are the same, and SE-01 says it.
 */
export function wallsRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const bare = new Set(design.hosts.filter((host) => host.firewall === null));
  if (bare.size === 0) return [];
  const approaches = reachability(design, knowledge).filter(({ reached, door }) => reached && bare.has(door.host));
  return [...edgeFindings(design, bare, approaches), ...neighbourFindings(design, approaches)];
}

const isNeedless = ({ needed }: Approach): boolean => !needed;
const doorsInWords = (approaches: readonly Approach[]): string => {
  const hosts = new Set(approaches.map(({ door }) => door.host)).size;
  const needed = approaches.length - approaches.filter(isNeedless).length;
  return `${counted(approaches.length, 'port')} of ${counted(hosts, 'server')}; the site needs ${needed} of them`;
};

const edgeOf = (design: Design): ReadonlySet<string | undefined> =>
  new Set(entries(design).map(({ to }) => wiringOf(design).component(to)?.hostId));

/** While nobody has a firewall at all, the one that is missing in front of everything stands for all of them. */
function edgeFindings(design: Design, bare: ReadonlySet<Host>, approaches: readonly Approach[]): readonly Suspicion[] {
  const none = bare.size === design.hosts.length;
  const edge = edgeOf(design);
  const open = approaches.filter(({ from, door }) => from === ANYONE && (none || edge.has(door.host.id)));
  if (!open.some(isNeedless)) return [];
  const hosts = [...new Set(open.map(({ door }) => door.host))];
  return [
    drawn({
      id: 'SE-01@design',
      severity: 'high',
      title: none ? 'No firewall in front of any host' : `No firewall in front of ${hostsInWords(design, hosts)}`,
      places: none ? [{ type: 'missing-firewall' }] : hosts.map(({ id }) => ({ type: 'host', id })),
      where: hostsInWords(design, hosts),
      evidence: `A stranger reached ${doorsInWords(open)}.`,
      fix: none ? 'One firewall per host' : 'A firewall where the users arrive',
    }),
  ];
}

/** The neighbour from which most needless ports are open speaks for all. The pin stands behind the edge, which has pins enough. */
function neighbourFindings(design: Design, approaches: readonly Approach[]): readonly Suspicion[] {
  const inside = approaches.filter(({ from }) => from !== ANYONE);
  const needless = inside.filter(isNeedless);
  const open = new Set(needless.map(({ door }) => door.host));
  const edge = edgeOf(design);
  const behind = design.hosts.filter((host) => open.has(host) && !edge.has(host.id));
  const hosts = [...behind, ...design.hosts.filter((host) => open.has(host) && edge.has(host.id))];
  const counts = new Map<string, number>();
  for (const { from } of needless) counts.set(from, (counts.get(from) ?? 0) + 1);
  const countFrom = ({ id }: Host) => counts.get(id) ?? 0;
  const [taken] = [...design.hosts].sort((a, b) => countFrom(b) - countFrom(a));
  if (taken === undefined) return [];
  const own = inside.filter(({ from }) => from === taken.id);
  return drawnAt(design, hosts, {
    id: 'SE-02@design',
    severity: 'high',
    title: `Every neighbour gets into ${hosts.length} of ${counted(design.hosts.length, 'server')}`,
    evidence: [`a stranger inside ${taken.name} reached ${doorsInWords(own)}`],
    fix: 'A firewall of its own for each server',
  });
}

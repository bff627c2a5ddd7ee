// Doors that stand open for those who do not need them: data and servers that strangers reach (SE-08, SE-11), data that other
// servers reach (SE-09), remote administration for the whole world (SE-12), and one network for users and data alike (SE-10).
import { ANYONE, type Component, type Design, type Host } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawnAt } from '../drawn.ts';
import type { Finding, Knowledge, Suspicion } from '../finding.ts';
import { counted } from '../in-words.ts';
import { type Door, doorsOf, needs, reaches } from '../reachability.ts';

/** A door that strangers reach is not said a second time of the neighbours: closing it to all but its callers mends both. */
export function exposureRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const doors = doorsOf(design, knowledge);
  const holdsData = ({ component }: Door) => component !== null && knowledge.role(component) === 'stores';
  const data = doors.filter(holdsData);
  const edge = edgeHosts(design);
  const behind = doors.filter((door) => door.component !== null && !holdsData(door) && !edge.has(door.host.id));
  const front = wiringOf(design).component(entries(design)[0]?.to ?? '')?.name ?? 'the entry';
  return [
    ...answered(design, data, {
      id: 'SE-08@design',
      severity: 'critical',
      title: 'Strangers reach the database',
      fix: 'A private network, closed to the internet',
    }),
    ...answered(design, behind, {
      id: 'SE-11@design',
      severity: 'high',
      title: `Strangers come past ${front}`,
      fix: `Let in only ${front}`,
    }),
    ...answered(
      design,
      // The edge last: the pin stands at the first, and the edge has pins enough.
      doors
        .filter(({ component }) => component === null)
        .sort((a, b) => Number(edge.has(a.host.id)) - Number(edge.has(b.host.id))),
      {
        id: 'SE-12@design',
        severity: 'high',
        title: 'Strangers reach the remote administration',
        fix: 'A private way in for administrators',
      },
    ),
    ...neighbours(design, data),
    ...segments(design, edge, knowledge),
  ];
}

const edgeHosts = (design: Design): ReadonlySet<string> =>
  new Set(entries(design).flatMap(({ to }) => wiringOf(design).component(to)?.hostId ?? []));

const elementOf = ({ component, host }: Door): Host | Component => component ?? host;
const hostsOf = (doors: readonly Door[]): readonly Host[] => [...new Set(doors.map(({ host }) => host))];

type Words = Pick<Finding, 'id' | 'severity' | 'title' | 'fix'>;

/** Which of these doors answer a stranger though no user needs them. The port that most of them share is named. */
function answered(design: Design, doors: readonly Door[], words: Words): readonly Suspicion[] {
  const open = doors.filter((door) => reaches(ANYONE, door) && !needs(ANYONE, door));
  const ports = [...new Set(open.map(({ port }) => port))];
  const at = (all: readonly Door[], port: number) => hostsOf(all.filter((door) => door.port === port)).length;
  const [port] = ports.sort((a, b) => at(open, b) - at(open, a));
  if (port === undefined) return [];
  const of = counted(at(doors, port), 'server');
  const evidence = [`port ${port} answered a stranger on ${at(open, port)} of ${of}`];
  return drawnAt(design, open.map(elementOf), { ...words, evidence });
}

/** SE-09: data that no stranger reaches, but more servers than ask it. */
function neighbours(design: Design, data: readonly Door[]): readonly Suspicion[] {
  const closed = data.filter((door) => !reaches(ANYONE, door));
  const callers = (door: Door) => design.hosts.filter(({ id }) => id !== door.host.id && reaches(id, door));
  const counts = new Map(
    closed.map((door) => [door, callers(door).filter(({ id }) => !needs(id, door)).length] as const),
  );
  const needless = (door: Door) => counts.get(door) ?? 0;
  const open = closed.filter((door) => needless(door) > 0);
  const [worst] = [...open].sort((a, b) => needless(b) - needless(a));
  if (worst === undefined) return [];
  const reached = callers(worst).length;
  const of = counted(design.hosts.length - 1, 'other server');
  return drawnAt(design, open.map(elementOf), {
    id: 'SE-09@design',
    severity: 'high',
    title: 'More servers reach the database than ask it',
    evidence: [
      `port ${worst.port} of ${worst.host.name} answered ${reached} of ${of}`,
      `the site needs ${reached - needless(worst)}`,
    ],
    fix: 'Let in only the servers that ask it',
  });
}

/** SE-10: a server at which users arrive and another one that holds data share a network. */
function segments(design: Design, edge: ReadonlySet<string>, knowledge: Knowledge): readonly Suspicion[] {
  const entry = design.hosts.filter(({ id }) => edge.has(id));
  const holdsData = ({ id }: Host) =>
    wiringOf(design)
      .componentsOn(id)
      .some((part) => knowledge.role(part) === 'stores');
  const holders = design.hosts.filter((host) => !edge.has(host.id) && holdsData(host));
  const shared = holders.filter(({ segment }) => entry.some((host) => host.segment === segment));
  const first = entry.find(({ segment }) => segment === shared[0]?.segment);
  if (first === undefined) return [];
  return drawnAt(design, shared, {
    id: 'SE-10@design',
    severity: 'medium',
    title: 'Users and data share one network',
    evidence: [
      `${first.name} shares its network with the data of ${shared.length} of ${counted(holders.length, 'server')}`,
    ],
    fix: 'Networks of their own for edge and data',
  });
}

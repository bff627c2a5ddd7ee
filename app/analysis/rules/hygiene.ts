// A drawing that does not hold together: something left out (HY-01), something that nobody uses (HY-02), something that cannot be
// (HY-03). Other rules judge what is drawn, and judge wrongly where the drawing is wrong.
import { type Component, type Design, type Link, USERS } from '../../design/design.ts';
import { isLetThrough } from '../../design/firewall.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawnAt } from '../drawn.ts';
import type { Knowledge, Suspicion } from '../finding.ts';
import { counted } from '../in-words.ts';

export function hygieneRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  return [...leftOut(design, knowledge), ...unused(design, knowledge), ...impossible(design, knowledge)];
}

/** HY-01: HTTPS without a certificate, a replica without a primary. */
function leftOut(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const encrypted = entries(design).filter((link) => link.encrypted);
  const bare = encrypted.filter(({ to }) => !design.certificates.some(({ component }) => component === to));
  const replicas = design.components.filter((part) => knowledge.dataRole(part) === 'replica');
  const isFollowing = ({ id }: Component) =>
    wiringOf(design)
      .linksTo(id)
      .some(({ protocol }) => protocol === 'replication');
  const lost = replicas.filter((part) => !isFollowing(part));
  return drawnAt(design, [...bare, ...lost], {
    id: 'HY-01@design',
    severity: 'low',
    title: 'The drawing leaves something out',
    evidence: [
      bare.length > 0 &&
        `no certificate for ${bare.length} of ${counted(encrypted.length, 'encrypted line')} of the users`,
      lost.length > 0 && `no primary for ${lost.length} of ${counted(replicas.length, 'replica')}`,
    ],
    fix: 'Draw what is there',
  });
}

/** HY-02: servers on which nothing stands, parts that nothing reaches, lines on which nothing can go. */
function unused(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const wiring = wiringOf(design);
  const empty = design.hosts.filter(
    ({ id }) => wiring.componentsOn(id).length === 0 && design.monitoring?.hostId !== id,
  );
  const reached = reachedParts(design);
  const isHolder = ({ config }: Component) => config['virtualIpaddress'] === design.dns.address;
  const parts = design.components.filter((part) => !reached.has(part.id) && !isHolder(part));
  const lines = design.links.filter((link) => isIdle(link, design, knowledge));
  return drawnAt(design, [...empty, ...parts, ...lines], {
    id: 'HY-02@design',
    severity: 'low',
    title: 'Drawn, and used by nobody',
    evidence: [
      empty.length > 0 && `nothing stands on ${empty.length} of ${counted(design.hosts.length, 'server')}`,
      parts.length > 0 && `nothing reaches ${parts.length} of ${counted(design.components.length, 'part')}`,
      lines.length > 0 && `nothing goes over ${lines.length} of ${counted(design.links.length, 'line')}`,
    ],
    fix: 'Connect it or leave it out',
  });
}

/** Along any line from where the users arrive. */
function reachedParts(design: Design): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = entries(design).map(({ to }) => to);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { to } of wiringOf(design).linksFrom(id)) waiting.push(to);
  }
  return seen;
}

/** A firewall stops it, or its caller never takes it. Lines to databases are kept for the day on which the primary moves. */
function isIdle(link: Link, design: Design, knowledge: Knowledge): boolean {
  if (!isLetThrough(design, link)) return true;
  if (link.from === USERS) return !entries(design).includes(link);
  const caller = wiringOf(design).component(link.from);
  if (caller === undefined || link.protocol !== 'http') return false;
  if (knowledge.role(caller) === 'balances')
    return !knowledge.servers(caller).some((server) => server.link === link.id);
  return knowledge.role(caller) === 'serves' && !knowledge.next(caller, 'read', design).includes(link);
}

/** HY-03: lines between parts that do not speak so, balancers before nothing, two parts on one port. */
function impossible(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const lines = design.links.filter((link) => !isSpoken(link, design, knowledge));
  const balancers = design.components.filter((part) => knowledge.role(part) === 'balances');
  const alone = balancers.filter((part) => knowledge.servers(part).length === 0);
  const rivals = portRivals(design);
  return drawnAt(design, [...new Set([...lines, ...alone, ...rivals])], {
    id: 'HY-03@design',
    severity: 'medium',
    title: 'The drawing shows what cannot be',
    evidence: [
      lines.length > 0 && `nobody speaks so at an end of ${lines.length} of ${counted(design.links.length, 'line')}`,
      alone.length > 0 && `no server behind ${alone.length} of ${counted(balancers.length, 'balancer')}`,
      rivals.length > 0 && `one port wanted twice by ${rivals.length} of ${counted(design.components.length, 'part')}`,
    ],
    fix: 'Draw it as it is',
  });
}

/** Which roles may start a line of a protocol, and at which it may end. */
const SPEAKERS: Readonly<Record<Link['protocol'], readonly [from: readonly string[], to: readonly string[]]>> = {
  http: [
    [USERS, 'balances', 'serves', 'computes'],
    ['balances', 'serves', 'computes'],
  ],
  mysql: [['computes'], ['stores']],
  replication: [['stores'], ['stores']],
  file: [['serves', 'computes'], ['lies-there']],
  vrrp: [['holds-address'], ['holds-address']],
};

function isSpoken({ from, to, protocol }: Link, design: Design, knowledge: Knowledge): boolean {
  const roleOf = (id: string) => {
    const part = wiringOf(design).component(id);
    return part === undefined ? id : knowledge.role(part);
  };
  const [starts, ends] = SPEAKERS[protocol];
  return starts.includes(roleOf(from)) && ends.includes(roleOf(to));
}

/** Parts of one host that are called on the same port, or on the port of its remote administration. */
function portRivals(design: Design): readonly Component[] {
  const wiring = wiringOf(design);
  const portsOf = ({ id }: Component) => new Set(wiring.linksTo(id).flatMap(({ port }) => (port > 0 ? [port] : [])));
  return design.components.filter((part) => {
    const others = wiring.componentsOn(part.hostId).filter((other) => other !== part);
    const taken = new Set(others.flatMap((other) => [...portsOf(other)]));
    const admin = wiring.host(part.hostId)?.adminPort;
    return [...portsOf(part)].some((port) => taken.has(port) || port === admin);
  });
}

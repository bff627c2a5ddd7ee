// Single points of failure: elements without which no request, no read or no write of the users can be answered. Found on
// the design, proven by the run in which the element is dead.
import type { Component, Design, Host } from '../../design/design.ts';
import { fallsWith } from '../../design/graph.ts';
import { deniedBy } from '../blast-radius.ts';
import { denialsOf } from '../denials.ts';
import type { Denied } from '../denied.ts';
import type { FaultMeasure } from '../fault-measure.ts';
import type { Finding, Knowledge, Suspicion } from '../finding.ts';
import { partWords } from '../reading.ts';

/** AV-01 at hosts, AV-02 at what alone takes writes. A component that dies with a host that is named already is left out. */
export function spofRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const denials = denialsOf(design, knowledge).alone;
  const hosts = design.hosts.filter((host) => denials.get(host.id) === 'requests');
  const named = new Set(hosts.flatMap((host) => [...fallsWith(design, host.id)]));
  const parts = design.components.filter((component) => denials.has(component.id) && !named.has(component.id));
  return [
    ...hosts.map((host) => suspicion(hostFinding(host, denials, design, knowledge), 'requests')),
    ...parts.flatMap((part) => {
      const denied = denials.get(part.id) as Denied;
      return denied === 'requests' ? [] : [suspicion(partFinding(part, denied, design, knowledge), denied)];
    }),
    ...parts
      .filter((part) => denials.get(part.id) === 'requests')
      .map((part) => suspicion(loneFinding(part, design, knowledge), 'requests')),
  ];
}

/** It comes true with the host, and with each part of it whose death alone denies the same. */
const isPart = (role: string): boolean => role !== 'lies-there' && role !== 'holds-address';

function hostFinding(host: Host, denials: ReadonlyMap<string, Denied>, design: Design, knowledge: Knowledge): Finding {
  const parts = design.components.filter((component) => component.hostId === host.id);
  const balancer = parts.find((component) => knowledge.role(component) === 'balances');
  const roles = new Set(parts.map((component) => knowledge.role(component)).filter(isPart));
  const [only] = parts;
  const what = roles.size === 1 && only !== undefined ? knowledge.term(only) : 'server';
  const base = { id: `AV-01@${host.id}`, rule: 'AV-01', severity: 'critical', evidence: null } as const;
  const comesTrueWith = [host, ...parts].map((element) => element.id).filter((id) => denials.get(id) === 'requests');
  const at = { places: [{ type: 'host', id: host.id }], where: host.name, comesTrueWith } as const;
  const balancers = new Set(
    design.components.filter((part) => knowledge.role(part) === 'balances').map((part) => part.hostId),
  );
  if (balancer !== undefined && balancers.size > 1) {
    const title = 'No other load balancer can take over';
    return { ...base, ...at, id: `AV-06@${host.id}`, rule: 'AV-06', title, fix: 'An IP that both share' };
  }
  return balancer === undefined
    ? { ...base, ...at, title: `One ${what}, nothing beside it`, fix: `Second ${what}, load balancer in front` }
    : { ...base, ...at, title: 'One load balancer, nothing behind it', fix: 'Second load balancer, shared IP' };
}

function partFinding(part: Component, denied: Denied, design: Design, knowledge: Knowledge): Finding {
  const host = design.hosts.find((candidate) => candidate.id === part.hostId)?.name ?? part.hostId;
  const hasReplica = design.components.some((component) => knowledge.dataRole(component) === 'replica');
  const base = { severity: 'critical', evidence: null, places: [{ type: 'component', id: part.id }] } as const;
  const role = knowledge.dataRole(part);
  const where = role === null ? `${part.name} on ${host}` : `${part.name} ${role}`;
  return denied === 'writes'
    ? {
        ...base,
        id: `AV-02@${part.id}`,
        rule: 'AV-02',
        title: `Only ${host} can save data`,
        where,
        fix: hasReplica ? 'Promote the replica by itself' : 'A replica that can be promoted',
        comesTrueWith: [part.id],
      }
    : {
        ...base,
        id: `AV-01@${part.id}`,
        rule: 'AV-01',
        title: `Only ${host} can read data`,
        where,
        fix: 'Read from both databases',
        comesTrueWith: [part.id],
      };
}

/** Its host has a stand-in, which does not step in for the component alone. */
function loneFinding(part: Component, design: Design, knowledge: Knowledge): Finding {
  const host = design.hosts.find((candidate) => candidate.id === part.hostId)?.name ?? part.hostId;
  return {
    id: `AV-01@${part.id}`,
    rule: 'AV-01',
    severity: 'critical',
    title: `Nothing steps in for ${partWords(part, knowledge)} of ${host}`,
    places: [{ type: 'component', id: part.id }],
    where: `${part.name} on ${host}`,
    evidence: null,
    fix: `Check a page that needs ${partWords(part, knowledge)}`,
    comesTrueWith: [part.id],
    onlyAlone: true,
  };
}

const PROOF: Readonly<Record<Denied, string>> = {
  requests: 'requests answered',
  reads: 'reads answered',
  writes: 'writes saved',
};

const denies = (kill: FaultMeasure | undefined, denied: Denied): boolean =>
  kill !== undefined && deniedBy(kill) === denied;

function suspicion(finding: Finding, denied: Denied): Suspicion {
  return {
    finding,
    prove: ({ kills }) => {
      const comesTrueWith = finding.comesTrueWith.filter((id) => denies(kills.get(id), denied));
      const [first] = finding.comesTrueWith;
      const kill = kills.get(first ?? '');
      if (kill === undefined || comesTrueWith[0] !== first) return null;

      const [answered, all] = {
        requests: [kill.answered, kill.requests],
        reads: [kill.readsAnswered, kill.reads],
        writes: [kill.writesAnswered, kill.writes],
      }[denied] as [number, number];
      return { ...finding, comesTrueWith, evidence: `Killed it: ${answered} of ${all} ${PROOF[denied]}.` };
    },
  };
}

// What the health checks do not see: a component that dies behind a server which the balancer goes on taking for UP, so
// that the requests which need it fail for good. Read from the runs of the blast radius.
import type { Component, Design } from '../../design/design.ts';
import { deniedBy } from '../blast-radius.ts';
import type { FaultMeasure } from '../fault-measure.ts';
import type { BackendServer, Finding, Knowledge, Suspicion } from '../finding.ts';
import { partWords } from '../reading.ts';

/** AV-10: the checks ask one component, another one is needed. */
export function healthCheckRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  return design.components.flatMap((balancer) => {
    const servers = knowledge.servers(balancer).filter((server) => server.checked);
    const asked = askedBy(design, servers);
    return asked === undefined ? [] : [suspicion(design, knowledge, balancer, servers, asked)];
  });
}

/** The first component that a check asks. */
function askedBy(design: Design, servers: readonly BackendServer[]): Component | undefined {
  const link = design.links.find((candidate) => candidate.id === servers[0]?.link);
  return design.components.find((component) => component.id === link?.to);
}

/** A death that no check noticed, and the server that went on failing. */
interface Blind {
  readonly victim: Component;
  readonly server: BackendServer;
  readonly failed: number;
  readonly all: number;
  readonly what: 'reads' | 'requests';
  readonly denies: boolean;
}

function suspicion(
  design: Design,
  knowledge: Knowledge,
  balancer: Component,
  servers: readonly BackendServer[],
  asked: Component,
): Suspicion {
  const finding: Finding = {
    id: `AV-10@${balancer.id}`,
    rule: 'AV-10',
    severity: 'medium',
    title: `Health checks ask only ${asked.name}`,
    places: [{ type: 'check', id: servers[0]?.link ?? '' }],
    where: `${balancer.name} to servers`,
    evidence: null,
    fix: 'Check a page that needs all parts',
    comesTrueWith: [],
  };
  return {
    finding,
    prove: ({ kills }) => {
      const blind = worstBlindness(design, knowledge, servers, asked, kills);
      if (blind === undefined) return null;
      const { victim, server, failed, all, what } = blind;
      const name = knowledge.dataRole(victim) ?? victim.name;
      return {
        ...finding,
        title: `Health checks ask ${asked.name}, not ${partWords(victim, knowledge)}`,
        places: [{ type: 'check', id: server.link }],
        evidence: `Stopped the ${name}: ${server.name} stayed UP and failed ${failed} of ${all} ${what}.`,
        fix: `Check a page that needs ${partWords(victim, knowledge)}`,
        comesTrueWith: [victim.id],
        onlyAlone: true,
      };
    },
  };
}

/** What denies most comes first; then replicas, then primaries, then what computes. */
function worstBlindness(
  design: Design,
  knowledge: Knowledge,
  servers: readonly BackendServer[],
  asked: Component,
  kills: ReadonlyMap<string, FaultMeasure>,
): Blind | undefined {
  const rank = (component: Component) => ['replica', 'primary', null].indexOf(knowledge.dataRole(component));
  const candidates = design.components
    .filter((component) => component.id !== asked.id && ['stores', 'computes'].includes(knowledge.role(component)))
    .sort((a, b) => rank(a) - rank(b));
  const found = candidates.flatMap((victim) => {
    const kill = kills.get(victim.id);
    return kill === undefined ? [] : servers.flatMap((server) => blindness(victim, server, kill) ?? []);
  });
  return found.find((blind) => blind.denies) ?? found[0];
}

function blindness(victim: Component, server: BackendServer, kill: FaultMeasure): Blind | null {
  const seen = kill.servers.find((candidate) => candidate.link === server.link);
  if (seen === undefined || !seen.stayedUp) return null;
  const { requests, answered, reads, readsAnswered } = seen.shares;
  const denies = deniedBy(kill) === 'requests';
  if (requests > 0 && answered === 0)
    return { victim, server, failed: requests, all: requests, what: 'requests', denies };
  if (reads > 0 && readsAnswered === 0) return { victim, server, failed: reads, all: reads, what: 'reads', denies };
  return null;
}

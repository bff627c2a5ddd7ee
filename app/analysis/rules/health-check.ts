// What the health checks do not see: a component that hangs or dies behind a server which the balancer goes on taking for UP,
// so that the requests which need it fail for good. Read from the runs of the blast radius, and from one with a hang.
import type { Component, Design } from '../../design/design.ts';
import { deniedBy } from '../blast-radius.ts';
import type { FaultMeasure } from '../fault-measure.ts';
import type { BackendServer, Evidence, Finding, Knowledge, Suspicion } from '../finding.ts';
import { partWords, sharesOf } from '../reading.ts';
import { faultyRun } from '../shared-runs.ts';

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
    prove: (evidence) => {
      const { kills } = evidence;
      const opened = servers.find((server) => !server.asksPage);
      const hung = opened === undefined ? null : hangInWords(opened, evidence);
      if (hung !== null) {
        return { ...finding, title: 'Health checks only open a connection', evidence: hung, fix: 'Check a page' };
      }
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

/** A check that only opens the connection passes at a process that hangs: its kernel still takes it. */
function hangInWords(server: BackendServer, evidence: Evidence): string | null {
  const asked = askedBy(evidence.design, [server]);
  if (asked === undefined) return null;
  const { name, link } = server;
  const { run, fromUs, toUs } = faultyRun(evidence, 'hang', asked.id);
  const { requests, answered } = sharesOf(run, fromUs, toUs, link);
  const failed = requests - answered;
  return failed === 0 ? null : `Hung ${asked.name}: ${name} stayed UP and failed ${failed} of ${requests} requests.`;
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

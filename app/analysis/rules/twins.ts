// Twins that share what they should not: two of a kind on one host, or all of them in one zone, fall together.
import type { Component, Design, Host } from '../../design/design.ts';
import { measureFaults } from '../blast-radius.ts';
import type { Evidence, FindingRule, Knowledge, Suspicion, Unknown } from '../finding.ts';
import { listed } from '../in-words.ts';
import { suspect } from '../suspect.ts';

/** AV-04: redundancy that one host, or one zone, takes away. */
export const twinsRule: FindingRule = (design, knowledge) => {
  const groups = twinsOf(design, knowledge);
  const together = groups.filter(({ hosts }) => hosts.length === 1);
  if (together.length > 0) return [sameHost(together, design)];
  const hosts = design.hosts.filter((host) => groups.some((group) => group.hosts.includes(host)));
  const silent = hosts.filter(({ zone }) => zone === undefined);
  if (silent.length > 0) return [zoneUnsaid(silent)];
  const crowded = groups.filter((group) => new Set(group.hosts.map(({ zone }) => zone)).size === 1);
  return crowded.length > 0 ? [sameZone(crowded, design)] : [];
};

function zoneUnsaid(hosts: readonly Host[]): Unknown {
  const names = listed(hosts.map(({ name }) => name));
  const what = hosts.length === 1 ? 'does not say in which zone it stands' : 'do not say in which zone they stand';
  return { unknown: 'AV-04@design', rule: 'AV-04', sentence: `${names} ${what}.` };
}

/** Components with the same task, of which there are at least two, and their hosts. */
interface Twins {
  readonly term: string;
  readonly parts: readonly Component[];
  readonly hosts: readonly Host[];
}

function twinsOf(design: Design, knowledge: Knowledge): readonly Twins[] {
  const running = design.components.filter((part) => knowledge.role(part) !== 'lies-there');
  const roles = [...new Set(running.map((part) => knowledge.role(part)))];
  return roles.flatMap((role) => {
    const parts = running.filter((part) => knowledge.role(part) === role);
    const [first] = parts;
    if (first === undefined || parts.length < 2) return [];
    const hosts = design.hosts.filter((host) => parts.some(({ hostId }) => hostId === host.id));
    return [{ term: knowledge.term(first), parts, hosts }];
  });
}

const counted = ({ parts, term }: Twins): string => `${parts.length} ${term}s`;

function sameHost(groups: readonly Twins[], design: Design): Suspicion {
  const hosts = design.hosts.filter((host) => groups.some((group) => group.hosts.includes(host)));
  const [host] = hosts;
  const what = listed(groups.filter((group) => group.hosts[0] === host).map(counted));
  return suspect(
    {
      id: 'AV-04@design',
      severity: 'high',
      title: 'All of a kind share one server',
      places: hosts.map(({ id }) => ({ type: 'host', id })),
      where: `${hosts.map(({ name }) => name).join(', ')}: ${what}`,
      fix: 'Each of them on a server of its own',
      comesTrueWith: hosts.map(({ id }) => id),
    },
    (evidence) => lossInWords(host === undefined ? [] : [host], host?.name ?? '', evidence),
  );
}

function sameZone(groups: readonly Twins[], design: Design): Suspicion {
  const zone = groups[0]?.hosts[0]?.zone ?? '';
  const hosts = design.hosts.filter((host) => host.zone === zone);
  const inside = groups.filter((group) => group.hosts[0]?.zone === zone);
  return suspect(
    {
      id: 'AV-04@design',
      severity: 'high',
      title: 'All of a kind share one zone',
      places: hosts.map(({ id }) => ({ type: 'host', id })),
      where: `Zone ${zone}: ${listed(inside.map(counted))}`,
      fix: 'Each of a pair in a zone of its own',
    },
    (evidence) => lossInWords(hosts, `zone ${zone}`, evidence),
  );
}

function lossInWords(hosts: readonly Host[], name: string, { design, knowledge, measure }: Evidence): string {
  const { answered, requests } = measureFaults(
    design,
    hosts.map(({ id }) => ({ type: 'kill', target: id })),
    knowledge,
    measure,
  );
  return `Killed ${name}: ${answered} of ${requests} requests answered.`;
}

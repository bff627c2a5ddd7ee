// A deploy stops the site: where every request goes through one web server, its restart is an outage. Proven by a restart.
import type { Component, Design } from '../../design/design.ts';
import { formatDuration, SECOND } from '../../foundation/micros.ts';
import { FAULT_US, untilQuiet } from '../blast-radius.ts';
import { denialsOf } from '../denials.ts';
import type { Evidence, Knowledge, Suspicion } from '../finding.ts';
import { sharesOf } from '../reading.ts';

/** How long the web server is away. */
const RESTART_US = 3 * SECOND;

/** AV-16: maintenance needs downtime. */
export function deployRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const denials = denialsOf(design, knowledge).alone;
  return design.components
    .filter((part) => knowledge.role(part) === 'serves' && denials.get(part.id) === 'requests')
    .filter((part) => !isBehindBalancer(part, design, knowledge))
    .map((part) => deploySuspicion(part, design));
}

/** Behind a balancer it is the checks that fail (AV-10), not the deploy. */
function isBehindBalancer(part: Component, design: Design, knowledge: Knowledge): boolean {
  const links = design.components.flatMap((component) => knowledge.servers(component));
  const others = links.filter((server) => design.links.find((link) => link.id === server.link)?.to !== part.id);
  return others.length > 0;
}

function deploySuspicion(part: Component, design: Design): Suspicion {
  const host = design.hosts.find((candidate) => candidate.id === part.hostId);
  const finding = {
    id: `AV-16@${part.id}`,
    rule: 'AV-16',
    severity: 'medium',
    title: 'A deploy stops the site',
    places: [{ type: 'component', id: part.id }],
    where: `${part.name} on ${host?.name ?? part.hostId}`,
    evidence: null,
    fix: 'Second server, deployed in turn',
    comesTrueWith: [],
  } as const;
  return {
    finding,
    prove: ({ design: drawn, measure }: Evidence) => {
      const repairUs = FAULT_US + RESTART_US;
      const { quiet, endUs } = untilQuiet(drawn, repairUs + 5 * SECOND);
      const restart = [
        { atUs: FAULT_US, type: 'kill', target: part.id },
        { atUs: repairUs, type: 'repair', target: part.id },
        quiet,
      ] as const;
      const { requests, answered } = sharesOf(measure(drawn, restart, endUs), 0, endUs);
      const failed = requests - answered;
      if (failed === 0) return null;
      const away = formatDuration(RESTART_US);
      return {
        ...finding,
        evidence: `Restarted ${part.name}: it was away for ${away}, and ${failed} requests failed.`,
      };
    },
  };
}

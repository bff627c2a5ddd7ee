// What can be read on the wire: a tap on every link that is not encrypted and leaves its machine, in a run in which nothing
// is broken. First the users' own link; where that one is encrypted, the links behind the point at which TLS ends.
import { type Design, type Link, USERS } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { SECOND } from '../../foundation/micros.ts';
import { untilQuiet, watchedUs } from '../blast-radius.ts';
import { drawnAt } from '../drawn.ts';
import type { Evidence, Finding, Suspicion } from '../finding.ts';
import { counted } from '../in-words.ts';
import { requestsOnLinks, requestsStarted } from '../reading.ts';

/** SE-14 for the lines of data; SE-03 for the users' link, else SE-06 for what lies behind it. */
export function plaintextRule(design: Design): readonly Suspicion[] {
  return [...requestLines(design), ...dataLines(design)];
}

function requestLines(design: Design): readonly Suspicion[] {
  const plain = entries(design).filter((link) => !link.encrypted);
  if (plain.length > 0) return [usersFinding(design, plain)];
  const inside = design.links.filter(
    (link) => !link.encrypted && leavesItsHost(design, link) && link.protocol === 'http',
  );
  return inside.length > 0 ? [insideFinding(inside)] : [];
}

/** SE-14: queries, their answers and copied writes between two machines. */
function dataLines(design: Design): readonly Suspicion[] {
  const isData = ({ protocol }: Link) => protocol === 'mysql' || protocol === 'replication';
  const lines = design.links.filter((link) => isData(link) && leavesItsHost(design, link));
  const plain = lines.filter((link) => !link.encrypted);
  return drawnAt(design, plain, {
    id: 'SE-14@design',
    severity: 'medium',
    title: 'Data crosses the network in plain text',
    evidence: [
      `plain text on ${plain.length} of ${counted(lines.length, 'line')} between a database and another server`,
    ],
    fix: 'TLS on the lines to databases',
  });
}

function leavesItsHost(design: Design, link: Link): boolean {
  const hostOf = (id: string) => design.components.find((component) => component.id === id)?.hostId;
  return link.from !== USERS && hostOf(link.from) !== hostOf(link.to);
}

function usersFinding(design: Design, links: readonly Link[]): Suspicion {
  const end = design.components.find((component) => component.id === links[0]?.to);
  const host = design.hosts.find((candidate) => candidate.id === end?.hostId);
  return tapped(
    {
      id: `SE-03@${links[0]?.id}`,
      rule: 'SE-03',
      severity: 'critical',
      title: 'Anyone can read the traffic',
      places: links.map((link) => ({ type: 'link', id: link.id })),
      where: `Users to ${host?.name.toLowerCase() ?? 'site'}`,
      evidence: null,
      fix: `End HTTPS at ${end?.name ?? 'the site'}`,
      comesTrueWith: [],
    },
    links,
    'Tapped the line',
    'readable',
  );
}

function insideFinding(links: readonly Link[]): Suspicion {
  const lines = links.length === 1 ? 'Tapped the line' : `Tapped ${links.length} lines`;
  return tapped(
    {
      id: 'SE-06@design',
      rule: 'SE-06',
      severity: 'medium',
      title: 'Plain text behind the point where TLS ends',
      places: links.slice(0, 1).map((link) => ({ type: 'link', id: link.id })),
      where: 'Between the hosts',
      evidence: null,
      fix: 'Encrypt again between the hosts',
      comesTrueWith: [],
    },
    links,
    lines,
    'readable inside',
  );
}

function tapped(finding: Finding, links: readonly Link[], tap: string, word: string): Suspicion {
  return {
    finding,
    prove: ({ design, measure }: Evidence) => {
      const untilUs = watchedUs(design);
      const { quiet, endUs } = untilQuiet(design, untilUs);
      const run = measure(design, [quiet], Math.min(endUs, untilUs + 15 * SECOND));
      const read = requestsOnLinks(
        run,
        links.map((link) => link.id),
      );
      const all = requestsStarted(run, untilUs);
      const readable = all.filter((request) => read.has(request)).length;
      if (readable === 0) return null;
      return { ...finding, evidence: `${tap}: ${readable} of ${all.length} requests were ${word}.` };
    },
  };
}

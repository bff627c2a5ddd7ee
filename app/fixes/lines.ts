// Fixes of lines and networks: encrypt what goes between servers, keep users and data in networks of their own, let a line that a
// firewall stops through, show a certificate where HTTPS ends.
import type { Finding } from '../analysis/finding.ts';
import { counted } from '../analysis/in-words.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design, Link } from '../design/design.ts';
import { editHosts, editLinks } from '../design/edit.ts';
import { isLetThrough } from '../design/firewall.ts';
import { entries } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { certified } from './https.ts';

const encrypting =
  (isMeant: (link: Link) => boolean, where: string): Fix =>
  (design) => {
    const wiring = wiringOf(design);
    const isInside = ({ from, to }: Link) => {
      const [caller, callee] = [wiring.component(from), wiring.component(to)];
      return caller !== undefined && callee !== undefined && caller.hostId !== callee.hostId;
    };
    const plain = design.links.filter((link) => !link.encrypted && isInside(link) && isMeant(link));
    if (plain.length === 0) return null;
    return {
      design: editLinks(design, (link) => (plain.includes(link) ? { ...link, encrypted: true } : link)),
      changes: [`encrypts ${counted(plain.length, 'line')} ${where}`],
    };
  };

export const encryptedData = encrypting(
  ({ protocol }) => protocol === 'mysql' || protocol === 'replication',
  'to databases',
);
export const encryptedInside = encrypting(({ protocol }) => protocol === 'http', 'between the servers');

/** Where the users arrive, where data is, and what lies between. */
export const networks: Fix = (design) => {
  const wiring = wiringOf(design);
  const edge = new Set(entries(design).map(({ to }) => wiring.component(to)?.hostId));
  const holdsData = (id: string) => wiring.componentsOn(id).some((part) => knowledge.role(part) === 'stores');
  const segmentOf = (id: string) => (edge.has(id) ? 'edge' : holdsData(id) ? 'data' : 'application');
  return {
    design: editHosts(design, (host) => ({ ...host, segment: segmentOf(host.id) })),
    changes: ['splits the network into edge, application and data'],
  };
};

const linksOf = (design: Design, { places }: Finding): readonly Link[] =>
  places.flatMap((place) => (place.type === 'link' ? (wiringOf(design).link(place.id) ?? []) : []));

/** Only where walls are all that is wrong: what else is unused may be meant. */
export const opened: Fix = (design, finding) => {
  const links = linksOf(design, finding);
  const stopped = links.filter((link) => !isLetThrough(design, link));
  if (stopped.length < finding.places.length) return null;
  return {
    design: withDoors(design),
    changes: [`lets ${counted(stopped.length, 'line')} of the drawing through the firewalls`],
  };
};

/** Only where certificates are all that is left out: a primary is not to be guessed. */
export const drawnCertificate: Fix = (design, finding) => {
  const ends = linksOf(design, finding).map(({ to }) => to);
  if (ends.length < finding.places.length) return null;
  return { design: certified(design, ends), changes: [`adds a certificate for ${design.dns.name}`] };
};

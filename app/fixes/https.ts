// HTTPS on every line of the users, with a certificate where it ends. What lies behind that point stays as it is.
import { ANYONE, type Design, type Host, type Link, USERS } from '../design/design.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';

const HTTPS = 443;
const VALID_DAYS = 90;

export const https: Fix = (design) => {
  const plain = design.links.filter((link) => link.from === USERS && !link.encrypted);
  if (plain.length === 0) return null;
  const ends = [...new Set(plain.map(({ to }) => to))];
  const links = design.links.map((link) => (plain.includes(link) ? encrypted(link) : link));
  const mended: Design = { ...certified(design, ends), links };
  const names = ends.map((end) => design.components.find(({ id }) => id === end)?.name ?? end);
  return {
    design: withDoors({ ...mended, hosts: mended.hosts.map((host) => withoutPlainDoor(mended, host)) }),
    changes: [
      `encrypts the line of the users to ${[...new Set(names)].join(' and ')}, port ${HTTPS}`,
      `adds a certificate for ${design.dns.name}`,
    ],
  };
};

/** With a certificate for the name of the site at each of these components that has none. */
export function certified(design: Design, ends: readonly string[]): Design {
  const lacking = ends.filter((end) => !design.certificates.some(({ component }) => component === end));
  const certificates = lacking.map((component) => ({
    component,
    names: [design.dns.name],
    validDays: VALID_DAYS,
    selfSigned: false,
    renewed: true,
  }));
  return { ...design, certificates: [...design.certificates, ...certificates] };
}

const encrypted = ({ label: _label, ...link }: Link): Link => ({ ...link, encrypted: true, port: HTTPS });

/** The door that only the plain line needed is closed. */
function withoutPlainDoor(design: Design, host: Host): Host {
  if (host.firewall === null) return host;
  const hostOf = (id: string) => design.components.find((component) => component.id === id)?.hostId;
  const stillAsked = (port: number) => design.links.some((link) => hostOf(link.to) === host.id && link.port === port);
  const rules = host.firewall.rules.filter(({ from, port }) => from !== ANYONE || stillAsked(port));
  return { ...host, firewall: { rules } };
}

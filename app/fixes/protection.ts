// Fixes that state a protection: a setting of the parts at which the finding stands, with the change in words. What they state has
// to be done to the real programs as well; the exported configuration says how.
import { knowledge } from '../catalogue/knowledge.ts';
import { ANYONE, type Component, type Design } from '../design/design.ts';
import type { Settings } from '../design/edit.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Fix } from './fix.ts';
import { type ByKind, partsOf, stated, stating } from './stating.ts';

const YEAR_S = 31_536_000;
/** Of a stick table of 10 s, and of `limit_req`: above what one user asks, far below a flood. */
const REQUESTS_IN_10_S = 200;
const REQUESTS_PER_S = 20;

export const redirect = stating('redirects port 80 to HTTPS', {
  'load-balancer': { port80: 'redirect' },
  'web-server': { port80: 'redirect' },
});

export const hsts = stating('sends Strict-Transport-Security for a year', {
  'load-balancer': { hstsMaxAgeS: YEAR_S },
  'web-server': { hstsMaxAgeS: YEAR_S },
});

export const encryptedDisk = stating('encrypts the data on disk', { database: { innodbEncryptTables: true } });

export const rateLimit = stating('limits the requests of one address', {
  'load-balancer': { httpReqRate: REQUESTS_IN_10_S },
  'web-server': { limitReqRps: REQUESTS_PER_S },
});

/** TLS 1.2 or newer, and a certificate of an authority, each where it is lacking. */
export const modernTls: Fix = (design, finding) => {
  const ends = partsOf(design, finding);
  const isSelfSigned = ({ component, selfSigned }: Design['certificates'][number]) =>
    selfSigned && ends.some(({ id }) => id === component);
  const newer: ByKind = { 'load-balancer': { sslMinVer: 'TLSv1.2' }, 'web-server': { sslProtocols: 'TLSv1.2' } };
  const old = ends.filter((part) => knowledge.states(part).isTlsOld === true);
  const plan = stated(design, old, 'takes no TLS older than 1.2', ({ kind }) => newer[kind] ?? null);
  const bought = design.certificates.filter(isSelfSigned).length;
  if (plan === null && bought === 0) return null;
  const mended = plan?.design ?? design;
  return {
    design: {
      ...mended,
      certificates: mended.certificates.map((one) => (isSelfSigned(one) ? { ...one, selfSigned: false } : one)),
    },
    changes: [
      ...(plan?.changes ?? []),
      ...(bought > 0 ? ['replaces the self-signed certificate by one that browsers know'] : []),
    ],
  };
};

/** A password and a socket file; behind the wall where there is one. Without a wall the page of statistics goes. */
export const lockedAdmin: Fix = (design, finding) => {
  const parts = partsOf(design, finding);
  const isWalled = ({ hostId }: Component) => (wiringOf(design).host(hostId)?.firewall ?? null) !== null;
  const plan = stated(design, parts, 'locks statistics and runtime socket', (part) => {
    const { stats, statsSocket } = part.config as { stats?: { port: number } | null; statsSocket?: string };
    return {
      ...(stats != null ? { stats: isWalled(part) ? { ...stats, auth: true } : null } : {}),
      ...(statsSocket === 'tcp' ? { statsSocket: 'unix' } : {}),
    };
  });
  if (plan === null) return null;
  const hosts = plan.design.hosts.map((host) => {
    const ports = parts
      .filter(({ hostId }) => hostId === host.id)
      .map((part) => knowledge.states(part).statistics?.port);
    const isShut = (from: string, port: number) => from === ANYONE && ports.includes(port);
    if (host.firewall === null) return host;
    return { ...host, firewall: { rules: host.firewall.rules.filter(({ from, port }) => !isShut(from, port)) } };
  });
  return { ...plan, design: { ...plan.design, hosts } };
};

/** The balancer says who the client is, the servers behind it believe it alone; where there is none, nobody is believed. */
export const clientAddress: Fix = (design, finding) => {
  const balanced = new Set(
    design.components.flatMap((part) => knowledge.servers(part).map(({ link }) => wiringOf(design).link(link)?.to)),
  );
  return stated(design, partsOf(design, finding), 'lets the balancer alone name the client', (part) => {
    if (part.kind === 'load-balancer') return { forwardfor: true };
    const believed = balanced.has(part.id) ? 'balancer' : 'nobody';
    return part.kind === 'web-server' ? { setRealIpFrom: believed } : { trustProxy: believed };
  });
};

/** Only what is stated to be weak changes; what is not stated stays so. */
const GOOD: Readonly<Record<string, Settings>> = {
  'as-root': { user: 'own' },
  'says-version': { serverTokens: false },
  'default-site': { defaultSite: false },
  'local-infile': { localInfile: false },
  'all-grants': { appGrants: 'needed' },
  'secrets-in-files': { secrets: 'store' },
};

export const hardening: Fix = (design, finding) =>
  stated(design, partsOf(design, finding), 'takes away the rights that are not needed', (part) => {
    const weak = knowledge.states(part).habits.filter(({ isWeak }) => isWeak === true);
    return weak.length === 0 ? null : Object.assign({}, ...weak.map(({ name }) => GOOD[name]));
  });

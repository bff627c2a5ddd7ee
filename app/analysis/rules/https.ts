// How well HTTPS is done where the users arrive by it: port 80 beside it (SE-04), what browsers are told to remember (SE-05), old
// versions of TLS and certificates that nobody vouches for (SE-07). A line in plain text is SE-03 (plaintext.ts).
import { ANYONE, type Component, type Design } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawnAt, unsaid } from '../drawn.ts';
import type { Knowledge, Suspicion, Unknown } from '../finding.ts';
import { counted } from '../in-words.ts';
import { reaches } from '../reachability.ts';

/** Six months: the least that Mozilla's web security guidelines allow. */
const LEAST_HSTS_S = 15_768_000;
const DAY_S = 86_400;
const HTTP = 80;

type Answer = Suspicion | Unknown;

/** The ends are the components at which HTTPS of the users ends. */
export function httpsRule(design: Design, knowledge: Knowledge): readonly Answer[] {
  const encrypted = entries(design).filter((link) => link.encrypted);
  const ends = [...new Set(encrypted.flatMap(({ to }) => wiringOf(design).component(to) ?? []))];
  return [...port80(design, ends, knowledge), ...hsts(design, ends, knowledge), ...oldTls(design, ends, knowledge)];
}

const ofEnds = (count: number, ends: readonly Component[]) => `${count} of ${counted(ends.length, 'end')} of HTTPS`;

/** A port that no stranger gets through to is closed, whatever listens behind it. */
function port80(design: Design, ends: readonly Component[], { states }: Knowledge): readonly Answer[] {
  const open = ends.filter((component) => {
    const host = wiringOf(design).host(component.hostId);
    return host !== undefined && reaches(ANYONE, { host, port: HTTP });
  });
  const serving = open.filter((part) => states(part).port80 === 'content');
  return [
    ...drawnAt(design, serving, {
      id: 'SE-04@design',
      severity: 'medium',
      title: 'Port 80 serves the site beside HTTPS',
      evidence: [`port 80 answers with pages in plain text at ${ofEnds(serving.length, ends)}`],
      fix: 'Redirect port 80 to HTTPS',
    }),
    ...unsaid(design, 'SE-04', open, [['what port 80 answers', (part) => states(part).port80]]),
  ];
}

function hsts(design: Design, ends: readonly Component[], { states }: Knowledge): readonly Answer[] {
  const secondsOf = (part: Component) => states(part).hstsMaxAgeS;
  const short = ends.filter((part) => (secondsOf(part) ?? LEAST_HSTS_S) < LEAST_HSTS_S);
  const days = (seconds: number): number => Math.floor(seconds / DAY_S);
  const leastS = Math.min(...short.map((part) => secondsOf(part) ?? 0));
  return [
    ...drawnAt(design, short, {
      id: 'SE-05@design',
      severity: 'low',
      title: 'Browsers are not told to stay with HTTPS',
      evidence: [`browsers remember to come by HTTPS for ${days(leastS)} of ${days(LEAST_HSTS_S)} days`],
      fix: 'Send Strict-Transport-Security',
    }),
    ...unsaid(design, 'SE-05', ends, [['whether it sends Strict-Transport-Security', secondsOf]]),
  ];
}

function oldTls(design: Design, ends: readonly Component[], { states }: Knowledge): readonly Answer[] {
  const certificateOf = (part: Component) => design.certificates.find(({ component }) => component === part.id);
  const isOld = (part: Component) => states(part).isTlsOld;
  const old = ends.filter((part) => isOld(part) === true);
  const selfSigned = ends.filter((part) => certificateOf(part)?.selfSigned === true);
  const [oldest] = old;
  return [
    ...drawnAt(design, [...new Set([...old, ...selfSigned])], {
      id: 'SE-07@design',
      severity: 'high',
      title: 'HTTPS that can be broken into',
      evidence: [
        oldest !== undefined && `${states(oldest).oldestTls} is taken at ${ofEnds(old.length, ends)}`,
        selfSigned.length > 0 && `the certificate is self-signed at ${ofEnds(selfSigned.length, ends)}`,
      ],
      fix: 'TLS 1.2 or newer, a certificate that browsers know',
    }),
    ...unsaid(design, 'SE-07', ends, [
      ['which versions of TLS it takes', isOld],
      ['which certificate it shows', certificateOf],
    ]),
  ];
}

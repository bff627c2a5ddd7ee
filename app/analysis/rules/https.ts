// How well HTTPS is done where the users arrive by it: port 80 beside it (SE-04), what browsers are told to remember (SE-05), old
// versions of TLS and certificates that nobody vouches for (SE-07). A line in plain text is SE-03 (plaintext.ts).
import { ANYONE, type Component, type Design } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawn, unsaid } from '../drawn.ts';
import type { Knowledge, Suspicion, Unknown } from '../finding.ts';
import { counted, partsInWords, sentence } from '../in-words.ts';
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

const placesOf = (parts: readonly Component[]) => parts.map(({ id }) => ({ type: 'component' as const, id }));

/** A port that no stranger gets through to is closed, whatever listens behind it. */
function port80(design: Design, ends: readonly Component[], knowledge: Knowledge): readonly Answer[] {
  const open = ends.filter((component) => {
    const host = wiringOf(design).host(component.hostId);
    return host !== undefined && reaches(ANYONE, { host, port: HTTP, component });
  });
  const serving = open.filter((part) => knowledge.states(part).port80 === 'content');
  return [
    ...(serving.length === 0
      ? []
      : [
          drawn({
            id: 'SE-04@design',
            severity: 'medium',
            title: 'Port 80 serves the site beside HTTPS',
            places: placesOf(serving),
            where: partsInWords(design, serving),
            evidence: `Port 80 answers with pages in plain text at ${serving.length} of ${counted(ends.length, 'end')} of HTTPS.`,
            fix: 'Redirect port 80 to HTTPS',
          }),
        ]),
    ...unsaid(design, 'SE-04', open, (part) =>
      knowledge.states(part).port80 === undefined ? ['what port 80 answers'] : [],
    ),
  ];
}

function hsts(design: Design, ends: readonly Component[], knowledge: Knowledge): readonly Answer[] {
  const secondsOf = (part: Component) => knowledge.states(part).hstsMaxAgeS ?? LEAST_HSTS_S;
  const short = ends.filter((part) => secondsOf(part) < LEAST_HSTS_S);
  const leastS = Math.min(...short.map(secondsOf));
  return [
    ...(short.length === 0
      ? []
      : [
          drawn({
            id: 'SE-05@design',
            severity: 'low',
            title: 'Browsers are not told to stay with HTTPS',
            places: placesOf(short),
            where: partsInWords(design, short),
            evidence: `Browsers remember to come by HTTPS for ${days(leastS)} of ${days(LEAST_HSTS_S)} days.`,
            fix: 'Send Strict-Transport-Security',
          }),
        ]),
    ...unsaid(design, 'SE-05', ends, (part) =>
      knowledge.states(part).hstsMaxAgeS === undefined ? ['whether it sends Strict-Transport-Security'] : [],
    ),
  ];
}

const days = (seconds: number): number => Math.floor(seconds / DAY_S);

function oldTls(design: Design, ends: readonly Component[], knowledge: Knowledge): readonly Answer[] {
  const certificateOf = (part: Component) => design.certificates.find(({ component }) => component === part.id);
  const old = ends.filter((part) => knowledge.states(part).isTlsOld === true);
  const selfSigned = ends.filter((part) => certificateOf(part)?.selfSigned === true);
  const weak = ends.filter((part) => old.includes(part) || selfSigned.includes(part));
  const of = `${counted(ends.length, 'end')} of HTTPS`;
  const [oldest] = old;
  return [
    ...(weak.length === 0
      ? []
      : [
          drawn({
            id: 'SE-07@design',
            severity: 'high',
            title: 'HTTPS that can be broken into',
            places: placesOf(weak),
            where: partsInWords(design, weak),
            evidence: sentence([
              oldest !== undefined && `${knowledge.states(oldest).oldestTls} is taken at ${old.length} of ${of}`,
              selfSigned.length > 0 && `the certificate is self-signed at ${selfSigned.length} of ${of}`,
            ]),
            fix: 'TLS 1.2 or newer, a certificate that browsers know',
          }),
        ]),
    ...unsaid(design, 'SE-07', ends, (part) => [
      ...(knowledge.states(part).isTlsOld === undefined ? ['which versions of TLS it takes'] : []),
      ...(certificateOf(part) === undefined ? ['which certificate it shows'] : []),
    ]),
  ];
}

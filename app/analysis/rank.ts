// The order of issues, and how many of them are shown at once: the lessons of the textbook and what is critical on top, the rest
// folded below, so that a reader is not buried. The first issue of the order is issue 1.
import type { Finding, Severity } from './finding.ts';

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What the classic design is there to teach: a single point of failure, an open site, nobody who watches. */
const LESSONS: ReadonlySet<string> = new Set([
  'AV-01',
  'AV-02',
  'AV-05',
  'AV-06',
  'AV-10',
  'AV-16',
  'SE-01',
  'SE-02',
  'SE-03',
  'SE-06',
  'MO-01',
]);

/** A list no longer than this is not folded. */
const SHORT_LIST = 6;

const isOnTop = ({ rule, severity }: Finding): boolean => severity === 'critical' || LESSONS.has(rule);

/** On top first, each half worst first; what is equally bad stays in its order. */
export function ranked(findings: readonly Finding[]): readonly Finding[] {
  const worstFirst = (list: readonly Finding[]) =>
    SEVERITIES.flatMap((severity) => list.filter((finding) => finding.severity === severity));
  return [...worstFirst(findings.filter(isOnTop)), ...worstFirst(findings.filter((finding) => !isOnTop(finding)))];
}

/** How many of these, which `ranked` has put in order, are shown before the rest is unfolded. */
export function shownAtOnce(findings: readonly Finding[]): number {
  if (findings.length <= SHORT_LIST) return findings.length;
  return Math.max(findings.filter(isOnTop).length, SHORT_LIST);
}

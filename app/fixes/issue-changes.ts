// What a fix does to the list of issues: which are gone, which are new, and which have become worse though their name stays. A fix
// that trades one weakness for another says so by this.
import type { Finding, Severity } from '../analysis/finding.ts';

/** From the mildest. */
export const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** An issue with its number in the list that it comes from. */
export interface Numbered {
  readonly number: number;
  readonly finding: Finding;
}

export interface IssueChanges {
  readonly cleared: readonly Numbered[];
  /** With the number that each will have. */
  readonly created: readonly Numbered[];
  readonly raised: readonly (Numbered & { readonly before: Severity })[];
  readonly staying: readonly Numbered[];
}

/** Both lists whole and in order; a finding keeps its id from one to the other. */
export function issueChanges(before: readonly Finding[], after: readonly Finding[]): IssueChanges {
  const numbered = (findings: readonly Finding[]): readonly Numbered[] =>
    findings.map((finding, index) => ({ number: index + 1, finding }));
  const [old, fresh] = [numbered(before), numbered(after)];
  const known = new Map(before.map((finding) => [finding.id, finding.severity]));
  const found = new Set(after.map(({ id }) => id));
  const rank = (severity: Severity) => SEVERITIES.indexOf(severity);
  return {
    cleared: old.filter(({ finding }) => !found.has(finding.id)),
    created: fresh.filter(({ finding }) => !known.has(finding.id)),
    raised: fresh.flatMap((one) => {
      const was = known.get(one.finding.id);
      return was !== undefined && rank(one.finding.severity) > rank(was) ? [{ ...one, before: was }] : [];
    }),
    staying: fresh.filter(({ finding }) => known.has(finding.id)),
  };
}

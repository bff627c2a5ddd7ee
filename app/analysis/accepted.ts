// Issues that somebody has looked at and taken on, with a reason: they are no longer counted among the issues, and are never
// forgotten either.
import type { AcceptedRisk } from '../design/design.ts';
import type { Finding } from './finding.ts';

export interface AcceptedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** Both lists keep their order. The same issue accepted twice has its last reason. */
export function splitAccepted(
  findings: readonly Finding[],
  accepted: readonly AcceptedRisk[],
): { readonly findings: readonly Finding[]; readonly accepted: readonly AcceptedFinding[] } {
  const reasons = new Map(accepted.map(({ finding, reason }) => [finding, reason]));
  return {
    findings: findings.filter(({ id }) => !reasons.has(id)),
    accepted: findings.flatMap((finding) => {
      const reason = reasons.get(finding.id);
      return reason === undefined ? [] : [{ finding, reason }];
    }),
  };
}

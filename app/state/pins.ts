// Findings as the diagram shows them: pins with their numbers, the ring of a single point of failure, and what has come true.
import type { Finding, FindingPlace } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import { type Missing, missingIn, type PinState } from '../drawing/scene-state.ts';
import type { FindingsState } from './app.ts';
import type { Truth } from './truth.ts';

type Dead = Pick<Truth, 'on' | 'isDead' | 'isHung' | 'isHostOff'>;

/** An issue comes true while an element that it speaks of is dead or stopped. */
export function hasComeTrue({ comesTrueWith, onlyAlone }: Finding, truth: Dead): boolean {
  if (onlyAlone) return comesTrueWith.some((id) => (truth.on(id, 'kill') ?? truth.on(id, 'hang')) !== undefined);
  return comesTrueWith.some((id) => truth.isDead(id) || truth.isHung(id) || truth.isHostOff(id));
}

/** The issues that are not folded away. */
export const openIssues = ({ findings, onTop, unfolded }: FindingsState): readonly Finding[] =>
  unfolded ? findings : findings.slice(0, onTop);

export const pinsOf = (findings: readonly Finding[], truth: Truth): readonly PinState[] =>
  findings.flatMap((finding, index) =>
    finding.places.slice(0, 1).map((place) => ({
      number: index + 1,
      severity: finding.severity,
      place,
      active: truth.faults.length > 0 && hasComeTrue(finding, truth),
    })),
  );

/** The ghosts of what is missing: drawn where an issue says so, and only then. */
export function missingOf(design: Design, findings: readonly Finding[]): Missing {
  const missing = missingIn(design);
  const isNamed = (type: FindingPlace['type']) =>
    findings.some((finding) => finding.places.some((place) => place.type === type));
  return {
    firewall: missing.firewall && isNamed('missing-firewall'),
    unmonitored: isNamed('missing-monitoring') ? missing.unmonitored : 0,
  };
}

const spofHosts = new WeakMap<readonly Finding[], readonly string[]>();

/**
 * Hosts that wear the ring: a finding sits on the host and comes true when the host, or a part of it, dies. Looked for once
 * for a list of findings, because every host asks.
 */
export function spofHostsOf(findings: readonly Finding[]): readonly string[] {
  const known = spofHosts.get(findings);
  if (known !== undefined) return known;
  const hosts = findings
    .filter((finding) => finding.severity === 'critical' && finding.comesTrueWith.length > 0)
    .flatMap(({ places }) => places.flatMap((place) => (place.type === 'host' ? [place.id] : [])));
  spofHosts.set(findings, hosts);
  return hosts;
}

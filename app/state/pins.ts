// Findings as the diagram shows them: pins with their numbers, the ring of a single point of failure, and what has come true.
import type { Finding, FindingPlace } from '../analysis/finding.ts';
import type { PinState } from '../drawing/scene-state.ts';
import type { Truth } from './truth.ts';

/** An issue comes true while the part that it speaks of is dead. */
export const hasComeTrue = (finding: Finding, truth: Pick<Truth, 'isDead' | 'isHostOff'>): boolean =>
  finding.comesTrueWith !== null && (truth.isDead(finding.comesTrueWith) || truth.isHostOff(finding.comesTrueWith));

export const pinsOf = (findings: readonly Finding[], truth: Truth): readonly PinState[] =>
  findings.flatMap((finding, index) =>
    finding.places.slice(0, 1).map((place) => ({
      number: index + 1,
      severity: finding.severity,
      place,
      active: hasComeTrue(finding, truth),
    })),
  );

/** Hosts that wear the ring: a finding sits on the host and comes true when the host, or a part of it, dies. */
export const spofHostsOf = (findings: readonly Finding[]): readonly string[] => {
  const isHost = (place: FindingPlace) => place.type === 'host';
  return findings
    .filter((finding) => finding.severity === 'critical' && finding.comesTrueWith !== null)
    .flatMap((finding) => finding.places.filter(isHost).map((place) => (place as { readonly id: string }).id));
};

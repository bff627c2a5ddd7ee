// Fills a picture up with beads that nobody sent, to measure what painting costs. Only with `?measure=300` in the address.
import { BEAD_KINDS, type BeadSet } from './bead-set.ts';
import type { Lanes } from './lanes.ts';

export type CrowdSize = number;

const LAP_US = 2_000_000;
/** Prime, so that neighbours differ. */
const STRIDE = 7_919;

/** The number in the address, or null: then nothing is measured. */
export function crowdSize(search: string): CrowdSize | null {
  const value = new URLSearchParams(search).get('measure');
  if (value === null) return null;
  return Math.min(20_000, Math.max(0, Number.parseInt(value, 10) || 0));
}

export function crowd(set: BeadSet, lanes: Lanes, size: CrowdSize, playheadUs: number): void {
  for (let n = 0; set.count < size && n < size * 8; n++) {
    const link = (n * STRIDE) % lanes.elements;
    if (lanes.paths[link] === null) continue;
    const phase = ((n * 0.618034) % 1) + (playheadUs % LAP_US) / LAP_US;
    set.add(n % BEAD_KINDS, link, phase % 1, n % 2 === 0 ? 1 : -1, n);
  }
}

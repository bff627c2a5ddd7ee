// How long a hop lasts on the screen. A hop of 0.25 ms cannot be seen: it is stretched, the request's next hop waits for it,
// and a whole request is stretched to at most 1.6 s on screen. Depends on trace, playhead and speed alone (look.md, 8).
import type { Micros } from '../../foundation/micros.ts';
import type { Lanes } from './lanes.ts';

const LEAST_HOP_ON_SCREEN_MS = 240;
const MOST_REQUEST_ON_SCREEN_MS = 1_600;
/** A frame looks at no more hops than this; above it, beads are stretched less. */
const MOST_HOPS_LOOKED_AT = 40_000;

/** In simulated time. */
export interface Stretch {
  readonly leastHopUs: Micros;
  /** A request that began longer ago than this is drawn at its true time. */
  readonly mostRequestUs: Micros;
  /** How far a frame must look back to see all that may still be drawn. */
  readonly lookBackUs: Micros;
  /** Some hop of this design is drawn slower than real. */
  readonly stretched: boolean;
}

/**
 * `exact`: the design's own timings can be followed at speed 1 and slower. `hopsPerS`: of simulated time, to bound the work.
 */
export function stretchOf(lanes: Lanes, speed: number, exact: boolean, hopsPerS: number): Stretch {
  if (exact && speed <= 1)
    return { leastHopUs: 0, mostRequestUs: 0, lookBackUs: lanes.longestUs * 2, stretched: false };
  const leastMs = Math.min(LEAST_HOP_ON_SCREEN_MS, MOST_REQUEST_ON_SCREEN_MS / lanes.hopsOfRequest);
  const wanted = MOST_REQUEST_ON_SCREEN_MS * 1_000 * speed;
  const affordable = hopsPerS > 0 ? ((MOST_HOPS_LOOKED_AT / hopsPerS) * 1_000_000) / 2 : wanted;
  const share = Math.min(1, affordable / wanted);
  const leastHopUs = leastMs * 1_000 * speed * share;
  const mostRequestUs = wanted * share;
  return {
    leastHopUs,
    mostRequestUs,
    lookBackUs: 2 * (mostRequestUs + lanes.longestUs),
    stretched: isShorter(lanes, leastHopUs),
  };
}

function isShorter(lanes: Lanes, leastHopUs: Micros): boolean {
  for (let element = 0; element < lanes.elements; element++) {
    if (lanes.paths[element] && (lanes.latencyUs[element] as number) < leastHopUs) return true;
  }
  return false;
}

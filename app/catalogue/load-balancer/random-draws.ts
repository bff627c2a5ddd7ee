// `balance random`: servers are drawn on the ring (hash-ring.ts), and of the draws the one with the fewest requests per weight
// is taken. If that one is full nobody is, and the request joins the backend's queue.
import { type Algorithm, type Loads, NO_SERVER } from './algorithm.ts';
import { type HashRing, ringOwner, setRingWeight, startRing } from './hash-ring.ts';

export interface RandomState {
  readonly ring: HashRing;
  /** Numbers for the next pick, drawn by the backend beforehand. */
  drawn: Float64Array;
}

function pick({ ring, drawn }: RandomState, avoid: number, { served, full }: Loads): number {
  let best = NO_SERVER;
  for (let draw = 0; draw < drawn.length; draw++) {
    const server = ringOwner(ring, drawn[draw] as number, avoid);
    if (server < 0) return NO_SERVER;
    if (best < 0 || best === server || !isBusier(ring, served, server, best)) best = server;
  }
  return best >= 0 && full[best] !== 0 ? NO_SERVER : best;
}

const isBusier = ({ weights }: HashRing, served: Int32Array, a: number, b: number): boolean =>
  (served[a] as number) * (weights[b] as number) > (served[b] as number) * (weights[a] as number);

export const randomDraws: Algorithm<RandomState> = {
  start: (weights) => ({ ring: startRing(weights), drawn: new Float64Array(0) }),
  setWeight: (state, server, weight) => setRingWeight(state.ring, server, weight),
  pick,
  peek: () => NO_SERVER,
};

/** The next state of HAProxy's generator, a 32-bit xorshift; the state is the number drawn. */
export function xorshift32(state: number): number {
  let x = state | 0;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  return x >>> 0;
}

// `balance leastconn`: the server with the fewest requests per weight (src/lb_fwlc.c). A server's key is found again when it
// takes or gives back a slot and when its weight changes; an idle server has key 0 whatever its weight.
import { type Algorithm, type Loads, MAX_EFFECTIVE, NO_SERVER } from './algorithm.ts';

export interface LeastConnectionsState {
  /** Effective weight of each server, 0 when it is not usable. */
  readonly weights: Int32Array;
  /** Order of the servers, then order of insertion. */
  readonly keys: Float64Array;
  readonly insertions: Float64Array;
  inserted: number;
}

function start(weights: Int32Array): LeastConnectionsState {
  return {
    weights: weights.slice(),
    keys: new Float64Array(weights.length),
    insertions: Float64Array.from(weights, (_, server) => server),
    inserted: weights.length,
  };
}

function keyOf(state: LeastConnectionsState, server: number, { served, queued }: Loads): number {
  const requests = (served[server] as number) + (queued[server] as number);
  if (requests === 0) return 0;
  return Math.floor(((requests + 1) * MAX_EFFECTIVE) / (state.weights[server] as number));
}

function insert(state: LeastConnectionsState, server: number, key: number): void {
  state.keys[server] = key;
  state.insertions[server] = state.inserted++;
}

/** Behind its equals, even when its key stays: HAProxy takes it out and puts it in. */
function setWeight(state: LeastConnectionsState, server: number, weight: number, loads: Loads): void {
  const before = state.weights[server] as number;
  state.weights[server] = weight;
  if (weight === 0 || weight === before) return;
  insert(state, server, keyOf(state, server, loads));
}

/** Behind its equals, if the key is another. */
function onLoad(state: LeastConnectionsState, server: number, loads: Loads): void {
  if (state.weights[server] === 0) return;
  const key = keyOf(state, server, loads);
  if (key !== state.keys[server]) insert(state, server, key);
}

/** The first that is neither full nor to be avoided; else the avoided one. */
function pick(state: LeastConnectionsState, avoid: number, { full }: Loads): number {
  const { weights, keys, insertions } = state;
  let first = NO_SERVER;
  let hasAvoided = false;
  for (let server = 0; server < weights.length; server++) {
    if (weights[server] === 0 || full[server] !== 0) continue;
    if (server === avoid) {
      hasAvoided = true;
      continue;
    }
    if (first >= 0) {
      const difference = (keys[server] as number) - (keys[first] as number);
      if (difference > 0) continue;
      if (difference === 0 && (insertions[server] as number) > (insertions[first] as number)) continue;
    }
    first = server;
  }
  return first < 0 && hasAvoided ? avoid : first;
}

const peek = (state: LeastConnectionsState, loads: Loads): number => pick(state, NO_SERVER, loads);

export const leastConnections: Algorithm<LeastConnectionsState> = { start, setWeight, pick, peek, onLoad };

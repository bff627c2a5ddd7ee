// `balance first`: the usable server that was declared first and is not full (src/lb_fas.c). Without `maxconn` it takes all.
import { type Algorithm, type Loads, NO_SERVER } from './algorithm.ts';

export interface FirstServerState {
  /** Effective weight of each server, 0 when it is not usable; more than that is not looked at. */
  readonly weights: Int32Array;
}

function pick({ weights }: FirstServerState, avoid: number, { full }: Loads): number {
  let avoided = NO_SERVER;
  for (let server = 0; server < weights.length; server++) {
    if (weights[server] === 0 || full[server] !== 0) continue;
    if (server !== avoid) return server;
    avoided = server;
  }
  return avoided;
}

export const firstServer: Algorithm<FirstServerState> = {
  start: (weights) => ({ weights: weights.slice() }),
  setWeight(state, server, weight) {
    state.weights[server] = weight;
  },
  pick,
  peek: (state, loads) => pick(state, NO_SERVER, loads),
};

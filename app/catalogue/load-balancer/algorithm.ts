// The contract of a balancing algorithm: who gets the next request. Servers are numbers in order of declaration, weights
// are HAProxy's effective weights in sixteenths. Each algorithm is data (its state) and the functions of this contract.

/** Sixteenths per unit of weight (`BE_WEIGHT_SCALE`). */
export const WEIGHT_SCALE = 16;
export const NO_SERVER = -1;

export interface Algorithm<State> {
  /** A fresh start with these effective weights; 0 is a server that cannot be used. */
  start(weights: Int32Array): State;
  /** A server becomes usable (from 0), unusable (to 0), or changes its effective weight while requests go on. */
  setWeight(state: State, server: number, weight: number): void;
  /**
   * The server of the next request, or NO_SERVER. `avoid` (or NO_SERVER) is taken only when there is no other; a server
   * with `full[server]` not 0 is not taken at all.
   */
  pick(state: State, avoid: number, full: Uint8Array | null): number;
  /** What `pick` would give now, avoiding nobody, without taking the turn. */
  peek(state: State): number;
}

// The contract of a balancing algorithm: who gets the next request. Servers are numbers in order of declaration, weights
// are HAProxy's effective weights in sixteenths. Each algorithm is data (its state) and the functions of this contract.

/** Sixteenths per unit of weight (`BE_WEIGHT_SCALE`). */
export const WEIGHT_SCALE = 16;
/** SRV_EWGHT_MAX: the largest effective weight, 256 * 16. */
export const MAX_EFFECTIVE = 4096;
export const NO_SERVER = -1;

/** How busy the servers are, as the backend counts it. */
export interface Loads {
  /** Requests that hold a slot of each server, and requests in its own queue. */
  readonly served: Int32Array;
  readonly queued: Int32Array;
  /** 1: the server takes no request from an algorithm now. */
  readonly full: Uint8Array;
}

export interface Algorithm<State> {
  /**
   * A fresh start with these effective weights; 0 is a server that cannot be used. `own` are those of all servers, usable
   * or not.
   */
  start(weights: Int32Array, own: Int32Array): State;
  /** A server becomes usable (from 0), unusable (to 0), or changes its effective weight while requests go on. */
  setWeight(state: State, server: number, weight: number, loads: Loads): void;
  /**
   * The server of the next request, or NO_SERVER. `avoid` (or NO_SERVER) is taken only when there is no other; a full
   * server is not taken, save by a hash, whose requests wait at their own server. `key` is what is hashed.
   */
  pick(state: State, avoid: number, loads: Loads, key: number): number;
  /** What `pick` would give now, avoiding nobody, without taking the turn; NO_SERVER where nobody can know. */
  peek(state: State, loads: Loads): number;
  /** A slot of a server was taken or given back. */
  onLoad?(state: State, server: number, loads: Loads): void;
}

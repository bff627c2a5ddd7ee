// `balance roundrobin`: HAProxy's weighted round robin on a moving window (src/lb_fwrr.c). Each server has a planned
// position in the turn; a heavy one comes again sooner. Three ordered sets hold the servers: those that wait for the
// turn's first visit (INIT), those with a position in it (CURR), and those put off to the next turn (NEXT).
import { type Algorithm, type Loads, MAX_EFFECTIVE, NO_SERVER, WEIGHT_SCALE } from './algorithm.ts';

const OUT = 0;
const CURR = 3;
/** SRV_UWGHT_RANGE: how positions are scaled in the order of CURR. */
const POSITION_SCALE = 256;

export interface RoundRobinState {
  /** Effective weight of each server, 0 when it is not usable. */
  readonly weights: Int32Array;
  /** Which set holds a server: OUT, 1 or 2 (one is INIT, the other NEXT: they swap), or CURR. */
  readonly places: Uint8Array;
  /** Order within a set, then order of insertion. */
  readonly keys: Float64Array;
  readonly insertions: Float64Array;
  readonly lastPositions: Float64Array;
  readonly nextPositions: Float64Array;
  readonly remainders: Float64Array;
  /** Servers laid aside during a pick, in order; scratch. */
  readonly aside: Int32Array;
  /** 1 or 2: the set that is INIT now. */
  init: number;
  /** Weight of this turn and of the next, and the position in this one. */
  turnWeight: number;
  nextWeight: number;
  position: number;
  inserted: number;
}

function start(weights: Int32Array): RoundRobinState {
  const servers = weights.length;
  const state: RoundRobinState = {
    weights: weights.slice(),
    places: new Uint8Array(servers),
    keys: new Float64Array(servers),
    insertions: new Float64Array(servers),
    lastPositions: new Float64Array(servers),
    nextPositions: new Float64Array(servers),
    remainders: new Float64Array(servers),
    aside: new Int32Array(servers),
    init: 1,
    turnWeight: 0,
    nextWeight: 0,
    position: 0,
    inserted: 0,
  };
  for (let server = 0; server < servers; server++) {
    const weight = weights[server] as number;
    if (weight === 0) continue;
    state.nextWeight += weight;
    insertByWeight(state, server, state.init);
  }
  state.turnWeight = state.nextWeight;
  state.position = state.nextWeight;
  return state;
}

function pick(state: RoundRobinState, avoid: number, { full }: Loads): number {
  if (state.turnWeight === 0) state.position = state.turnWeight = state.nextWeight;
  let asideCount = 0;
  let avoided = NO_SERVER;
  let hasSwapped = false;
  let chosen = NO_SERVER;
  for (;;) {
    const candidate = nextCandidate(state);
    if (candidate < 0) {
      if (hasSwapped) {
        chosen = avoided;
        break;
      }
      hasSwapped = true;
      swapTurns(state);
      continue;
    }
    advance(state, candidate);
    if (full[candidate] === 0) {
      if (candidate !== avoid) {
        chosen = candidate;
        break;
      }
      avoided = candidate;
    }
    state.aside[asideCount++] = candidate;
  }
  if (chosen >= 0) insertByPosition(state, chosen);
  for (let i = asideCount - 1; i >= 0; i--) {
    const server = state.aside[i] as number;
    if (server === chosen) continue;
    if (hasSwapped) insertByWeight(state, server, state.init);
    else insertByPosition(state, server);
  }
  return chosen;
}

/** First of CURR if its position has come; else the first of INIT; else the first of CURR although it lies ahead. */
function nextCandidate(state: RoundRobinState): number {
  const current = firstOf(state, CURR);
  if (current >= 0 && (state.nextPositions[current] as number) <= state.position) return current;
  const waiting = firstOf(state, state.init);
  if (waiting < 0) return current;
  state.nextPositions[waiting] = 0;
  state.remainders[waiting] = 0;
  return waiting;
}

function peek(state: RoundRobinState): number {
  const position = state.turnWeight === 0 ? state.nextWeight : state.position;
  const current = firstOf(state, CURR);
  if (current >= 0 && (state.nextPositions[current] as number) <= position) return current;
  const waiting = firstOf(state, state.init);
  if (waiting >= 0) return waiting;
  return current >= 0 ? current : firstOf(state, 3 - state.init);
}

function firstOf({ places, keys, insertions }: RoundRobinState, place: number): number {
  let first = NO_SERVER;
  for (let server = 0; server < places.length; server++) {
    if (places[server] !== place) continue;
    const difference = first < 0 ? -1 : (keys[server] as number) - (keys[first] as number);
    if (difference < 0 || (difference === 0 && (insertions[server] as number) < (insertions[first] as number)))
      first = server;
  }
  return first;
}

/** The turn is over: those put off come first, with the weights as they are by now. */
function swapTurns(state: RoundRobinState): void {
  state.init = 3 - state.init;
  state.turnWeight = state.nextWeight;
  state.position = state.turnWeight;
}

/** Plans the next position of a server that is looked at, and takes it out of its set. */
function advance(state: RoundRobinState, server: number): void {
  const weight = state.weights[server] as number;
  const next = (state.nextPositions[server] as number) || state.position;
  const step = Math.floor(state.nextWeight / weight);
  const remainder = (state.remainders[server] as number) + (state.nextWeight - step * weight);
  const carry = remainder >= weight ? 1 : 0;
  state.lastPositions[server] = next;
  state.nextPositions[server] = next + step + carry;
  state.remainders[server] = remainder - carry * weight;
  state.places[server] = OUT;
  state.position++;
}

function insertByWeight(state: RoundRobinState, server: number, place: number): void {
  state.places[server] = place;
  state.keys[server] = MAX_EFFECTIVE - (state.weights[server] as number);
  state.insertions[server] = state.inserted++;
}

/** Into CURR at its next position, or into NEXT when that lies beyond the turn. */
function insertByPosition(state: RoundRobinState, server: number): void {
  const next = state.nextPositions[server] as number;
  if (next >= 2 * state.turnWeight || next >= state.turnWeight + state.nextWeight) {
    state.nextPositions[server] = next - state.turnWeight;
    insertByWeight(state, server, 3 - state.init);
    return;
  }
  const offset = MAX_EFFECTIVE + (state.remainders[server] as number) - (state.weights[server] as number);
  state.places[server] = CURR;
  state.keys[server] = POSITION_SCALE * next + Math.floor(offset / WEIGHT_SCALE);
  state.insertions[server] = state.inserted++;
}

function setWeight(state: RoundRobinState, server: number, weight: number): void {
  const before = state.weights[server] as number;
  if (before === weight) return;
  state.weights[server] = weight;
  state.nextWeight += weight - before;
  if (weight === 0) state.places[server] = OUT;
  else if (before === 0) enter(state, server);
  else reweigh(state, server);
}

/** A server that becomes usable enters about one turn later, not at once. */
function enter(state: RoundRobinState, server: number): void {
  const ahead = (state.nextWeight + state.turnWeight - state.position) / (state.weights[server] as number);
  state.nextPositions[server] = state.position + Math.floor(ahead);
  insertByPosition(state, server);
}

function reweigh(state: RoundRobinState, server: number): void {
  if (state.places[server] === state.init) {
    insertByWeight(state, server, state.init);
    return;
  }
  const isPutOff = state.places[server] !== CURR;
  const planned = (state.nextPositions[server] as number) + (isPutOff ? state.turnWeight : 0);
  const step = Math.floor(state.nextWeight / (state.weights[server] as number));
  let next = Math.min((state.lastPositions[server] as number) + step, planned);
  if (next < state.position + 2) next = state.position + step;
  state.nextPositions[server] = next;
  state.remainders[server] = 0;
  insertByPosition(state, server);
}

export const roundRobin: Algorithm<RoundRobinState> = { start, setWeight, pick, peek };

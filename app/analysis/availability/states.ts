// The sets of parts that are down together, each asked about once: what is served then, which parts are to blame for what is not,
// and which state a failure or a repair leads to.
import type { Service, System } from './system.ts';

export interface SystemState {
  /** Parts by index, ascending. */
  readonly down: readonly number[];
  readonly service: Service;
  /** Everything is served. */
  readonly isWhole: boolean;
  /** By class: parts that share what is lost of it. Empty where all is served. */
  readonly blame: readonly (readonly number[])[];
  /** Parts that are to blame for anything. */
  readonly felt: readonly number[];
}

interface Known extends SystemState {
  /** By part: the state with it down as well, or without it. */
  readonly ways: Map<number, Known>;
}

export class StateMemory {
  /** Nothing is down. */
  readonly start: SystemState;
  private readonly system: System;
  private readonly known = new Map<string, Known>();

  constructor(system: System) {
    this.system = system;
    this.start = this.at([]);
  }

  /** How many sets were met. */
  get size(): number {
    return this.known.size;
  }

  with(state: SystemState, part: number): SystemState {
    const { ways } = state as Known;
    const found = ways.get(part) ?? this.at([...state.down, part].sort((one, other) => one - other));
    ways.set(part, found);
    return found;
  }

  without(state: SystemState, part: number): SystemState {
    const { ways } = state as Known;
    const found = ways.get(part) ?? this.at(state.down.filter((one) => one !== part));
    ways.set(part, found);
    return found;
  }

  private at(down: readonly number[]): Known {
    const key = down.join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const service = this.system.service(down);
    const blame = service.served.map((share, ofClass) => (share < 1 ? this.toBlame(down, ofClass, share) : []));
    const felt = [...new Set(blame.flat())];
    const state: Known = { down, service, isWhole: felt.length === 0, blame, felt, ways: new Map() };
    this.known.set(key, state);
    return state;
  }

  /** Those whose repair alone would better it; where none would, those that cost something alone; else all of them. */
  private toBlame(down: readonly number[], ofClass: number, share: number): readonly number[] {
    if (down.length <= 1) return down;
    const servedWith = (parts: readonly number[]) => this.system.service(parts).served[ofClass] as number;
    const betters = down.filter((part) => servedWith(down.filter((one) => one !== part)) > share);
    if (betters.length > 0) return betters;
    const alone = down.filter((part) => servedWith([part]) < 1);
    return alone.length > 0 ? alone : down;
  }
}

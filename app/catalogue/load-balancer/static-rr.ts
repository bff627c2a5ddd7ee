// `balance static-rr`: a walk around a fixed table of slots (slot-table.ts). Weights cannot change while it runs; a server
// that leaves or returns changes the table, and the walk goes on where it was.
import { type Algorithm, type Loads, NO_SERVER } from './algorithm.ts';
import { type SlotTable, setSlotWeight, startSlots } from './slot-table.ts';

export interface StaticRoundRobinState {
  readonly table: SlotTable;
  /** The next slot. */
  index: number;
}

const start = (weights: Int32Array, own: Int32Array): StaticRoundRobinState => ({
  table: startSlots(weights, own),
  index: 0,
});

function pick(state: StaticRoundRobinState, avoid: number, { full }: Loads): number {
  const { slots } = state.table;
  if (slots.length === 0) return NO_SERVER;
  if (state.index >= slots.length) state.index = 0;
  const first = state.index;
  let avoidedIndex = -1;
  for (let step = 0; step < slots.length; step++) {
    const index = (first + step) % slots.length;
    const server = slots[index] as number;
    if (full[server] !== 0) continue;
    if (server !== avoid) {
      state.index = index + 1;
      return server;
    }
    avoidedIndex = index;
  }
  if (avoidedIndex < 0) return NO_SERVER;
  state.index = avoidedIndex + 1;
  return avoid;
}

function peek(state: StaticRoundRobinState, { full }: Loads): number {
  const { slots } = state.table;
  for (let step = 0; step < slots.length; step++) {
    const server = slots[((state.index < slots.length ? state.index : 0) + step) % slots.length] as number;
    if (full[server] === 0) return server;
  }
  return NO_SERVER;
}

export const staticRoundRobin: Algorithm<StaticRoundRobinState> = {
  start,
  setWeight: (state, server, weight) => setSlotWeight(state.table, server, weight),
  pick,
  peek,
};

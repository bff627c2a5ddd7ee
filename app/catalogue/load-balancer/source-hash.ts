// `balance source`: the client's address decides, by a table of slots (map-based, the default) or by a ring (consistent). A
// full server is taken all the same: its requests wait in its own queue.
import { type Algorithm, NO_SERVER } from './algorithm.ts';
import { type HashRing, ringOwner, setRingWeight, startRing } from './hash-ring.ts';
import { type SlotTable, setSlotWeight, startSlots } from './slot-table.ts';

/** `key` is the address as an unsigned 32-bit number, mixed if the settings say so; with one server it is not looked at. */
export const sourceMap: Algorithm<SlotTable> = {
  start: startSlots,
  setWeight: (table, server, weight) => setSlotWeight(table, server, weight),
  pick: ({ slots, usable }, _avoid, _loads, key) =>
    slots.length === 0 ? NO_SERVER : (slots[usable === 1 ? 0 : key % slots.length] as number),
  peek: () => NO_SERVER,
};

export const sourceRing: Algorithm<HashRing> = {
  start: startRing,
  setWeight: (ring, server, weight) => setRingWeight(ring, server, weight),
  pick: (ring, avoid, _loads, key) => ringOwner(ring, ring.usable === 1 ? 0 : key, avoid),
  peek: () => NO_SERVER,
};

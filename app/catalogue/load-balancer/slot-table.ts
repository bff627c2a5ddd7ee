// The table of slots behind `static-rr` and the map-based hash (src/lb_map.c): every usable server has as many slots as its
// reduced weight, spread evenly. Built again when the set of usable servers changes.
import { NO_SERVER } from './algorithm.ts';

export interface SlotTable {
  /** Weight of each server, 0 when it is not usable. */
  readonly weights: Int32Array;
  /** Common divisor of the weights at the start: reduced weights make a short table. */
  readonly divisor: number;
  /** Score of each server while the table is built. */
  readonly scores: Int32Array;
  /** Server of each slot. */
  slots: Int32Array;
  usable: number;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** `divided`: the weights over which the divisor is taken, those of servers that cannot be used now included. */
export function startSlots(weights: Int32Array, divided: Int32Array): SlotTable {
  const table: SlotTable = {
    weights: weights.slice(),
    divisor: Math.max(1, divided.reduce(greatestCommonDivisor, 0)),
    scores: new Int32Array(weights.length),
    slots: new Int32Array(0),
    usable: 0,
  };
  fillSlots(table);
  return table;
}

export function setSlotWeight(table: SlotTable, server: number, weight: number): void {
  if (table.weights[server] === weight) return;
  table.weights[server] = weight;
  fillSlots(table);
}

function fillSlots(table: SlotTable): void {
  const { weights, scores, divisor } = table;
  let total = 0;
  table.usable = 0;
  for (const weight of weights) {
    total += Math.ceil(weight / divisor);
    if (weight > 0) table.usable++;
  }
  scores.fill(0);
  table.slots = new Int32Array(total);
  for (let slot = 0; slot < total; slot++) {
    let best = NO_SERVER;
    let most = 0;
    for (let server = 0; server < weights.length; server++) {
      const weight = Math.ceil((weights[server] as number) / divisor);
      if (weight === 0) continue;
      const score = (scores[server] as number) + weight;
      scores[server] = score;
      const value = Math.floor((score + total) / total);
      if (best >= 0 && value <= most) continue;
      most = value;
      best = server;
    }
    table.slots[slot] = best;
    scores[best] = (scores[best] as number) - total;
  }
}

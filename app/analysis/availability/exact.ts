// How often the requests of a class find no way, exactly: parts are independent, and what has no way is monotone in what is down. One
// way is proof against everything that it does not need, so only its suspects are taken down, one after the other, with those
// before up. H. Dotson, J. Gobien, "A new analysis technique for probabilistic graphs", IEEE Trans. Circuits and Systems 26
// (1979). Likely sets come first; what is left when it stops bounds the error.
import type { Wish } from '../denied.ts';
import type { LastingFault } from '../fault-measure.ts';
import type { Ways } from '../ways.ts';

export interface Denial {
  /** Chance that no way is left, at least and at most. */
  readonly least: number;
  readonly most: number;
}

export interface DenialQuestion {
  readonly ways: Ways;
  readonly wish: Wish;
  readonly faults: readonly LastingFault[];
  /** Of each fault: the share of the time that it is on. */
  readonly downShare: readonly number[];
  /** Known to be down, and known to be up, by index. */
  readonly down?: readonly number[];
  readonly up?: readonly number[];
  /** What a set that leaves no way counts for; 1 without it. */
  weigh?(down: readonly number[]): number;
}

/** So many sets of parts at most, and so small a rest of what was found is let go. */
const MOST_SETS = 20_000;
const REST = 0.002;
const NEGLIGIBLE = 1e-9;

interface Waiting {
  readonly chance: number;
  readonly down: readonly number[];
  readonly up: Uint8Array;
}

/** Given what is known to be down and up. */
export function denialOf({ ways, wish, faults, downShare, down = [], up = [], weigh }: DenialQuestion): Denial {
  const start = new Uint8Array(faults.length);
  for (const index of up) start[index] = 1;
  const waiting = new MostLikelyFirst();
  waiting.push({ chance: 1, down, up: start });
  let [least, rest, sets] = [0, 1, 0];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (sets++ >= MOST_SETS || rest < Math.max(NEGLIGIBLE, REST * least)) break;
    rest -= one.chance;
    const lost = one.down.map((index) => faults[index] as LastingFault);
    if (ways.way(wish, lost) === null) {
      least += one.chance * (weigh?.(one.down) ?? 1);
      continue;
    }
    const isSuspect = ways.suspects(wish, lost);
    let before = one.chance;
    const known = one.up.slice();
    for (let index = 0; index < faults.length; index++) {
      const share = downShare[index] as number;
      if (share === 0 || known[index] === 1 || one.down.includes(index)) continue;
      if (!isSuspect((faults[index] as LastingFault).target)) continue;
      waiting.push({ chance: before * share, down: inserted(one.down, index), up: known.slice() });
      rest += before * share;
      before *= 1 - share;
      known[index] = 1;
    }
  }
  return { least, most: least + Math.max(0, rest) };
}

/** In ascending order, so that a set is asked about once. */
function inserted(list: readonly number[], index: number): readonly number[] {
  const at = list.findIndex((one) => one > index);
  return at < 0 ? [...list, index] : [...list.slice(0, at), index, ...list.slice(at)];
}

/** A heap by chance. */
class MostLikelyFirst {
  private readonly heap: Waiting[] = [];

  push(one: Waiting): void {
    const { heap } = this;
    let at = heap.push(one) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as Waiting).chance >= one.chance) break;
      heap[at] = heap[above] as Waiting;
      at = above;
    }
    heap[at] = one;
  }

  pop(): Waiting | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      const other = heap[below + 1];
      if (other !== undefined && other.chance > (heap[below] as Waiting).chance) below++;
      if ((heap[below] as Waiting).chance <= last.chance) break;
      heap[at] = heap[below] as Waiting;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

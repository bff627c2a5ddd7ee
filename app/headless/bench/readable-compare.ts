// Compare: whether two designs meet the same requests at the same microseconds, whatever is done to them.
import { behaviours } from '../../catalogue/kinds.ts';
import type { Design } from '../../design/design.ts';
import { BUILT_IN_IDS, builtInDesign } from '../../designs/built-in.ts';
import { DIGEST_WORDS, digestText, mixDigest } from '../../foundation/digest.ts';
import type { Command } from '../../simulation/command.ts';
import { Purpose } from '../../simulation/message.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { type Measure, none, stated } from './measure.ts';

const SECONDS = 120;

export const sameArrivals: Measure = async () => {
  let [pairs, different, requests] = [0, 0, 0];
  for (const timings of ['classroom', 'realistic'] as const) {
    const all = BUILT_IN_IDS.map((id) => arrivalsOf(builtInDesign(id, timings)));
    for (const [at, one] of all.entries()) {
      requests += one.count;
      for (const other of all.slice(at + 1)) {
        pairs++;
        if (one.digest !== other.digest) different++;
      }
    }
  }
  return [
    none(`pairs of designs with other arrivals, of ${pairs}`, different, 'pairs'),
    stated(`  requests that came in ${SECONDS} s each`, requests, 'requests'),
  ];
};

/** Who comes when and asks for what, while everything dies that can. */
function arrivalsOf(design: Design): { readonly digest: string; readonly count: number } {
  const commands: readonly Command[] = design.hosts.map(({ id }, at) => ({
    atUs: (10 + 7 * at) * 1_000_000,
    type: 'kill',
    target: id,
  }));
  const timeline = new Timeline({ design, seed: 7, commands }, behaviours, structuredClone);
  const digest = new Int32Array(DIGEST_WORDS);
  let count = 0;
  for (let second = 0; second < SECONDS; second++) {
    const { atUs, purpose } = timeline.chunk(second).starts;
    for (let row = 0; row < atUs.length; row++) {
      if (purpose[row] === Purpose.Flood) continue;
      mixDigest(digest, atUs[row] as number, purpose[row] as number, count++);
    }
  }
  return { digest: digestText(digest), count };
}

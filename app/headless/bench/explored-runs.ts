// Random runs with every fault, by number, tried under all checkers: the same in Node and in a worker of a browser.
import { behaviours } from '../../catalogue/kinds.ts';
import { loadBalancerSchema } from '../../catalogue/load-balancer/config.ts';
import { randomDataRun } from '../../designs/random-data-run.ts';
import { randomRun } from '../../designs/random-run.ts';
import { tryRun } from '../../timeline/try-run.ts';

const SECONDS = 20;
const choices = { balances: loadBalancerSchema.entries.balance.options };

export interface ExploredDigest {
  readonly digest: string;
  /** What a checker or a replay found, or null. */
  readonly wrong: string | null;
}

/** From this number on the runs are drawn around their databases: crashes, promotions, partitions, semi-synchronous commits. */
export const DATA_RUNS_FROM = 100_000;

export function exploredRun(index: number): ExploredDigest {
  const draw = index >= DATA_RUNS_FROM ? randomDataRun : randomRun;
  const { digest, wrong } = tryRun(draw(index, SECONDS, choices), SECONDS, behaviours, structuredClone);
  return { digest, wrong: wrong?.text ?? null };
}

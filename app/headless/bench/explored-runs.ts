// Random runs with every fault, by number, tried under all checkers: the same in Node and in a worker of a browser.
import { behaviours } from '../../catalogue/kinds.ts';
import { loadBalancerSchema } from '../../catalogue/load-balancer/config.ts';
import { randomRun } from '../../designs/random-run.ts';
import { tryRun } from '../../timeline/try-run.ts';

const SECONDS = 20;
const choices = { balances: loadBalancerSchema.entries.balance.options };

export interface ExploredDigest {
  readonly digest: string;
  /** What a checker or a replay found, or null. */
  readonly wrong: string | null;
}

export function exploredRun(index: number): ExploredDigest {
  const { digest, wrong } = tryRun(randomRun(index, SECONDS, choices), SECONDS, behaviours, structuredClone);
  return { digest, wrong: wrong?.text ?? null };
}

// The site at half as much again as it can do: where requests wait, and who refuses them.
import { USERS } from '../design/design.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Evidence } from './finding.ts';
import { partLoads } from './load-reading.ts';
import { calmRun, type WatchedRun } from './shared-runs.ts';

const TOO_MUCH = 1.5;
/** As long as so many requests take to come, within these seconds. */
const REQUESTS = 2_000;
const LEAST_S = 3;
const MOST_S = 20;

export interface Overload extends WatchedRun {
  readonly rateRps: number;
}

/** Null where nothing that computes was busy at the stated load, so that nobody can say how much is too much. */
export function overloadRun(evidence: Evidence): Overload | null {
  const { design, knowledge, measure } = evidence;
  const calm = calmRun(evidence);
  const loads = partLoads(calm.run, calm.fromUs, calm.toUs);
  const computing = design.components.filter((part) => knowledge.role(part) === 'computes');
  const busiest = Math.max(0, ...computing.map(({ id }) => loads.get(id)?.share ?? 0));
  if (busiest === 0) return null;
  const rateRps = Math.ceil((design.traffic.rateRps / busiest) * TOO_MUCH);
  const toUs = Math.max(LEAST_S, Math.min(MOST_S, Math.ceil(REQUESTS / rateRps))) * SECOND;
  const patch = { type: 'reconfigure', atUs: 0, target: USERS, patch: { rateRps } } as const;
  return { run: measure(design, [patch], toUs), rateRps, fromUs: 0, toUs };
}

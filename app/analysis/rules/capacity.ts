// Cannot grow past one server: where a single component computes every answer, the load is raised until the queue in front
// of it never empties again.
import { type Component, type Design, USERS } from '../../design/design.ts';
import { SECOND } from '../../foundation/micros.ts';
import { Field } from '../../simulation/trace.ts';
import type { Evidence, Knowledge, RunMeasure, Suspicion, Unknown } from '../finding.ts';
import { partLoads } from '../load-reading.ts';
import { elementOf, fieldValues } from '../reading.ts';
import { calmRun } from '../shared-runs.ts';
import { designUnsaid, LOAD } from '../suspect.ts';

const MOST_RUN_S = 120;
const LEAST_RUN_S = 18;
const REQUESTS = 1_500;
/** The load is raised and lowered by this factor, and raised so often at most. */
const STEP = 1.25;
const MOST_STEPS = 40;

/** AV-05: only one component computes answers. */
export function capacityRule(design: Design, knowledge: Knowledge): readonly (Suspicion | Unknown)[] {
  const computing = design.components.filter((component) => knowledge.role(component) === 'computes');
  const [only] = computing;
  if (only === undefined || computing.length > 1) return [];
  if (design.traffic.arrivals.type === 'list') return designUnsaid('AV-05', LOAD);
  const host = design.hosts.find((candidate) => candidate.id === only.hostId);
  const finding = {
    id: `AV-05@${only.id}`,
    rule: 'AV-05',
    severity: 'high',
    title: 'Cannot grow past one server',
    places: [{ type: 'component', id: only.id }],
    where: host?.name ?? only.name,
    evidence: null,
    fix: 'Second server, load balancer in front',
    comesTrueWith: [],
  } as const;
  return [
    {
      finding,
      prove: (evidence) => {
        const rateRps = breakingRate(only, evidence);
        if (rateRps === null) return null;
        return { ...finding, evidence: `At ${rateRps} requests a second the queue never empties.` };
      },
    },
  ];
}

/** The lowest whole rate at which the queue never empties, or null when it always does. Above 100 within 2 percent. */
function breakingRate(component: Component, evidence: Evidence): number | null {
  const { design, measure } = evidence;
  const overloads = (rateRps: number) => {
    const patch = { atUs: 0, type: 'reconfigure', target: USERS, patch: { rateRps } } as const;
    return queueNeverEmpties(measure(design, [patch], runS(rateRps) * SECOND), component);
  };
  let high = expectedRate(component, evidence);
  let low = high;
  for (let step = 0; !overloads(high); step++) {
    if (step === MOST_STEPS) return null;
    low = high;
    high = Math.ceil(high * STEP) + 1;
  }
  while (low === high || (low > 0 && overloads(low))) {
    high = low;
    low = Math.floor(low / STEP);
  }
  while (high - low > Math.max(1, Math.floor(high / 50))) {
    const middle = Math.floor((low + high) / 2);
    if (overloads(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** At which it would be busy all the time, going by how busy it is at the stated load. */
function expectedRate({ id }: Component, evidence: Evidence): number {
  const { run, fromUs, toUs } = calmRun(evidence);
  const share = partLoads(run, fromUs, toUs).get(id)?.share ?? 0;
  const { rateRps } = evidence.design.traffic;
  return Math.max(1, Math.ceil(share > 0 ? rateRps / share : rateRps));
}

/** As long as it takes for chance to even out: so many requests, and some seconds at least. */
const runS = (rateRps: number): number => Math.max(LEAST_RUN_S, Math.min(MOST_RUN_S, Math.ceil(REQUESTS / rateRps)));

/** In the last two thirds of the run somebody always waits. A queue that a full backlog stops growing counts as well. */
function queueNeverEmpties(run: RunMeasure, component: Component): boolean {
  const queue = fieldValues(run, elementOf(run.design, component.id), Field.Queue, run.untilUs / 3, run.untilUs);
  return queue.every((change) => change.value > 0);
}

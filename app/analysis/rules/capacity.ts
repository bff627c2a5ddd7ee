// Cannot grow past one server: where a single component computes every answer, the load is raised until the queue in front
// of it never empties again.
import { type Component, type Design, USERS } from '../../design/design.ts';
import { SECOND } from '../../foundation/micros.ts';
import { Field } from '../../simulation/trace.ts';
import type { Evidence, Knowledge, RunMeasure, Suspicion } from '../finding.ts';
import { elementOf, fieldValues } from '../reading.ts';

const RUN_S = 120;
/** The load is doubled this often at most. */
const DOUBLINGS = 10;

/** AV-05: only one component computes answers. */
export function capacityRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const computing = design.components.filter((component) => knowledge.role(component) === 'computes');
  const [only] = computing;
  if (only === undefined || computing.length > 1 || design.traffic.arrivals.type === 'list') return [];
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
function breakingRate(component: Component, { design, measure }: Evidence): number | null {
  const overloads = (rateRps: number) => {
    const patch = { atUs: 0, type: 'reconfigure', target: USERS, patch: { rateRps } } as const;
    return queueNeverEmpties(measure(design, [patch], RUN_S * SECOND), component);
  };
  let high = Math.max(1, Math.ceil(design.traffic.rateRps));
  let low = 0;
  for (let doubling = 0; !overloads(high); doubling++) {
    if (doubling === DOUBLINGS) return null;
    low = high;
    high *= 2;
  }
  while (high - low > Math.max(1, Math.floor(high / 50))) {
    const middle = Math.floor((low + high) / 2);
    if (overloads(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** In the last two thirds of the run somebody always waits. A queue that a full backlog stops growing counts as well. */
function queueNeverEmpties(run: RunMeasure, component: Component): boolean {
  const queue = fieldValues(run, elementOf(run.design, component.id), Field.Queue, run.untilUs / 3, run.untilUs);
  return queue.every((change) => change.value > 0);
}

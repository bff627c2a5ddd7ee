// What a balancer's health checks do not ask, notice late, or take too seriously.

import { detection } from '../../analysis/detection.ts';
import { drawn } from '../../analysis/drawn.ts';
import type { Evidence, FindingRule } from '../../analysis/finding.ts';
import { elementOf, fieldValues, requestsBetween, requestsOnLinks } from '../../analysis/reading.ts';
import { faultyRun } from '../../analysis/shared-runs.ts';
import { designUnsaid, suspect } from '../../analysis/suspect.ts';
import type { Design } from '../../design/design.ts';
import { fallsWith } from '../../design/graph.ts';
import { formatDuration, fromMs, type Micros } from '../../foundation/micros.ts';
import { Belief, BeliefState } from '../../simulation/trace.ts';
import { checkTimes } from './check-times.ts';
import { atChecks, lossOf, type ServerLine, serverLines, serverNames } from './server-lines.ts';

/** AV-09: the balancer never asks whether a server is there. */
export const uncheckedRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(({ server }) => server.check === null && server.weight > 0);
  const [first] = lines;
  if (first === undefined) return [];
  return [
    suspect(
      {
        id: 'AV-09@design',
        severity: 'high',
        title: 'Nobody asks whether a server is there',
        places: atChecks(lines),
        where: serverNames(lines),
        fix: 'A health check for each server',
        comesTrueWith: lines.flatMap(({ target }) => [target.hostId, target.id]),
      },
      (evidence) => {
        const { run, fromUs, toUs } = faultyRun(evidence, 'kill', lossOf(first));
        const asked = requestsOnLinks(run, [first.server.link]);
        const all = requestsBetween(run, fromUs, toUs);
        const sent = all.filter((request) => asked.has(request)).length;
        const { name } = first.server;
        return sent === 0
          ? null
          : `Killed ${name}: ${first.balancer.name} still sent it ${sent} of ${all.length} requests.`;
      },
    ),
  ];
};

/** AV-11: a dead server may go unnoticed for longer than was promised. */
export const slowDetectionRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(({ server }) => server.check !== null);
  if (lines.length === 0) return [];
  const { detectMs } = design.objectives;
  if (detectMs === undefined) return designUnsaid('AV-11', 'how long a dead server may go unnoticed');
  const late = lines.filter((line) => worstUs(line, design) > fromMs(detectMs));
  const [first] = late;
  if (first === undefined) return [];
  const worst = formatDuration(worstUs(first, design));
  const allowed = formatDuration(fromMs(detectMs));
  return [
    suspect(
      {
        id: 'AV-11@design',
        severity: 'medium',
        title: 'A dead server goes unnoticed too long',
        places: atChecks(late),
        where: serverNames(late),
        fix: 'A shorter inter or fastinter, or a lower fall',
        comesTrueWith: late.map(({ target }) => target.hostId),
      },
      (evidence) => {
        const tookUs = detectionUs(first, evidence);
        const took = tookUs === null ? 'not at all' : `after ${formatDuration(tookUs)}`;
        return `Killed ${first.server.name}: noticed ${took}, at worst after ${worst}, and ${allowed} are promised.`;
      },
    ),
  ];
};

/** The longest that the settings allow, when the host of the server is gone and nothing answers. */
function worstUs({ server, config, target }: ServerLine, design: Design): Micros {
  const gone = { elements: fallsWith(design, target.hostId), how: 'unreachable', forUs: null } as const;
  const { detect } = detection(design, gone, checkTimes(server, config));
  return typeof detect === 'string' ? 0 : detect[1];
}

function detectionUs(line: ServerLine, evidence: Evidence): Micros | null {
  const { run, fromUs, toUs } = faultyRun(evidence, 'kill', lossOf(line));
  const beliefs = fieldValues(run, elementOf(run.design, line.server.link), Belief.State, fromUs, toUs);
  const down = beliefs.find((belief) => belief.value === BeliefState.Down);
  return down === undefined ? null : down.atUs - fromUs;
}

/** AV-12: one check decides, so one lost packet does. */
export const flappingRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(
    ({ server: { check } }) => check?.fall === 1 || check?.rise === 1,
  );
  const [first] = lines;
  if (first === undefined) return [];
  const { name, check } = first.server;
  const falls = check?.fall === 1 ? `1 missed check marks ${name} DOWN` : '';
  const rises = check?.rise === 1 ? `1 good check marks ${name} UP` : '';
  const words = [falls, rises].filter((one) => one !== '').join(', ');
  return [
    drawn({
      id: 'AV-12@design',
      severity: 'low',
      title: 'One check decides about a server',
      places: atChecks(lines),
      where: serverNames(lines),
      evidence: `${words}.`,
      fix: 'The defaults: fall 3, rise 2',
    }),
  ];
};

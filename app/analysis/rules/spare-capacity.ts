// Whether the servers that are left can do the work of one that is gone: taken out of the balancer's rotation at the stated load.

import type { Component, Design } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import { SECOND } from '../../foundation/micros.ts';
import { computingBehind } from '../behind.ts';
import type { Evidence, FindingRule, Knowledge } from '../finding.ts';
import { partLoads } from '../load-reading.ts';
import { calmRun } from '../shared-runs.ts';
import { atParts, designUnsaid, hasRate, hostName, LOAD, partOnHost, suspectUnseen } from '../suspect.ts';

/** The balancer has noticed by then, and what it had not is worked off. */
const FROM_US = 20 * SECOND;
const UNTIL_US = 65 * SECOND;
/** From here on the line grows for good, but for luck. */
const FULL = 0.97;

/** AV-15: N - 1 servers are too few. */
export const spareCapacityRule: FindingRule = (design, knowledge) => {
  const computing = design.components.filter((part) => knowledge.role(part) === 'computes');
  if (computing.length < 2 || losable(design, knowledge).length < 2) return [];
  if (!hasRate(design)) return designUnsaid('AV-15', LOAD);
  return [
    suspectUnseen(
      {
        id: 'AV-15@design',
        severity: 'high',
        title: 'One server less is too few',
        ...atParts(computing, design),
        fix: 'One more server, or more workers',
      },
      (evidence) => {
        const lost = busiest(evidence);
        if (lost === undefined) return null;
        const kill = { type: 'kill', atUs: 0, target: lost.id } as const;
        const loads = partLoads(evidence.measure(design, [kill], UNTIL_US), FROM_US, UNTIL_US);
        const full = computing.find(({ id }) => (loads.get(id)?.share ?? 0) >= FULL);
        const load = loads.get(full?.id ?? '');
        if (full === undefined || load === undefined) return null;
        const percent = Math.round(load.share * 100);
        const who = partOnHost(full, design, knowledge);
        const gone = hostName(lost, design);
        return {
          evidence: `Without ${gone}: ${who} was busy ${percent} % of the time, up to ${load.mostQueued} waited.`,
          comesTrueWith: [lost.id],
        };
      },
    ),
  ];
};

/** Components that balancers send requests to. */
const losable = (design: Design, knowledge: Knowledge): readonly Component[] => {
  const wiring = wiringOf(design);
  const links = design.components.flatMap((part) => knowledge.servers(part));
  return [...new Set(links.flatMap(({ link }) => wiring.component(wiring.link(link)?.to ?? '') ?? []))];
};

/** The one behind which most work is done: its loss is the worst. */
function busiest(evidence: Evidence): Component | undefined {
  const { design, knowledge } = evidence;
  const { run, fromUs, toUs } = calmRun(evidence);
  const loads = partLoads(run, fromUs, toUs);
  const work = (part: Component) => loads.get(computingBehind(part, design, knowledge)?.id ?? '')?.busy ?? 0;
  return losable(design, knowledge).toSorted((a, b) => work(b) - work(a))[0];
}

// What has hardly a moment of rest at the stated load: waiting grows as 1 / (1 - utilisation), so from 80 percent on each bit more
// costs more than the one before.
import type { FindingRule } from '../finding.ts';
import { partLoads } from '../load-reading.ts';
import { calmRun } from '../shared-runs.ts';
import { atParts, designUnsaid, hasRate, LOAD, partOnHost, suspectUnseen } from '../suspect.ts';

const BUSY = 0.8;

/** CA-01: a tier is busy for more than 80 percent of the time. */
export const busyRule: FindingRule = (design, knowledge) => {
  if (!hasRate(design)) return designUnsaid('CA-01', LOAD);
  const parts = design.components.filter((part) => ['serves', 'computes', 'stores'].includes(knowledge.role(part)));
  return [
    suspectUnseen(
      {
        id: 'CA-01@design',
        severity: 'high',
        title: 'No room for more requests',
        ...atParts(parts, design),
        fix: 'More workers, or one more server',
      },
      (evidence) => {
        const { run, fromUs, toUs } = calmRun(evidence);
        const loads = partLoads(run, fromUs, toUs);
        const shareOf = (id: string) => loads.get(id)?.share ?? 0;
        const busy = parts.filter(({ id }) => shareOf(id) > BUSY).sort((a, b) => shareOf(b.id) - shareOf(a.id));
        const [worst] = busy;
        if (worst === undefined) return null;
        const percent = Math.round(shareOf(worst.id) * 100);
        const who = partOnHost(worst, design, knowledge);
        return {
          ...atParts(busy, design),
          evidence: `At ${design.traffic.rateRps} requests a second ${who} was busy ${percent} % of the time.`,
        };
      },
    ),
  ];
};

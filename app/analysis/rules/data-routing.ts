// Where applications send what: writes that come to a database that refuses them, and reads that come to one that lags behind what
// the same user has just saved.
import type { Component, Design } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import { SECOND } from '../../foundation/micros.ts';
import { Purpose, reasonCode } from '../../simulation/message.ts';
import type { Wish } from '../denied.ts';
import type { Evidence, FindingRule, Knowledge } from '../finding.ts';
import { calmRun } from '../shared-runs.ts';
import { atParts, suspect, suspectUnseen } from '../suspect.ts';

const READ_ONLY = reasonCode('read-only');
/** One user after another saves something and looks at it twice, each as soon as the answer before is there. */
const VISITS = 100;
const PROBE_US = 60 * SECOND;

/** The databases to which an application server may send such a request. */
const asked = (app: Component, wish: Wish, design: Design, knowledge: Knowledge): readonly Component[] =>
  knowledge.next(app, wish, design).flatMap(({ to }) => wiringOf(design).component(to) ?? []);

const appsOf = (design: Design, knowledge: Knowledge): readonly Component[] =>
  design.components.filter((part) => knowledge.role(part) === 'computes');

/** DB-03: an application server that knows only a replica writes there. */
export const misroutedRule: FindingRule = (design, knowledge) => {
  if (!(design.traffic.writeShare > 0)) return [];
  const lost = appsOf(design, knowledge).filter((app) => {
    const [target] = asked(app, 'write', design, knowledge);
    return target !== undefined && !knowledge.ends(target, 'write', design);
  });
  const [first] = lost;
  if (first === undefined) return [];
  return [
    suspect(
      {
        id: 'DB-03@design',
        severity: 'critical',
        title: 'Writes go to a replica',
        ...atParts(lost, design),
        fix: 'A line from the app server to the primary',
      },
      (evidence) => {
        const { run, fromUs, toUs } = calmRun(evidence);
        let [refused, all] = [0, 0];
        for (const { ends } of run.chunks) {
          for (let row = 0; row < ends.startUs.length; row++) {
            const startUs = ends.startUs[row] as number;
            if (ends.purpose[row] !== Purpose.Write || startUs < fromUs || startUs >= toUs) continue;
            all++;
            if (ends.reason[row] === READ_ONLY) refused++;
          }
        }
        return refused === 0 ? null : `${refused} of ${all} writes came to a replica and were refused as read-only.`;
      },
    ),
  ];
};

/** DB-07: who saves something and looks at it does not see it. */
export const staleReadRule: FindingRule = (design, knowledge) => {
  const { writeShare } = design.traffic;
  const lagging = appsOf(design, knowledge).filter((app) =>
    asked(app, 'read', design, knowledge).some((database) => knowledge.dataRole(database) === 'replica'),
  );
  if (lagging.length === 0 || !(writeShare > 0)) return [];
  return [
    suspectUnseen(
      {
        id: 'DB-07@design',
        severity: 'medium',
        title: 'Users do not see what they have just saved',
        ...atParts(lagging, design),
        fix: 'Read from the primary after a write',
      },
      (evidence) => {
        const { stale, reads } = readBack(evidence);
        return stale === 0 ? null : `Saved, then looked: ${stale} of ${reads} reads did not show it.`;
      },
    ),
  ];
};

/** Nobody else writes meanwhile: a read that is behind is behind the reader's own writes. */
function readBack({ design, measure }: Evidence): { readonly stale: number; readonly reads: number } {
  const list = Array.from({ length: VISITS }, (_, visit) =>
    (['write', 'read', 'read'] as const).map((kind) => ({ atMs: 0, kind, user: visit % design.traffic.users })),
  ).flat();
  const arrivals = { type: 'list', list, closedLoop: true } as const;
  const run = measure({ ...design, traffic: { ...design.traffic, arrivals } }, [], PROBE_US);
  let [stale, reads] = [0, 0];
  for (const { ends } of run.chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      if (ends.purpose[row] !== Purpose.Read) continue;
      reads++;
      if ((ends.staleBy[row] as number) > 0) stale++;
    }
  }
  return { stale, reads };
}

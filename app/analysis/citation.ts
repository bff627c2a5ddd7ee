// Which runs a finding rests on. Whoever plays them again reads the numbers of its sentence: the engine gives the same run for the
// same design, seed and commands. Written down while a rule proves what it suspects, so that no rule can forget one.
import type { CitedRun } from './cited-run.ts';
import type { FaultMeasure } from './fault-measure.ts';
import type { Evidence, Finding, Suspicion } from './finding.ts';

/** What the run shows, with the runs that the rule asked for. */
export function proveCiting(suspicion: Suspicion, evidence: Evidence): Finding | null {
  const cites: CitedRun[] = [];
  const note = (run: CitedRun) => {
    const isKnown = cites.some(
      (one) => one.design === run.design && JSON.stringify(one.commands) === JSON.stringify(run.commands),
    );
    if (!isKnown) cites.push(run);
  };
  const finding = suspicion.prove({
    ...evidence,
    measure: (design, commands, untilUs) => {
      const run = evidence.measure(design, commands, untilUs);
      note({ design: design === evidence.design ? null : design, seed: run.seed, commands, untilUs: run.untilUs });
      return run;
    },
    kills: new NotedKills(evidence.kills, note),
  });
  return finding === null || cites.length === 0 ? finding : { ...finding, cites };
}

/** The blast radius, which notes each row that somebody reads. */
class NotedKills extends Map<string, FaultMeasure> {
  private readonly kills: ReadonlyMap<string, FaultMeasure>;
  private readonly note: (run: CitedRun) => void;

  constructor(kills: ReadonlyMap<string, FaultMeasure>, note: (run: CitedRun) => void) {
    super();
    this.kills = kills;
    this.note = note;
  }

  override get(target: string): FaultMeasure | undefined {
    const kill = this.kills.get(target);
    if (kill !== undefined) this.note(kill.played);
    return kill;
  }
}

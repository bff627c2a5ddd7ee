// All rules over one design, in steps: what can be suspected from the drawing, then the blast radius of every element, then
// the proof of every suspicion. A generator, so that a worker can show each step and drop the rest when the design changes.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { type AcceptedFinding, splitAccepted } from './accepted.ts';
import { killable, measureKill } from './blast-radius.ts';
import { proveCiting } from './citation.ts';
import type { FaultMeasure } from './fault-measure.ts';
import type { Finding, FindingRule, Knowledge, Measure, Suspicion, Unknown } from './finding.ts';
import { ranked, shownAtOnce } from './rank.ts';
import { answerQuantileUs } from './reading.ts';
import { busyRule } from './rules/busy.ts';
import { capacityRule } from './rules/capacity.ts';
import { clientAddressRule } from './rules/client-address.ts';
import { misroutedRule, staleReadRule } from './rules/data-routing.ts';
import { deployRule } from './rules/deploy.ts';
import { exposureRule } from './rules/exposure.ts';
import { floodRule } from './rules/flood.ts';
import { hardeningRule } from './rules/hardening.ts';
import { healthCheckRule } from './rules/health-check.ts';
import { httpsRule } from './rules/https.ts';
import { hygieneRule } from './rules/hygiene.ts';
import { monitoringRule } from './rules/monitoring.ts';
import { plaintextRule } from './rules/plaintext.ts';
import { sharedHostRule } from './rules/shared-host.ts';
import { spareCapacityRule } from './rules/spare-capacity.ts';
import { spofRule } from './rules/spof.ts';
import { twinsRule } from './rules/twins.ts';
import { wallsRule } from './rules/walls.ts';
import { watchingRule } from './rules/watching.ts';
import { calmRun, remembering } from './shared-runs.ts';

/** Every rule about whole designs. Within one severity, issues stand in this order; those of single kinds follow. */
export const RULES: readonly FindingRule[] = [
  spofRule,
  plaintextRule,
  capacityRule,
  wallsRule,
  exposureRule,
  monitoringRule,
  deployRule,
  healthCheckRule,
  twinsRule,
  sharedHostRule,
  spareCapacityRule,
  httpsRule,
  clientAddressRule,
  floodRule,
  hardeningRule,
  watchingRule,
  hygieneRule,
  misroutedRule,
  staleReadRule,
  busyRule,
];

/** How far it is. `findings` are in order: the first is issue 1. Evidence is null where it is still to be measured. */
export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly findings: readonly Finding[];
  /** What the design says that somebody has taken on. */
  readonly accepted: readonly AcceptedFinding[];
  /** So many of them are shown before a reader asks for the rest. */
  readonly onTop: number;
  /** What the rules could not decide. */
  readonly unknowns: readonly Unknown[];
  readonly kills: readonly FaultMeasure[];
  /** With nothing wrong, 99 of 100 answers took at most so long; null before that is measured, and where nobody is answered. */
  readonly calmP99Us: Micros | null;
}

/** What the analysis needs from above. */
export interface AnalysisTools {
  readonly measure: Measure;
  readonly knowledge: Knowledge;
  /** Weaknesses that only one kind of component has: the list of the catalogue. */
  readonly kindRules: readonly FindingRule[];
}

/** Runs everything at once. */
export function analyse(design: Design, tools: AnalysisTools, onProgress?: (progress: Progress) => void): Progress {
  const steps = analysisSteps(design, tools);
  for (let step = steps.next(); ; step = steps.next()) {
    onProgress?.(step.value);
    if (step.done) return step.value;
  }
}

/** One headless run between two values, at most; some proofs take several. Returns the last progress. */
export function* analysisSteps(design: Design, tools: AnalysisTools): Generator<Progress, Progress> {
  const { measure, knowledge, kindRules } = tools;
  const answers = [...RULES, ...kindRules].flatMap((rule) => rule(design, knowledge));
  const suspicions = answers.filter((answer) => 'finding' in answer);
  const unknowns = onceEach(answers.filter((answer) => 'unknown' in answer));
  const targets = killable(design, knowledge);
  const kills = new Map<string, FaultMeasure>();
  const proven = new Map<Suspicion, Finding | null>();
  const shared = remembering(measure);
  let calmP99Us: Micros | null = null;
  const progress = (): Progress => {
    const found = ranked(suspicions.flatMap((suspicion) => shown(suspicion, proven)));
    return {
      done: kills.size + proven.size,
      of: targets.length + suspicions.length,
      ...listed(found, design),
      unknowns,
      kills: [...kills.values()],
      calmP99Us,
    };
  };
  for (const target of targets) {
    yield progress();
    kills.set(target, measureKill(design, target, knowledge, measure));
  }
  for (const suspicion of suspicions) {
    yield progress();
    proven.set(suspicion, proveCiting(suspicion, { design, knowledge, measure: shared, kills }));
  }
  const { run, fromUs, toUs } = calmRun({ design, knowledge, measure: shared, kills });
  calmP99Us = answerQuantileUs(run, fromUs, toUs, 0.99);
  return progress();
}

/** The issues without those that are accepted, and how many of them come first. */
function listed(found: readonly Finding[], design: Design): Pick<Progress, 'findings' | 'accepted' | 'onTop'> {
  const { findings, accepted } = splitAccepted(found, design.accepted);
  return { findings, accepted, onTop: shownAtOnce(findings) };
}

/** The same analysis for a design in which only what is accepted has changed. */
export function relisted(progress: Progress, design: Design): Progress {
  const found = [...progress.findings, ...progress.accepted.map(({ finding }) => finding)];
  return { ...progress, ...listed(ranked(found), design) };
}

/** What several rules cannot decide for one reason is said once, for the first of them. */
const onceEach = (unknowns: readonly Unknown[]): readonly Unknown[] =>
  unknowns.filter(({ sentence }, index) => unknowns.findIndex((one) => one.sentence === sentence) === index);

function shown(suspicion: Suspicion, proven: ReadonlyMap<Suspicion, Finding | null>): readonly Finding[] {
  const finding = proven.get(suspicion);
  if (finding === null || (finding === undefined && suspicion.byRunOnly === true)) return [];
  return [finding ?? suspicion.finding];
}

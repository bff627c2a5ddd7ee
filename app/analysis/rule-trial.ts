// Tries one rule on one design, as the analysis of all of them would, but measures only what this rule asks for.
import type { Design } from '../design/design.ts';
import { RULES } from './analyse.ts';
import { measureKill } from './blast-radius.ts';
import { proveCiting } from './citation.ts';
import type { FaultMeasure } from './fault-measure.ts';
import type { Finding, FindingRule, Knowledge, Measure, Unknown } from './finding.ts';
import { remembering } from './shared-runs.ts';

export interface Trial {
  /** Proven by a run. */
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
}

/** `rule` by its id: `AV-09`. */
export function tryRule(
  rule: string,
  design: Design,
  tools: { readonly knowledge: Knowledge; readonly measure: Measure; readonly kindRules: readonly FindingRule[] },
): Trial {
  const { knowledge, kindRules } = tools;
  const measure = remembering(tools.measure);
  const kills = new LazyKills((target) => measureKill(design, target, knowledge, measure));
  const answers = [...RULES, ...kindRules].flatMap((one) => one(design, knowledge));
  return {
    findings: answers.flatMap((answer) =>
      'finding' in answer && answer.finding.rule === rule
        ? (proveCiting(answer, { design, knowledge, measure, kills }) ?? [])
        : [],
    ),
    unknowns: answers.filter((answer) => 'unknown' in answer).filter((unknown) => unknown.rule === rule),
  };
}

/** The blast radius, row by row as somebody asks for it. */
class LazyKills extends Map<string, FaultMeasure> {
  private readonly measureOf: (target: string) => FaultMeasure;

  constructor(measureOf: (target: string) => FaultMeasure) {
    super();
    this.measureOf = measureOf;
  }

  override get(target: string): FaultMeasure | undefined {
    if (target === '') return undefined;
    const known = super.get(target) ?? this.measureOf(target);
    this.set(target, known);
    return known;
  }
}

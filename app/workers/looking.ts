// The look for issues: every rule over one design, step by step. Apart from the worker, which fetches it with the first look: the
// workers that only measure the blast radius need none of it.
import { analysisSteps, type Progress, relisted } from '../analysis/analyse.ts';
import type { Measure } from '../analysis/finding.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';

export const stepsOf = (design: Design, measure: Measure): Generator<Progress, Progress> =>
  analysisSteps(design, { measure, knowledge, kindRules: KIND_RULES });

/** The same findings for a design of which only the accepted issues differ. */
export const listedAgain = (progress: Progress, design: Design): Progress => relisted(progress, design);

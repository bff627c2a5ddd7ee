// The figures of issues that prove themselves, and of their fixes.
import { browserTests, unitTests } from './from-tests.ts';
import type { Measure } from './measure.ts';
import { blastRadius } from './proved-blast.ts';
import { evidence } from './proved-evidence.ts';
import { fixes, trades } from './proved-fixes.ts';
import { lists } from './proved-lists.ts';
import { spof } from './proved-spof.ts';

export const proved: readonly Measure[] = [
  ...spof,
  lists,
  blastRadius,
  evidence,
  unitTests('SARIF against the schema of its standard', ['app/exchange/sarif.test.ts']),
  browserTests('axe, keyboard, touch, 390 px, both themes, issues to fixes', [
    ...['e2e/access.spec.ts', 'e2e/fix.spec.ts', 'e2e/fix.touch.spec.ts'],
    ...['e2e/blast.spec.ts', 'e2e/blast.touch.spec.ts', 'e2e/blast-pairs.spec.ts'],
  ]),
  ...fixes,
  trades,
];

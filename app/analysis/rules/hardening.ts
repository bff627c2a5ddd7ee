// Ways of running a program that make a break-in easier or worse than it need be, each as its part states it.
import type { Component, Design } from '../../design/design.ts';
import { drawnAt, unsaid } from '../drawn.ts';
import type { Knowledge, Suspicion, Unknown } from '../finding.ts';
import { counted } from '../in-words.ts';
import type { HabitName } from '../statements.ts';

interface HabitWords {
  /** What is bad about it, and of whom it is asked. */
  readonly weak: string;
  readonly of: string;
  /** To a part that does not say. */
  readonly question: string;
}

const HABITS: Readonly<Record<HabitName, HabitWords>> = {
  'as-root': { weak: 'rights of root', of: 'program', question: 'as which user it runs' },
  'says-version': { weak: 'version shown', of: 'web server', question: 'whether it shows its version' },
  'default-site': {
    weak: 'files of the installation served',
    of: 'web server',
    question: 'whether files of the installation are served',
  },
  'local-infile': { weak: 'LOAD DATA LOCAL taken', of: 'database', question: 'whether it takes LOAD DATA LOCAL' },
  'all-grants': {
    weak: 'everything allowed to the application',
    of: 'database',
    question: 'what the application may do',
  },
  'secrets-in-files': { weak: 'passwords in configuration', of: 'app server', question: 'where its passwords lie' },
};
const NAMES = Object.keys(HABITS) as readonly HabitName[];

/** SE-18. A part is asked only what its kind can have. */
export function hardeningRule(design: Design, { states }: Knowledge): readonly (Suspicion | Unknown)[] {
  const habit = (part: Component, name: HabitName) => states(part).habits.find((one) => one.name === name);
  const weak = design.components.filter((part) => states(part).habits.some(({ isWeak }) => isWeak === true));
  return [
    ...drawnAt(design, weak, {
      id: 'SE-18@design',
      severity: 'medium',
      title: 'Programs run with more rights than they need',
      evidence: NAMES.map((name) => {
        const asked = design.components.flatMap((part) => habit(part, name) ?? []);
        const count = asked.filter(({ isWeak }) => isWeak === true).length;
        return count > 0 && `${HABITS[name].weak}: ${count} of ${counted(asked.length, HABITS[name].of)}`;
      }),
      fix: 'Users of their own, least rights, a store for secrets',
    }),
    ...unsaid(
      design,
      'SE-18',
      design.components,
      NAMES.map((name) => [HABITS[name].question, (part) => (habit(part, name) ?? { isWeak: null }).isWeak]),
    ),
  ];
}

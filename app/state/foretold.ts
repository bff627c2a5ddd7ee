// A fault as the drawing sees it, and the site as it stood when it began: what an experiment asks the analysis.
import { type Expectation, expectationOf, type Foretold, type Site, type Why } from '../analysis/expectation.ts';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { workings } from '../catalogue/workings.ts';
import { type Design, type Link, USERS } from '../design/design.ts';
import { entries, fallsWith } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { BeliefState } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import type { ActiveFault } from './app.ts';
import { balancerAt, beliefsAt } from './beliefs.ts';
import { asApplicationsSee } from './database-roles.ts';
import { designAfter } from './design-at.ts';
import { isRestart } from './fault-words.ts';
import { hostNamed, RESTART_US } from './truth.ts';

/** Why nothing is foretold, beside what the analysis cannot say. */
export type WhyNot = Why | { readonly type: 'others' } | { readonly type: 'not-whole' };

export interface Prediction {
  /** As it was set when the fault began, with the databases' roles as the applications knew them. */
  readonly design: Design;
  /** Null when nothing is foretold. */
  readonly expected: Expectation | null;
  readonly whyNot: WhyNot | null;
  /** What the fault itself puts out of action. */
  readonly gone: ReadonlySet<string>;
}

export interface Asked {
  readonly base: Design;
  readonly commands: readonly Command[];
  readonly window: TraceWindow;
}

interface Known extends Asked {
  readonly isAlone: boolean;
  /** The page knew how the site stood. */
  readonly isSeen: boolean;
  readonly prediction: Prediction;
}

const known = new WeakMap<Command, Known>();

/** `isAlone`: no other fault is on while it lasts. What is foretold stays as long as the acts: it is not asked anew each time. */
export function predictionFor(asked: Asked, fault: ActiveFault, isAlone: boolean): Prediction {
  const { base, commands, window } = asked;
  const fields = window.fieldsAt(fault.sinceUs - 1) ?? window.fieldsAt(fault.sinceUs);
  const before = known.get(fault.command);
  const isSame = before?.base === base && before.commands === commands && before.isAlone === isAlone;
  if (isSame && before.window === window && (before.isSeen || fields === null)) return before.prediction;
  const prediction = predict(asked, fault, isAlone, fields);
  known.set(fault.command, { base, commands, window, isAlone, isSeen: fields !== null, prediction });
  return prediction;
}

function predict(
  { base, commands, window }: Asked,
  fault: ActiveFault,
  isAlone: boolean,
  fields: Int32Array | null,
): Prediction {
  const before = commands.filter(({ atUs }) => atUs <= fault.sinceUs);
  const set = designAfter(base, before);
  const design = fields === null ? set : asApplicationsSee(set, window.elements, fields);
  const foretold = foretoldBy(design, fault, isRestart(commands, fault.command) ? RESTART_US : null);
  const gone = foretold.type === 'gone' ? foretold.elements : new Set<string>();
  if (!isAlone) return { design, expected: null, whyNot: { type: 'others' }, gone };
  const balancer = fields === null ? undefined : balancerAt(design, window.elements, fields);
  const servers = fields === null ? [] : beliefsAt(design, window.elements, fields, balancer);
  const isWhole = servers.every(({ state }) => state === BeliefState.Up || state === BeliefState.NotChecked);
  if (!isWhole) return { design, expected: null, whyNot: { type: 'not-whole' }, gone };
  const entrance = entries(design).find(({ to }) => to === balancer?.id) ?? entries(design)[0];
  if (entrance === undefined) return { design, expected: null, whyNot: { type: 'way' }, gone };
  const site: Site = { design, entrance, knowledge, workings, checks: checkTimesOf(design) };
  const expected = expectationOf(site, foretold);
  return { design, expected, whyNot: expected.why, gone };
}

function foretoldBy(design: Design, { kind, target, other, command }: ActiveFault, forUs: Micros | null): Foretold {
  const isHost = hostNamed(design, target) !== undefined;
  switch (kind) {
    case 'kill':
      return { type: 'gone', elements: fallsWith(design, target), how: isHost ? 'unreachable' : 'refuses', forUs };
    case 'hang':
      return { type: 'gone', elements: fallsWith(design, target), how: 'hangs', forUs };
    case 'cut':
      return { type: 'gone', elements: new Set([target]), how: 'unreachable', forUs };
    case 'part':
      return { type: 'gone', elements: linesBetween(design, target, other ?? ''), how: 'unreachable', forUs };
    case 'slow':
      return { type: 'burden', floodRps: 0, slow: new Map([[target, command.type === 'slow' ? command.factor : 1]]) };
    case 'flood':
      return { type: 'burden', floodRps: command.type === 'flood' ? command.rateRps : 0, slow: new Map() };
    case 'degrade': {
      const { lossShare = 0, delayMs = 0 } = command.type === 'degrade' ? command : {};
      return { type: 'lossy', link: target, lossShare, delayMs };
    }
  }
}

function linesBetween(design: Design, a: string, b: string): ReadonlySet<string> {
  const wiring = wiringOf(design);
  const hostAt = (id: string) => (id === USERS ? '' : (wiring.component(id)?.hostId ?? ''));
  const joins = ({ from, to }: Link) => {
    const ends = [hostAt(from), hostAt(to)];
    return ends.includes(a) && ends.includes(b);
  };
  return new Set(design.links.filter(joins).map(({ id }) => id));
}

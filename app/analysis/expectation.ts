// What the drawing alone says of a fault before anybody runs it: which requests are served once those who check have noticed,
// and how long they take to notice. An experiment holds a run against it.
import type { Design } from '../design/design.ts';
import { fallsWith, type Reach, reachOf } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';
import type { Knowledge, Wish } from './finding.ts';

/** A fault as far as it can be foretold. `dead`: its process refuses. `silent`: it takes no connection or gives no answer. */
export interface Foretold {
  readonly target: string;
  readonly how: 'dead' | 'silent';
}

export interface Expectation {
  readonly reads: Reach;
  readonly writes: Reach;
  /** From the fault until a balancer marks a server DOWN, least and most; null: no balancer will notice. */
  readonly detectUs: readonly [Micros, Micros] | null;
}

/** The settings of a health check, as a balancer has them. */
export interface CheckTimes {
  /** Link on which the server is reached. */
  readonly link: string;
  readonly interMs: number;
  readonly fastinterMs: number | null;
  readonly fall: number;
  readonly timeoutMs: number;
}

/** `checks` of every server that is checked. */
export function expectationOf(
  design: Design,
  { target, how }: Foretold,
  knowledge: Knowledge,
  checks: readonly CheckTimes[],
): Expectation {
  const gone = fallsWith(design, target);
  const reach = (wish: Wish): Reach =>
    reachOf(
      design,
      {
        next: (component) => knowledge.next(component, wish, design, gone),
        ends: (component) => knowledge.ends(component, wish, design),
        triesOthers: (component) => how === 'dead' && knowledge.role(component) === 'computes',
      },
      gone,
    );
  return { reads: reach('read'), writes: reach('write'), detectUs: detection(design, gone, how, checks) };
}

/**
 * The first check after the fault comes within `inter`; `fall` of them fail, `fastinter` apart. Each takes the way there and
 * back when it is refused, `timeout check` when nobody answers. Source: HAProxy 2.6, recordings of the families check.
 */
function detection(
  design: Design,
  gone: ReadonlySet<string>,
  how: Foretold['how'],
  checks: readonly CheckTimes[],
): readonly [Micros, Micros] | null {
  const found = checks.flatMap((check) => {
    const link = wiringOf(design).link(check.link);
    if (link === undefined || !gone.has(link.to) || gone.has(link.from)) return [];
    const wayUs = 2 * fromMs(link.latencyMs);
    const failUs = how === 'dead' ? wayUs : fromMs(check.timeoutMs);
    const sentUs = check.fall * failUs + (check.fall - 1) * fromMs(check.fastinterMs ?? check.interMs);
    // A check that is on its way there fails already; one that is on its way back is still good, and the next comes after it.
    return [[sentUs - wayUs / 2, sentUs + fromMs(check.interMs) + wayUs] as const];
  });
  if (found.length === 0) return null;
  return [Math.min(...found.map(([least]) => least)), Math.min(...found.map(([, most]) => most))];
}

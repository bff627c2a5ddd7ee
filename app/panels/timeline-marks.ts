// What the timeline shows beside its chart: changes of state as marks with a word. Pure.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { Alive, Belief, BeliefState, FIELDS, Field } from '../simulation/trace.ts';
import { beliefsAt } from '../state/beliefs.ts';
import { databaseNews } from '../state/database-news.ts';
import { componentNamed, hostWords, sentenceCase, targetWords } from '../state/truth.ts';
import type { StateChange } from '../timeline/chunk-summary.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';

type MarkSign = 'down' | 'up' | 'checking' | 'hung' | 'slow';

export interface TimelineMark {
  readonly atUs: Micros;
  readonly sign: MarkSign;
  /** Beside the mark where there is room; empty for marks that say enough. */
  readonly text: string;
}

/** Marks up to `untilUs`, in order. Several parts that die with their host are one mark. */
export function marksOf(design: Design, window: TraceWindow, untilUs: Micros): readonly TimelineMark[] {
  const { elements } = window;
  const servers = beliefsAt(design, elements, new Int32Array(elements.count * FIELDS));
  const marks: TimelineMark[] = [];
  let lastUs = -1;
  window.forEachStateChange(0, untilUs, (change) => {
    const sort = elements.sortOf(change.element);
    if (sort === 'users') {
      marks.push(answererMark(change, design, elements.ids));
      return;
    }
    if (sort === 'link') {
      const server = servers.find((one) => one.linkElement === change.element);
      const mark = server === undefined ? null : beliefMark(change, hostWords(design, server.hostId));
      if (mark !== null) marks.push(mark);
      return;
    }
    if (sort === 'component' && change.field === Field.Signs) {
      const mark = databaseMark(change, design, elements.ids);
      if (mark !== null) marks.push(mark);
      return;
    }
    const withHost = sort === 'component' && change.atUs === lastUs;
    if (sort === 'host') lastUs = change.atUs;
    if (withHost) return;
    const name = sentenceCase(targetWords(design, elements.ids[change.element] ?? ''));
    const mark = elementMark(change, name);
    // What a fault does to a host it does to its parts: one mark for all of them.
    if (!marks.some((one) => one.atUs === mark.atUs && one.sign === mark.sign)) marks.push(mark);
  });
  return marks;
}

/** The address that two balancers share has come to a host, or nobody answers for it. */
function answererMark({ atUs, value }: StateChange, design: Design, ids: readonly string[]): TimelineMark {
  if (value === 0) return { atUs, sign: 'down', text: '' };
  return { atUs, sign: 'up', text: `${sentenceCase(hostWords(design, ids[value] ?? ''))} took the shared IP` };
}

const SIGN_OF = { good: 'up', doubt: 'slow', bad: 'down' } as const;

function databaseMark(change: StateChange, design: Design, ids: readonly string[]): TimelineMark | null {
  const hostId = componentNamed(design, ids[change.element] ?? '')?.hostId;
  const news = hostId === undefined ? null : databaseNews(design, hostId, change);
  return news === null ? null : { atUs: change.atUs, sign: SIGN_OF[news.tone], text: news.short };
}

function elementMark({ atUs, field, value }: StateChange, name: string): TimelineMark {
  if (field === Field.Hung) {
    return value === 1 ? { atUs, sign: 'hung', text: '' } : { atUs, sign: 'up', text: `${name} goes on` };
  }
  if (field === Field.SlowPercent) {
    return value > 0
      ? { atUs, sign: 'slow', text: `${name} slow` }
      : { atUs, sign: 'up', text: `${name} back to normal` };
  }
  const isDead = value !== Alive.Up;
  return { atUs, sign: isDead ? 'down' : 'up', text: isDead ? '' : `${name} works again` };
}

function beliefMark(change: StateChange, name: string): TimelineMark | null {
  const { atUs, field, value, before } = change;
  if (field === Belief.State && value === BeliefState.Down) return { atUs, sign: 'down', text: `${name} DOWN` };
  if (field === Belief.State && value === BeliefState.Up) return { atUs, sign: 'up', text: `${name} UP` };
  // The last miss is the change of state itself.
  return field === Belief.Health && value < before && value > 0 ? { atUs, sign: 'checking', text: '' } : null;
}

interface Neighbourhood {
  /** Where the mark stands, and what its words need. */
  readonly at: number;
  readonly width: number;
  /** Up to where the room at the left is taken, and from where that at the right. */
  readonly takenUntil: number;
  readonly takenFrom: number;
  readonly playhead: number;
}

/** At which side of a mark its words stand: in the past, clear of the playhead and of other marks; null for nowhere. */
export function sideOfWords({ at, width, takenUntil, takenFrom, playhead }: Neighbourhood): 'right' | 'left' | null {
  if (at > playhead) return null;
  if (at + width <= Math.min(takenFrom, playhead)) return 'right';
  return at - width >= takenUntil ? 'left' : null;
}

/** Where the words of an empty track stand, clear of the playhead; null where there is no room. */
export function sideOfEmptyWords(x: number, width: number, words: number): 'right' | 'left' | null {
  if (x <= width - words) return 'right';
  return x >= words ? 'left' : null;
}

// How long the health checks of the balancers take to notice that something is gone, least and most: a closed form of their
// settings. Source: HAProxy 2.6, recordings of the families check.
import type { Design } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';

/** The settings of a health check, as a balancer has them. */
export interface CheckTimes {
  /** Link on which the server is reached. */
  readonly link: string;
  /** What it takes for an answer: that the connection opens, or a page. */
  readonly asks: 'tcp' | 'http';
  /** A page of who is asked alone, or one that needs the application and its data. */
  readonly page: 'own' | 'application';
  readonly interMs: number;
  readonly fastinterMs: number | null;
  readonly fall: number;
  readonly rise: number;
  /** It fails after so long without a connection, and with one but no answer. */
  readonly connectMs: number;
  readonly answerMs: number;
}

/** From the fault until a balancer marks a server DOWN, least and most. */
export type Detect = readonly [Micros, Micros] | 'never' | 'unknown';

interface Gone {
  readonly elements: ReadonlySet<string>;
  readonly how: 'refuses' | 'unreachable' | 'hangs';
  readonly forUs: Micros | null;
}

export interface Detection {
  readonly detect: Detect;
  /** Links whose server is marked DOWN in the end. */
  readonly noticed: ReadonlySet<string>;
}

/**
 * The first check after the fault comes within `inter`; `fall` of them fail, `fastinter` apart. Each takes the way there and
 * back when it is refused, and its limit when nobody answers. What comes back before the last of them is sent goes unnoticed.
 */
export function detection(design: Design, gone: Gone, checks: readonly CheckTimes[]): Detection {
  const found = checks.flatMap((check) => {
    const times = failing(design, gone, check);
    return times === null ? [] : [{ link: check.link, ...times }];
  });
  const noticed = new Set(found.map(({ link }) => link));
  if (found.length === 0) return { detect: 'never', noticed };
  const detect = [Math.min(...found.map(({ least }) => least)), Math.min(...found.map(({ most }) => most))] as const;
  return { detect, noticed };
}

/** When the server of a check is marked DOWN, least and most; null where it is not. */
function failing(design: Design, { elements, how, forUs }: Gone, check: CheckTimes) {
  const link = wiringOf(design).link(check.link);
  const isCut = elements.has(check.link);
  if (link === undefined || elements.has(link.from) || !(isCut || elements.has(link.to))) return null;
  // The kernel of a stopped process opens the connection.
  if (!isCut && how === 'hangs' && check.asks === 'tcp') return null;
  const wayUs = 2 * fromMs(link.latencyMs);
  const limitUs = fromMs(Math.max(check.connectMs, check.answerMs));
  const silentUs = isCut || how === 'unreachable' ? fromMs(check.connectMs) : limitUs;
  const failUs = how === 'refuses' && !isCut ? wayUs : silentUs;
  const sentUs = check.fall * failUs + (check.fall - 1) * fromMs(check.fastinterMs ?? check.interMs);
  // A check that is on its way there fails already, and one for a page that is still made; one that is on its way back is good
  // yet, and the next comes after it.
  const underWayUs = check.page === 'application' ? limitUs : wayUs / 2;
  const [least, most] = [Math.max(0, sentUs - underWayUs), sentUs + fromMs(check.interMs) + wayUs];
  if (forUs === null) return { least, most };
  return least - failUs >= forUs ? null : { least, most: Math.min(most, forUs + failUs) };
}

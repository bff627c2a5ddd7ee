// What one failure costs, measured: a headless run in which a fault befalls a part and lasts. How many requests fail until others have
// noticed and taken over, which share is served from then on, when somebody is told; and the same once a person has made the
// replica the primary, where that helps.
import type { Design } from '../../design/design.ts';
import { fromMs, type Micros, SECOND } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import { EVALUATION_US } from '../../simulation/watching.ts';
import { FAULT_US, faultRun, untilQuiet } from '../blast-radius.ts';
import type { LastingFault, Shares } from '../fault-measure.ts';
import { detection } from '../fault-reading.ts';
import type { Knowledge, Measure, RunMeasure } from '../finding.ts';
import { sharesOf } from '../reading.ts';
import { replicaToPromote } from './promoted.ts';

/** The classes of requests, in the order of every list by class. Files count as neither. */
export const CLASSES = ['reads', 'writes'] as const;
export type RequestClass = (typeof CLASSES)[number];
/** Reads, writes. */
export type ByClass = readonly [number, number];

export interface Outage {
  readonly fault: LastingFault;
  /** Once everybody has noticed who notices by himself: the share that is served. 1 where none is asked for. */
  readonly served: ByClass;
  /** What fails until then beside that, as the seconds in which so many are asked for. */
  readonly lostS: ByClass;
  /** From the fault until the first component acts on it, and which; null: none did. */
  readonly detectUs: Micros | null;
  readonly detectedBy: string | null;
  /** From the fault until monitoring tells somebody; null: it never does. */
  readonly toldUs: Micros | null;
  /** Share served once a person has made this replica the primary; null where nobody can, or nothing is won. */
  readonly promoted: { readonly replica: string; readonly served: ByClass } | null;
}

/** How long the run goes on with the fault, so that whoever is to be told has been told. */
function watchedUs(design: Design, knowledge: Knowledge): Micros {
  const { lastUs } = faultRun(design, [], knowledge);
  return Math.max(lastUs - FAULT_US, toldWithinUs(design, knowledge));
}

const MARGIN_US = 5 * SECOND;

/** The longest until an alert has told somebody, two reports after all is noticed included; 0 without monitoring. */
function toldWithinUs({ monitoring, hosts, ...design }: Design, knowledge: Knowledge): Micros {
  if (monitoring === null) return 0;
  const intervals = hosts.map(({ collector }) => fromMs(collector?.intervalMs ?? 0));
  const waits = monitoring.alerts.map((rule) => ('forMs' in rule ? fromMs(rule.forMs) : 0));
  const toldUs = fromMs(monitoring.onCall?.tellMs ?? 0);
  const noticedUs = knowledge.noticedUs({ monitoring, hosts, ...design });
  const heardUs = 2 * Math.max(0, ...intervals) + fromMs(monitoring.latencyMs) + 2 * EVALUATION_US;
  return noticedUs + heardUs + Math.max(0, ...waits) + toldUs + MARGIN_US;
}

/** One headless run, or two where a promotion helps. Same design, seed and fault: the same figures. */
export function measureOutage(design: Design, fault: LastingFault, knowledge: Knowledge, measure: Measure): Outage {
  const lastUs = FAULT_US + Math.ceil(watchedUs(design, knowledge) / SECOND) * SECOND;
  const run = runUntil(design, [{ atUs: FAULT_US, ...fault }], lastUs, measure);
  const half = FAULT_US + (lastUs - FAULT_US) / 2;
  const [before, after] = [sharesOf(run, FAULT_US, half), sharesOf(run, half, lastUs)];
  const served = servedOf(after);
  const { detectUs, detectedBy, toldUs } = detection(run, knowledge, FAULT_US, run.untilUs);
  return {
    fault,
    served,
    lostS: lostOf(before, served, (half - FAULT_US) / SECOND),
    ...{ detectUs, detectedBy, toldUs },
    promoted: promotedOutage(design, fault, knowledge, measure),
  };
}

function runUntil(design: Design, commands: readonly Command[], lastUs: Micros, measure: Measure): RunMeasure {
  const { quiet, endUs } = untilQuiet(design, lastUs);
  return measure(design, [...commands, quiet], endUs);
}

const shareOf = (answered: number, all: number): number => (all === 0 ? 1 : answered / all);

const servedOf = ({ reads, readsAnswered, writes, writesAnswered }: Shares): ByClass => [
  shareOf(readsAnswered, reads),
  shareOf(writesAnswered, writes),
];

/** More failures than the share that fails for good makes of them, in seconds of requests. */
function lostOf(shares: Shares, served: ByClass, lengthS: number): ByClass {
  const lost = (answered: number, all: number, share: number) =>
    all === 0 ? 0 : Math.max(0, share - answered / all) * lengthS;
  return [lost(shares.readsAnswered, shares.reads, served[0]), lost(shares.writesAnswered, shares.writes, served[1])];
}

/** The order is given when all has been noticed, and what comes of it is counted once that is over. */
function promotedOutage(
  design: Design,
  fault: LastingFault,
  knowledge: Knowledge,
  measure: Measure,
): Outage['promoted'] {
  const replica = replicaToPromote(design, [fault], knowledge);
  if (replica === null) return null;
  const noticedUs = Math.ceil((knowledge.noticedUs(design) + MARGIN_US) / SECOND) * SECOND;
  const orderUs = FAULT_US + noticedUs;
  const { lastUs } = faultRun(design, [], knowledge);
  const order: Command = { atUs: orderUs, type: 'admin', target: replica, words: ['promote'] };
  const endUs = orderUs + noticedUs + (lastUs - FAULT_US);
  const run = runUntil(design, [{ atUs: FAULT_US, ...fault }, order], endUs, measure);
  return { replica, served: servedOf(sharesOf(run, orderUs + noticedUs, endUs)) };
}

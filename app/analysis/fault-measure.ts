// What one headless run with a fault showed: the row of the blast radius, and the proof of a single point of failure.
import type { Micros } from '../foundation/micros.ts';
import type { CitedRun } from './cited-run.ts';
import type { Denied } from './denied.ts';

/** A fault that lasts: a dead or stopped host or component, or a cut link. */
export interface LastingFault {
  readonly type: 'kill' | 'hang' | 'cut';
  /** A host or a component; of `cut`, a link. */
  readonly target: string;
  /** Another one that befalls the design at the same instant. */
  readonly beside?: Pick<LastingFault, 'type' | 'target'>;
}

/** One fault, or both of a pair. */
export const faultsIn = ({ type, target, beside }: LastingFault): readonly Pick<LastingFault, 'type' | 'target'>[] =>
  beside === undefined ? [{ type, target }] : [{ type, target }, beside];

/** How the requests of a span of time ended. */
export interface Shares {
  readonly requests: number;
  readonly answered: number;
  readonly reads: number;
  readonly readsAnswered: number;
  readonly writes: number;
  readonly writesAnswered: number;
}

/** What one server behind a balancer did after a fault. */
export interface ServerShares {
  /** The link on which the balancer reaches it. */
  readonly link: string;
  /** The balancer took it for usable until the end of the run. */
  readonly stayedUp: boolean;
  readonly shares: Shares;
}

/**
 * What a fault means for the users once everybody has noticed, worst first: the class that is denied; or some requests fail
 * for good; or some failed and then none any more; or none failed at all.
 */
export const VERDICTS = ['no-requests', 'no-writes', 'no-reads', 'some-fail', 'recovers', 'survives'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Requests by the second of the run in which they started; all three add up to those that started. */
export interface SecondCounts {
  readonly answered: number;
  /** Answered on another try. */
  readonly retried: number;
  readonly failed: number;
}

/** What a run showed, of the requests that started after its faults. */
export interface FaultOutcome extends Shares {
  /** The same of those that started in the second half: everybody has noticed by then what can be noticed. */
  readonly settled: Shares;
  /** Of those answered, on another try: late. */
  readonly retried: number;
  /** From the start of the run, faults at FAULT_US, as long as requests start. */
  readonly seconds: readonly SecondCounts[];
  readonly servers: readonly ServerShares[];
  /** From the fault until the first component acted on it; null where none noticed. */
  readonly detectUs: Micros | null;
  /** The component that did: a balancer marked a server DOWN, keepalived took the address, a replica began its promotion. */
  readonly detectedBy: string | null;
  /** From the fault until monitoring told somebody; null where nobody was told, or there is no monitoring. */
  readonly toldUs: Micros | null;
  /**
   * From the fault until the first request after which all were answered; 0 when none failed, null when it never was so
   * again in the time watched (a class counts as answered again after RECOVERY_ANSWERS in a row, and a quarter of the time).
   */
  readonly recoverUs: Micros | null;
  readonly readsRecoverUs: Micros | null;
  readonly writesRecoverUs: Micros | null;
  /** Writes that were acknowledged and are not in the log of record at the end: lost since the fault. */
  readonly lostWrites: number;
  readonly denied: Denied | null;
  /** The run that showed it. */
  readonly played: CitedRun;
  readonly verdict: Verdict;
}

/** A row of the blast radius. */
export interface FaultMeasure extends FaultOutcome {
  readonly fault: LastingFault;
  /** Of the fault. */
  readonly target: string;
}

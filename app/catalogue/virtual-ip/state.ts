// What one keepalived remembers, as plain data, and the fields that the picture sees of it.

/** Order is part of the trace format. `Init`: it starts, or has been stopped. */
export const VrrpState = { INIT: 0, BACKUP: 1, MASTER: 2, FAULT: 3 } as const;
export type VrrpStateCode = (typeof VrrpState)[keyof typeof VrrpState];

/** Fields of this kind (simulation/trace.ts has those of every component). */
export const VrrpField = {
  State: 4,
  Priority: 5,
  /** Advertisements of a holder with a lower priority that it heard as MASTER. */
  HeardLower: 7,
  /** When it accepted an advertisement last, or sent one as MASTER, whole milliseconds. */
  AdvertMs: 10,
  /** 1: the tracking script has counted it down. */
  ScriptDown: 11,
} as const;

/** An advertisement that came while the address was being added: it is read afterwards. */
export interface Heard {
  readonly priority: number;
  readonly advertIntUs: number;
  readonly sender: number;
}

export interface KeepalivedState {
  state: VrrpStateCode;
  priority: number;
  isStopped: boolean;
  hasCable: boolean;
  /** Between the first advertisement of a new holder and its address. */
  isBecoming: boolean;
  heardMeanwhile: Heard[];
  /** A timer that carries an older number is void. */
  downNumber: number;
  advertNumber: number;
  garpNumber: number;
  /** Start of the down timer, the interval of the holder that it listens to, and what it waits for then. */
  heardAtUs: number;
  holderIntUs: number;
  /** Preempt delay: lower priorities are accepted until then; -1 before the first was heard. */
  delayUntilUs: number;
  refreshedAtUs: number;
  lowerHeard: number;
  /** The tracking script: results in a row that speak against what is believed; null before the first result. */
  isScriptUp: boolean | null;
  contrary: number;
  scriptNumber: number;
  jitterStream: number;
}

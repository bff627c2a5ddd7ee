// The contract of a component kind: handlers for messages and timers over plain, copyable state. The engine never imports
// a kind; kinds are handed to it. Handlers run to completion: they may send, arm timers and answer, never wait.
import type { Micros } from '../foundation/micros.ts';
import type { CallTable } from './calls.ts';
import type { Draws } from './draws.ts';
import type { MessageCode, PurposeCode } from './message.ts';
import type { RequestTable } from './requests.ts';
import type { Writes } from './writes.ts';

/** A slot of the call table. Valid until both ends are done with it. */
export type CallId = number;
export const NO_CALL: CallId = -1;

/** Why a component stops: its process died, or its whole host lost power. */
export type StopCause = 'process-killed' | 'powered-off';

/** A link that starts at this component, or ends there, as its behaviour sees it. */
export interface LinkView {
  /** Index of the link in the design, the handle for `call` and `notify`. */
  readonly index: number;
  readonly id: string;
  /** The component at the other end: its index, id, kind and current config. */
  readonly peer: number;
  readonly peerId: string;
  readonly peerKind: string;
  readonly sameHost: boolean;
}

/** What a handler can do. One object serves every call of every handler: never keep it, never keep what it returns. */
export interface Context {
  readonly nowUs: Micros;
  /** Whole milliseconds since the start, for fields that name a moment. */
  readonly nowMs: number;
  /** Index of this component in the design. */
  readonly self: number;
  readonly calls: CallTable;
  readonly requests: RequestTable;
  /** Random numbers: `stream(purpose)` once in `start`, then draws from the stream. */
  readonly draws: Draws;
  /** The logs of the databases, and what became of every write (writes.ts). */
  readonly writes: Writes;

  /** Links that start here, and links that end here, in document order. */
  outgoing(): readonly LinkView[];
  incoming(): readonly LinkView[];
  /** Config of any component, as it is now. */
  configOf(component: number): Readonly<Record<string, unknown>>;

  /** The random stream of this component for one purpose; the same one after a restart. */
  stream(purpose: string): number;

  /**
   * Opens a connection along a link (or against it, when the link ends here) and sends the question. The answer, refusal or reset arrives at `onMessage`.
   * `flags` may be RETRIED (calls.ts). A parent's request is the new call's request.
   */
  call(link: number, code: MessageCode, purpose: PurposeCode, parent: CallId, flags?: number): CallId;
  /** Answers a call that was asked here, with a status (HTTP's, or 0 for good in databases), a reason code and its cause. */
  answer(call: CallId, status: number, reason: number, cause: number): void;
  /** The callee is done with a call without answering (it was closed, or came one way). */
  drop(call: CallId): void;
  /** The caller gives up: the callee gets `Closed`, whatever comes back is ignored. Timers of the call are void. */
  abandon(call: CallId): void;
  /** Sends a one-way message; `data` is found in `calls.data`. The callee must `drop` it. */
  notify(link: number, code: MessageCode, purpose: PurposeCode, data: number): void;

  /** Sends a datagram to the other end of a link, whichever end this is; `data` and `extra` are in `calls.data` and `callerA`. */
  cast(link: number, code: MessageCode, data: number, extra: number): void;
  /** Puts the address that moves on this host's interface, or takes it off: its kernel answers for it, or no longer. */
  holdAddress(holds: boolean): void;
  /** Gratuitous ARPs: whoever hears one sends to this host what is for the address. */
  announceAddress(times: number): void;
  /** Is the cable of this host in its place? */
  hasCable(): boolean;
  /** Does a process of this host run? False as well for an id that is not on this host. */
  processRuns(id: string): boolean;
  /** IPv4 address of a component's host, as a number. */
  addressOf(component: number): number;

  /** Arms a timer. With a call, the timer is void as soon as that call has ended; without, when this component stops. */
  after(delayUs: Micros, timer: number, call: CallId, data: number): void;
  /** The same for work of the processor: it takes longer on a slow component or host. */
  work(durationUs: Micros, timer: number, call: CallId, data: number): void;
  /** The same for delays that recur and mostly come to nothing (timeouts, intervals): such timers cost less. */
  timeout(delayUs: Micros, timer: number, call: CallId, data: number): void;
  /** One-way latency of a link, as it is now. */
  latencyUs(link: number): Micros;
  /** Whether a link carries nothing now: what a sender knows by its own unanswered copies. */
  isCut(link: number): boolean;

  /** What a read of a database sees now: `Field.Version`. */
  visibleVersion(component: number): number;
  /** This database writes the next position of its log, for a call that asked for a write (or NO_CALL). */
  writeLog(call: CallId): number;
  /** This database takes the next position into its relay log. */
  receiveLog(epoch: number, second: number): void;
  /** This database's log counts from now on for those linked to it. */
  makeRecord(isFirst: boolean): void;
  /** This database keeps its log only up to `length`; or throws it away for that of another one. */
  forgetLog(length: number): void;
  cloneLog(from: number, length: number): void;

  /** The power board of another component's host switches it off. A host does not switch itself off. */
  powerOff(component: number): void;

  /** Index of this component as an element of the trace, for `cause` and for comparing. */
  elementOf(component: number): number;
  /** The same for a link, for fields that name one. */
  elementOfLink(link: number): number;
  /** Notes a change of one of this component's fields (trace.ts) for the picture. */
  record(field: number, value: number): void;
  /** The same for a link, such as what the balancer believes of the server behind it. True when the value is new. */
  recordLink(link: number, field: number, value: number): boolean;
}

export interface Behaviour<Config = Readonly<Record<string, unknown>>, State = unknown> {
  /** It stores writes in a log (history.ts). */
  readonly keepsLog?: boolean;
  /**
   * The state of a component that has just started. `previous` is the state that it had when it stopped (null at the
   * first start), for what survives on disk.
   */
  start(config: Config, previous: State | null, context: Context): State;
  /** A message arrived: a new call to answer, or the answer, refusal or reset of a call that was made here, or `Closed`. */
  onMessage(state: State, config: Config, code: MessageCode, call: CallId, context: Context): void;
  /** A timer that `after` armed is due. `call` is NO_CALL or a call that is still open. */
  onTimer(state: State, config: Config, timer: number, call: CallId, data: number, context: Context): void;
  /** The component stops now. Its calls are already cut and its timers are void; only the picture is left to tidy. */
  onStop(state: State, config: Config, cause: StopCause, context: Context): void;
  /** A setting changed while it runs (a reload at that instant). */
  onReconfigure?(state: State, before: Config, after: Config, context: Context): void;
  /** The code of the timer by which it hears that its host's cable is pulled (data 0) or back (1), where it watches that. */
  readonly cableTimer?: number;
  /** A word of the program's own runtime interface, such as HAProxy's `set server ... health`. */
  onAdmin?(state: State, config: Config, words: readonly string[], context: Context): void;
}

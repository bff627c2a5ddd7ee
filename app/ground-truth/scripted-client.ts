// Clients of a database by script, as the recordings used them: each session has one connection to one database, one statement
// at a time, and writes down what it saw with the error codes of the client library. Only the replay of recordings knows it.
import { EXEMPT } from '../catalogue/database/read-only.ts';
import { fromMs, toMs } from '../foundation/micros.ts';
import type { Behaviour, CallId, Context } from '../simulation/behaviour.ts';
import { NO_CALL } from '../simulation/behaviour.ts';
import { epochAt } from '../simulation/history.ts';
import { Message, Purpose, reasonCode } from '../simulation/message.ts';

export interface SessionScript {
  /** Id of the database, or `record` for whichever is primary now. */
  readonly target: string;
  /** `connect`: only a TCP connection, which the server's kernel accepts. */
  readonly op: 'read' | 'write' | 'connect';
  /** From one statement's start to the next one's; 0: the next follows the answer. */
  readonly everyMs: number;
  readonly startMs: number;
  /** Its own limit for an answer, null for none. */
  readonly limitMs: number | null;
  /** After an error. */
  readonly retryMs: number;
  /** Statements in all; left out: until it is told to stop. */
  readonly count?: number;
  /** Whether a lost connection is opened again for the next statement. */
  readonly reconnects?: boolean;
  /** The account is exempt from read_only. */
  readonly isExempt?: boolean;
}

export interface Operation {
  readonly session: number;
  readonly atMs: number;
  readonly latencyMs: number;
  /** 0 for success. */
  readonly code: number;
  /** The position that was written, or up to which the read saw; and the epoch there. */
  readonly position: number;
  readonly epoch: number;
}

interface Session {
  open: boolean;
  call: CallId;
  /** The connection is being opened. */
  greets: boolean;
  beganUs: number;
  dueUs: number;
  done: number;
  stopped: boolean;
}

export interface ClientState {
  readonly sessions: Session[];
  readonly operations: Operation[];
}

export const SCRIPTED_CLIENT = 'scripted-client';
const NONE = reasonCode('none');
const NEXT = 1;
const LIMIT = 2;
/** A writer that was held up sends so many late statements at once. */
const MOST_LATE = 4;

/** Connection refused (PyMySQL; the C client says 2002), connection lost, and a further statement on a lost one. */
export const CANNOT_CONNECT = 2003;
export const LOST = 2013;
const GONE = 2006;

interface ClientConfig {
  readonly sessions: readonly SessionScript[];
}

export const scriptedClient: Behaviour<ClientConfig, ClientState> = {
  start(config, _previous, context) {
    config.sessions.forEach((session, index) => {
      context.after(fromMs(session.startMs), NEXT, NO_CALL, index);
    });
    return {
      sessions: config.sessions.map(({ startMs }) => ({
        open: true,
        call: NO_CALL,
        greets: false,
        beganUs: 0,
        dueUs: fromMs(startMs),
        done: 0,
        stopped: false,
      })),
      operations: [],
    };
  },

  onMessage(state, config, code, call, context) {
    const index = context.calls.callerA[call] as number;
    const session = state.sessions[index];
    if (session === undefined || session.call !== call) return;
    session.call = NO_CALL;
    if (code === Message.Answer && session.greets) {
      session.greets = false;
      session.open = true;
      ask(state, config, index, context);
    } else if (code === Message.Answer) {
      const status = context.calls.reason[call] === NONE ? 0 : (context.calls.status[call] as number);
      ended(state, config, index, status, call, context);
    } else {
      const isLost = session.open || code === Message.Reset;
      session.open = false;
      session.greets = false;
      ended(state, config, index, isLost ? LOST : CANNOT_CONNECT, call, context);
    }
  },

  onTimer(state, config, timer, call, data, context) {
    const session = state.sessions[data];
    if (session === undefined) return;
    if (timer === NEXT) begin(state, config, data, context);
    else if (session.call === call) {
      session.call = NO_CALL;
      session.open = false;
      session.greets = false;
      context.abandon(call);
      ended(state, config, data, LOST, NO_CALL, context);
    }
  },

  onStop() {},

  /** `stop N`, `start N`; without a number all. `forget`: no connection is open any more. */
  onAdmin(state, _config, [verb, number], context) {
    state.sessions.forEach((session, index) => {
      if (number !== undefined && Number(number) !== index) return;
      if (verb === 'forget') session.open = false;
      const wasStopped = session.stopped;
      if (verb !== 'forget') session.stopped = verb === 'stop';
      if (!wasStopped || session.stopped || session.call !== NO_CALL) return;
      session.dueUs = context.nowUs;
      context.after(0, NEXT, NO_CALL, index);
    });
  },
};

function begin(state: ClientState, config: ClientConfig, index: number, context: Context): void {
  const session = state.sessions[index] as Session;
  const script = config.sessions[index] as SessionScript;
  if (session.stopped || session.call !== NO_CALL || (script.count ?? Number.POSITIVE_INFINITY) <= session.done) return;
  session.beganUs = context.nowUs;
  if (!session.open && script.reconnects === false) {
    ended(state, config, index, GONE, NO_CALL, context);
    return;
  }
  session.greets = !session.open;
  ask(state, config, index, context);
}

/** Opens the connection, or sends the statement over it. The limit counts for each of the two. */
function ask(state: ClientState, config: ClientConfig, index: number, context: Context): void {
  const session = state.sessions[index] as Session;
  const { target, op, limitMs, isExempt } = config.sessions[index] as SessionScript;
  const link = context
    .outgoing()
    .find(({ peer, peerId }) => (target === 'record' ? context.writes.recordOf(peer) === peer : peerId === target));
  if (link === undefined) return;
  const isCheck = session.greets || op === 'connect';
  const purpose = isCheck ? Purpose.Check : op === 'write' ? Purpose.Write : Purpose.Read;
  const question = op === 'connect' ? Message.TcpCheck : Message.HealthCheck;
  const call = context.call(link.index, isCheck ? question : Message.Query, purpose, NO_CALL);
  context.calls.callerA[call] = index;
  context.calls.callerB[call] = isExempt === true ? EXEMPT : 0;
  session.call = call;
  if (limitMs !== null) context.after(fromMs(limitMs), LIMIT, call, index);
}

function ended(
  state: ClientState,
  config: ClientConfig,
  index: number,
  code: number,
  call: CallId,
  context: Context,
): void {
  const session = state.sessions[index] as Session;
  const script = config.sessions[index] as SessionScript;
  const position = call === NO_CALL || code !== 0 || script.op === 'connect' ? 0 : (context.calls.data[call] as number);
  const database = call === NO_CALL ? -1 : (context.calls.callee[call] as number);
  state.operations.push({
    session: index,
    atMs: toMs(session.beganUs),
    latencyMs: toMs(context.nowUs - session.beganUs),
    code,
    position,
    epoch: position === 0 ? -1 : epochAt(context.writes.historyOf(database), position),
  });
  session.done++;
  const everyUs = fromMs(script.everyMs);
  session.dueUs = Math.max(session.dueUs + everyUs, context.nowUs - MOST_LATE * everyUs);
  const waitUs = code === 0 ? Math.max(0, session.dueUs - context.nowUs) : fromMs(script.retryMs);
  context.after(waitUs, NEXT, NO_CALL, index);
}

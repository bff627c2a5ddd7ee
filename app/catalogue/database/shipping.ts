// The primary's end of replication: a sender for each receiver that has connected, strictly in order. (1) A receiver asks with
// the position after which it wants to read, and the epoch there. The primary goes on from it when its own log has that
// transaction, or when the receiver is merely ahead of it; else it refuses with error 1236. (2) Each position is sent as soon
// as it is in the log; nobody waits for it, unless semi-synchronous replication asks for an answer. (3) A link that is cut
// keeps what comes in the sender's socket: nothing is sent until it carries again. (4) A dead process is known at once, a
// dead host not at all: what is sent there is lost, until its receiver asks again.
import { type Micros, MS, SECOND } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { CALLER_DONE, ONE_WAY } from '../../simulation/calls.ts';
import { epochAt, holds, secondAt } from '../../simulation/history.ts';
import { Message, Purpose, reasonCode } from '../../simulation/message.ts';
import { type DatabaseState, type Shipping, Timer } from './state.ts';

/** What a copy carries that is none: the primary is there. */
export const HEARTBEAT = -1;
/** Error of a receiver whose position the primary does not have. */
const ERROR_NOT_IN_LOG = 1236;
/** How often a sender whose link is cut tries again (TCP's smallest wait). */
const RESUME_US: Micros = 200 * MS;
const REFUSED = reasonCode('database-refused');

export function startShipping(context: Context): Shipping {
  const links = [...context.outgoing(), ...context.incoming()].filter((link) => link.peerKind === 'database');
  const none = () => new Int32Array(links.length).fill(NO_CALL);
  return {
    links: Int32Array.from(links, (link) => link.index),
    peers: Int32Array.from(links, (link) => link.peer),
    connection: none(),
    sent: new Int32Array(links.length),
    acked: new Int32Array(links.length),
    stalled: new Uint8Array(links.length),
    sentUs: new Float64Array(links.length),
  };
}

export const receivers = ({ connection }: Shipping): number => {
  let count = 0;
  for (const call of connection) if (call !== NO_CALL) count++;
  return count;
};

/** A receiver asks: data is its position, callerB the epoch there. False when it is refused. */
export function receiverAsks(state: DatabaseState, call: CallId, needsAck: boolean, context: Context): boolean {
  const { calls, writes } = context;
  const { shipping } = state;
  const entry = shipping.links.indexOf(calls.link[call] as number);
  const position = calls.data[call] as number;
  const epoch = calls.callerB[call] as number;
  const history = writes.historyOf(context.self);
  const isAhead = position > history.length && epochAt(history, history.length) === epoch;
  const isEmpty = history.length === 0;
  if (position > 0 && !holds(history, epoch, position) && !isAhead && !isEmpty) {
    context.answer(call, ERROR_NOT_IN_LOG, REFUSED, context.elementOf(context.self));
    return false;
  }
  receiverLeft(shipping, entry, context);
  shipping.connection[entry] = call;
  shipping.sent[entry] = Math.min(position, binlogEnd(state, context));
  shipping.acked[entry] = shipping.sent[entry] as number;
  heartbeat(shipping, entry, context);
  sendMissing(shipping, entry, binlogEnd(state, context), needsAck, context);
  return true;
}

/** The entry's connection is over. */
export function receiverLeft(shipping: Shipping, entry: number, context: Context): void {
  const connection = shipping.connection[entry] as CallId;
  shipping.connection[entry] = NO_CALL;
  if (connection !== NO_CALL) context.drop(connection);
}

/** A replica's binlog holds what it has applied, a primary's all that it wrote. */
const binlogEnd = (state: DatabaseState, context: Context): number =>
  state.channel.source < 0 ? context.writes.historyOf(context.self).length : state.version;

/** Sends every position that is missing to every receiver that is connected. */
export function ship(state: DatabaseState, needsAck: boolean, context: Context): void {
  const { shipping } = state;
  for (let entry = 0; entry < shipping.links.length; entry++) {
    if (shipping.connection[entry] === NO_CALL) continue;
    sendMissing(shipping, entry, binlogEnd(state, context), needsAck, context);
  }
}

function sendMissing(shipping: Shipping, entry: number, end: number, needsAck: boolean, context: Context): void {
  const history = context.writes.historyOf(context.self);
  const link = shipping.links[entry] as number;
  if ((shipping.sent[entry] as number) >= end || isStalled(shipping, entry, context)) return;
  const { calls } = context;
  for (let next = (shipping.sent[entry] as number) + 1; next <= end; next++) {
    const copy = context.call(link, Message.BinlogEvent, Purpose.Copy, NO_CALL, needsAck ? 0 : ONE_WAY | CALLER_DONE);
    calls.data[copy] = next;
    calls.callerA[copy] = secondAt(history, next);
    calls.callerB[copy] = epochAt(history, next);
  }
  shipping.sent[entry] = end;
  shipping.sentUs[entry] = context.nowUs;
}

function isStalled(shipping: Shipping, entry: number, context: Context): boolean {
  if (!context.isCut(shipping.links[entry] as number)) return false;
  if (shipping.stalled[entry] === 0) context.after(RESUME_US, Timer.Resume, NO_CALL, entry);
  shipping.stalled[entry] = 1;
  return true;
}

/** The sender whose link was cut tries again. */
export function resume(state: DatabaseState, entry: number, needsAck: boolean, context: Context): void {
  const { shipping } = state;
  shipping.stalled[entry] = 0;
  if (shipping.connection[entry] === NO_CALL) return;
  sendMissing(shipping, entry, binlogEnd(state, context), needsAck, context);
}

/** Says that the primary is there. */
function heartbeat(shipping: Shipping, entry: number, context: Context): void {
  const beat = context.call(
    shipping.links[entry] as number,
    Message.BinlogEvent,
    Purpose.Check,
    NO_CALL,
    ONE_WAY | CALLER_DONE,
  );
  context.calls.data[beat] = HEARTBEAT;
  shipping.sentUs[entry] = context.nowUs;
}

/** A receiver that has heard nothing for half its patience gets a heartbeat (MASTER_HEARTBEAT_PERIOD). */
export function heartbeats(state: DatabaseState, netTimeoutS: number, context: Context): void {
  const { shipping } = state;
  const periodUs = (netTimeoutS * SECOND) / 2;
  for (let entry = 0; entry < shipping.links.length; entry++) {
    if (shipping.connection[entry] === NO_CALL || context.isCut(shipping.links[entry] as number)) continue;
    if (context.nowUs - (shipping.sentUs[entry] as number) >= periodUs) heartbeat(shipping, entry, context);
  }
}

// The copies on their way from a primary to its replicas: one stream a replica, strictly in order. A real replica opens
// the connection itself and tries again each second; links here lead from primary to replica, so the primary does both ends
// of that talk. (1) Connected: every commit is sent at once, nobody waits for it. (2) A refusal, a reset, or a copy that the
// replica's kernel has not taken within a second ends the connection. (3) Then, each second, the primary asks where the
// replica stands. (4) With its answer the connection is open again and all that is missing is sent, in order. (5) A
// replica that gets a copy outside its order answers where it stands, which leads to (3) at once. Connections and questions
// travel as checks, so that what counts as a copy is a write and nothing else.
import { type Micros, MS, SECOND } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import { Message, Purpose, reasonCode } from '../../simulation/message.ts';

/** Time to ask again where a replica stands. */
const RETRY = 10;
/** The question where it stands was not answered. */
const ASK_LIMIT = 11;
/** By now a copy must have arrived. */
const ARRIVAL_LIMIT = 12;

/** The receiver's connect retry as in the recordings; the programs' own default is 60 s. */
const RETRY_US: Micros = SECOND;
/** What a call carries that is the connection itself and no copy. */
const CONNECTION = -1;
const NONE = reasonCode('none');

// ---- at the primary ---------------------------------------------------------------------------------------------------

/** One entry a replica, in the order of the outgoing links. */
export interface Shipping {
  links: Int32Array;
  /** 1 while copies are sent as they are committed. */
  connected: Uint8Array;
  /** The call that stands for the open connection: its caller's scratch tells an observer the primary's version. */
  connection: Int32Array;
  /** The question in progress, or -1. */
  asking: Int32Array;
  /** Last version sent. */
  sent: Int32Array;
}

/** After a restart the primary does not know where its replicas stand; at the very first start all are at `version`. */
export function startShipping(version: number, restarted: boolean, context: Context): Shipping {
  const links = Int32Array.from(
    context.outgoing().flatMap((link) => (link.peerKind === 'database' ? [link.index] : [])),
  );
  const shipping: Shipping = {
    links,
    connected: new Uint8Array(links.length),
    connection: new Int32Array(links.length).fill(NO_CALL),
    asking: new Int32Array(links.length).fill(NO_CALL),
    sent: new Int32Array(links.length).fill(version),
  };
  for (let replica = 0; replica < links.length; replica++) {
    if (restarted) ask(shipping, replica, context);
    else connect(shipping, replica, version, context);
  }
  return shipping;
}

/** Sends every version up to this one to every connected replica. */
export function ship(shipping: Shipping, version: number, context: Context): void {
  const { calls } = context;
  for (let replica = 0; replica < shipping.links.length; replica++) {
    const connection = shipping.connection[replica] as CallId;
    if (connection !== NO_CALL) calls.callerA[connection] = version;
    if (shipping.connected[replica] === 1) sendMissing(shipping, replica, version, context);
  }
}

function sendMissing(shipping: Shipping, replica: number, version: number, context: Context): void {
  const link = shipping.links[replica] as number;
  const limitUs = Math.max(RETRY_US, 2 * context.latencyUs(link) + MS);
  for (let next = (shipping.sent[replica] as number) + 1; next <= version; next++) {
    const copy = context.call(link, Message.BinlogEvent, Purpose.Copy, NO_CALL);
    context.calls.data[copy] = next;
    context.timeout(limitUs, ARRIVAL_LIMIT, copy, replica);
  }
  shipping.sent[replica] = version;
}

function connect(shipping: Shipping, replica: number, version: number, context: Context): void {
  const connection = context.call(shipping.links[replica] as number, Message.BinlogEvent, Purpose.Check, NO_CALL);
  context.calls.data[connection] = CONNECTION;
  context.calls.callerA[connection] = version;
  shipping.connection[replica] = connection;
  shipping.connected[replica] = 1;
}

function ask(shipping: Shipping, replica: number, context: Context): void {
  const link = shipping.links[replica] as number;
  const question = context.call(link, Message.Query, Purpose.Check, NO_CALL);
  shipping.asking[replica] = question;
  context.timeout(Math.max(RETRY_US, 2 * context.latencyUs(link) + MS), ASK_LIMIT, question, replica);
}

/** An answer of a replica: where it stands, asked for or not. */
export function copyAnswered(shipping: Shipping, call: CallId, version: number, context: Context): void {
  const replica = shipping.links.indexOf(context.calls.link[call] as number);
  if (shipping.asking[replica] === call) {
    shipping.asking[replica] = NO_CALL;
    shipping.sent[replica] = context.calls.data[call] as number;
    connect(shipping, replica, version, context);
    sendMissing(shipping, replica, version, context);
  } else if (disconnect(shipping, replica, call, context)) ask(shipping, replica, context);
}

/** A refusal, or a reset because the replica died. */
export function copyFailed(shipping: Shipping, call: CallId, context: Context): void {
  const replica = shipping.links.indexOf(context.calls.link[call] as number);
  if (shipping.asking[replica] === call) {
    shipping.asking[replica] = NO_CALL;
    context.after(RETRY_US, RETRY, NO_CALL, replica);
  } else if (disconnect(shipping, replica, call, context)) context.after(RETRY_US, RETRY, NO_CALL, replica);
}

export function onShippingTimer(
  shipping: Shipping,
  timer: number,
  call: CallId,
  replica: number,
  context: Context,
): void {
  if (timer === RETRY) ask(shipping, replica, context);
  else if (timer === ASK_LIMIT) {
    context.abandon(call);
    ask(shipping, replica, context);
  } else {
    const lost = !context.calls.has(call, ARRIVED);
    context.abandon(call);
    if (lost && disconnect(shipping, replica, NO_CALL, context)) ask(shipping, replica, context);
  }
}

/** False when the connection was over already. `current` is the call of which the news came: the engine frees that one. */
function disconnect(shipping: Shipping, replica: number, current: CallId, context: Context): boolean {
  const connection = shipping.connection[replica] as CallId;
  shipping.connection[replica] = NO_CALL;
  if (connection !== NO_CALL && connection !== current) context.abandon(connection);
  if (shipping.connected[replica] === 0) return false;
  shipping.connected[replica] = 0;
  return true;
}

// ---- at the replica ---------------------------------------------------------------------------------------------------

export interface Received {
  /** Last version in the relay log, which is on disk. */
  last: number;
  /** The open connection, or -1. */
  connection: CallId;
  /** The primary's version when the last connection ended. */
  primaryVersion: number;
}

export const startReceived = (last: number): Received => ({ last, connection: NO_CALL, primaryVersion: last });

/** Takes what the primary sends. True when the relay log has grown. */
export function receive(received: Received, code: number, call: CallId, context: Context): boolean {
  const { calls } = context;
  const version = calls.data[call] as number;
  if (code === Message.Query) {
    endConnection(received, context);
    answerPosition(received, call, context);
    return false;
  }
  if (version === CONNECTION) {
    endConnection(received, context);
    received.connection = call;
    return false;
  }
  if (received.connection === NO_CALL || version > received.last + 1) {
    answerPosition(received, call, context);
    return false;
  }
  context.drop(call);
  if (version <= received.last) return false;
  received.last = version;
  return true;
}

/** The primary closed its end: its process died, or it opens the connection again. */
export function receiverClosed(received: Received, call: CallId, context: Context): void {
  if (received.connection === call) endConnection(received, context);
  else context.drop(call);
}

/** What nobody in the world of the design can know at once: the version of the primary's data now. */
export const truePrimaryVersion = (received: Received, context: Context): number =>
  received.connection === NO_CALL ? received.primaryVersion : (context.calls.callerA[received.connection] as number);

function endConnection(received: Received, context: Context): void {
  if (received.connection === NO_CALL) return;
  received.primaryVersion = truePrimaryVersion(received, context);
  context.drop(received.connection);
  received.connection = NO_CALL;
}

function answerPosition(received: Received, call: CallId, context: Context): void {
  context.calls.data[call] = received.last;
  context.answer(call, 0, NONE, -1);
}

// The replica's end of replication, two activities. The receiver connects to the database that it follows, again and again
// when it is refused, and writes what comes into the relay log; after `slave_net_timeout` of silence it takes its connection
// for dead, not before. The applier applies the relay log in order, `applyMs` each. With `MASTER_DELAY` it works on whole
// seconds of commit times: it sleeps so many whole seconds as are missing and then applies all of that second.
import { fromMs, MS, SECOND } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { CALLER_DONE } from '../../simulation/calls.ts';
import { epochAt, secondAt } from '../../simulation/history.ts';
import { Message, Purpose, reasonCode } from '../../simulation/message.ts';
import { Field } from '../../simulation/trace.ts';
import { type DatabaseConfig, MASTER_CONNECT_RETRY_S, SLAVE_NET_TIMEOUT_S } from './config.ts';
import { HEARTBEAT } from './shipping.ts';
import { type Channel, type DatabaseState, Receiver, Timer } from './state.ts';

const ERROR_DUPLICATE = 1062;
const NONE = reasonCode('none');
/** Each sleep of a delayed applier lasts about so much longer, as recorded. */
const OVERSLEPT_US = 10 * MS;

/** `before` is the channel that this one takes the place of in a running server. */
export const startChannel = (source: number, before?: Channel): Channel => ({
  source,
  series: before === undefined ? 0 : before.series + 1,
  receiver: source < 0 ? Receiver.Stopped : Receiver.Connecting,
  connection: NO_CALL,
  turn: 0,
  heardUs: 0,
  ioError: 0,
  sqlError: 0,
  fromStart: false,
  applies: source >= 0,
  applying: 0,
  sleeping: false,
});

const netTimeoutUs = (config: DatabaseConfig): number => (config.slaveNetTimeoutS ?? SLAVE_NET_TIMEOUT_S) * SECOND;

/** Asks for everything after its own position. */
export function connect(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { channel, shipping } = state;
  if (channel.source < 0) return;
  const history = context.writes.historyOf(context.self);
  const position = channel.fromStart ? 0 : history.length;
  const link = shipping.links[channel.source] as number;
  channel.receiver = Receiver.Connecting;
  channel.turn++;
  const call = context.call(link, Message.Query, Purpose.Check, NO_CALL);
  context.calls.data[call] = position;
  context.calls.callerB[call] = epochAt(history, position);
  channel.connection = call;
  channel.heardUs = context.nowUs;
  context.timeout(netTimeoutUs(config), Timer.Silence, NO_CALL, channel.turn);
}

/** The connection was refused or broke: the receiver tries again after a while. */
export function connectionLost(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { channel } = state;
  if (call !== channel.connection) return;
  channel.connection = NO_CALL;
  if (channel.receiver === Receiver.Stopped) return;
  channel.receiver = Receiver.Connecting;
  channel.turn++;
  const retryUs = (config.masterConnectRetryS ?? MASTER_CONNECT_RETRY_S) * SECOND;
  context.timeout(retryUs, Timer.Connect, NO_CALL, channel.turn);
}

/** The primary's answer is an error: the receiver stops. */
export function connectionRefused(state: DatabaseState, call: CallId, context: Context): void {
  if (call !== state.channel.connection) return;
  state.channel.connection = NO_CALL;
  state.channel.receiver = Receiver.Stopped;
  state.channel.ioError = context.calls.status[call] as number;
}

/** Was there anything since? If not, the connection is dead and another one is opened. */
export function silence(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { channel } = state;
  const silentUs = context.nowUs - channel.heardUs;
  const limitUs = netTimeoutUs(config);
  if (silentUs < limitUs) {
    context.after(limitUs - silentUs, Timer.Silence, NO_CALL, channel.turn);
    return;
  }
  context.abandon(channel.connection);
  connect(state, config, context);
}

export function stopReceiver(state: DatabaseState, context: Context): void {
  const { channel } = state;
  if (channel.connection !== NO_CALL) context.abandon(channel.connection);
  channel.connection = NO_CALL;
  channel.receiver = Receiver.Stopped;
  channel.turn++;
}

/** Takes what the primary sends, and answers a copy whose sender waits for it. */
export function receive(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { calls } = context;
  const { channel, shipping } = state;
  const position = calls.data[call] as number;
  const isMine = channel.source >= 0 && shipping.links[channel.source] === calls.link[call];
  // The kernel has taken what a process sent before it died, so a receiver without its connection still reads that.
  if (!isMine || channel.receiver === Receiver.Stopped) {
    context.drop(call);
    return;
  }
  channel.heardUs = context.nowUs;
  if (channel.connection !== NO_CALL && channel.receiver === Receiver.Connecting) {
    channel.receiver = Receiver.Connected;
    channel.ioError = 0;
  }
  const length = context.writes.historyOf(context.self).length;
  if (position !== HEARTBEAT) takeCopy(state, config, call, position, length, context);
  if (calls.has(call, CALLER_DONE)) context.drop(call);
  else {
    calls.data[call] = Math.min(position, context.writes.historyOf(context.self).length);
    context.answer(call, 0, NONE, -1);
  }
}

function takeCopy(
  state: DatabaseState,
  config: DatabaseConfig,
  call: CallId,
  position: number,
  length: number,
  context: Context,
): void {
  const { calls } = context;
  const { channel } = state;
  const epoch = calls.callerB[call] as number;
  if (position > length + 1) {
    // A copy before it was lost or comes later: ask for all that is missing.
    if (channel.connection !== NO_CALL && channel.receiver === Receiver.Connected) {
      context.abandon(channel.connection);
      connect(state, config, context);
    }
    return;
  }
  if (position <= length) {
    // What it has already is passed over; another row with the same key stops the applier.
    if (epochAt(context.writes.historyOf(context.self), position) !== epoch) applierFails(state, ERROR_DUPLICATE);
    return;
  }
  if (channel.sqlError !== 0 && channel.fromStart) return;
  context.receiveLog(epoch, calls.callerA[call] as number);
  applyNext(state, config, context);
}

function applierFails(state: DatabaseState, error: number): void {
  state.channel.applies = false;
  state.channel.sqlError = error;
}

/** The applier is one thread, unless more are set: the next copied write starts when the one before is visible. */
export function applyNext(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { channel } = state;
  const history = context.writes.historyOf(context.self);
  context.record(Field.Queue, Math.max(0, history.length - state.version));
  if (!channel.applies || channel.sleeping) return;
  const threads = config.applyThreads ?? 1;
  while (channel.applying < threads && history.length > state.version + channel.applying) {
    if (sleepsFirst(state, config, state.version + channel.applying + 1, context)) return;
    channel.applying++;
    const meanUs = fromMs(config.applyMs);
    const durationUs = context.draws.durationUs(state.applyStream, meanUs, config.distribution, config.variation);
    context.work(durationUs, Timer.Applied, NO_CALL, channel.series);
  }
}

function sleepsFirst(state: DatabaseState, config: DatabaseConfig, position: number, context: Context): boolean {
  const delayS = config.masterDelayS ?? 0;
  if (delayS === 0) return false;
  const history = context.writes.historyOf(context.self);
  const wholeS = secondAt(history, position) + delayS - Math.floor(context.nowUs / SECOND);
  if (wholeS <= 0) return false;
  state.channel.sleeping = true;
  context.after(wholeS * SECOND + OVERSLEPT_US, Timer.DelayOver, NO_CALL, 0);
  return true;
}

/** A copied write is visible, unless the channel that applied it is no more (its `series`). */
export function applied(state: DatabaseState, config: DatabaseConfig, series: number, context: Context): void {
  if (series !== state.channel.series) return;
  state.channel.applying--;
  if (state.version >= context.writes.historyOf(context.self).length) return; // discarded meanwhile
  state.version++;
  context.record(Field.Version, state.version);
  applyNext(state, config, context);
}

/**
 * `Seconds_Behind_Master`: whole seconds between now and the commit of what is applied or waited for, 0 with nothing to do,
 * null when the applier or the connection is down. It says nothing about what has not been received.
 */
export function secondsBehindMaster(
  state: DatabaseState,
  context: Pick<Context, 'nowUs' | 'self' | 'writes'>,
): number | null {
  const { channel } = state;
  if (channel.source < 0 || !channel.applies || channel.receiver !== Receiver.Connected) return null;
  const history = context.writes.historyOf(context.self);
  if (state.version >= history.length) return 0;
  return Math.max(0, Math.floor(context.nowUs / SECOND) - secondAt(history, state.version + 1));
}

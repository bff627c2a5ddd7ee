// nginx. (1) A health check is answered 200 by nginx itself, at once, unless it asks for a page of the application. (2) A static file is read for `staticMs` and answered.
// (3) Any other request is parsed for `parseMs`, then passed to the application server, which holds a second connection.
// (4) The answer passes back as it is; refused or closed upstream is 502, connect and read timeouts are 504. (5) A client
// that closes ends it all: nginx drops the upstream connection and logs 499.
import { fromMs } from '../../foundation/micros.ts';
import type { Behaviour, CallId, Context, StopCause } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import {
  CheckPage,
  Message,
  type MessageCode,
  Purpose,
  type PurposeCode,
  reasonCode,
} from '../../simulation/message.ts';
import { Field } from '../../simulation/trace.ts';
import type { WebServerConfig } from './config.ts';

const PARSED = 1;
const FILE_READ = 2;
/** The upstream call may have waited too long: for the connection, then for the answer. */
const UPSTREAM_WAIT = 3;

const NONE = reasonCode('none');
const APP_REFUSED = reasonCode('app-refused');
const APP_CLOSED = reasonCode('app-closed');
const APP_TIMEOUT = reasonCode('app-timeout');
const OVERLOADED = reasonCode('overloaded');
/** Another protocol than the one that is spoken here: the connection ends at once with an error. */
const NOT_UNDERSTOOD = reasonCode('status');

/** A proxied request holds the client's connection and the upstream one. */
const CONNECTIONS_PER_REQUEST = 2;

export interface WebServerState {
  /** Connections in use, of `workerConnections`. */
  connections: number;
  /** Link to the application server, or -1, and that server's element of the trace. */
  upstreamLink: number;
  upstreamElement: number;
}

export const webServerBehaviour: Behaviour<WebServerConfig, WebServerState> = {
  start(config, _previous, context) {
    const upstream = context.outgoing().find((link) => link.peerKind === 'app-server');
    recordCapacity(config, 0, context);
    return {
      connections: 0,
      upstreamLink: upstream ? upstream.index : -1,
      upstreamElement: upstream ? context.elementOf(upstream.peer) : -1,
    };
  },

  onMessage(state, config, code, call, context) {
    switch (code as MessageCode) {
      case Message.HttpRequest:
      case Message.HealthCheck:
        accept(state, config, code, call, context);
        return;
      case Message.Closed:
        clientClosed(state, config, call, context);
        return;
      case Message.Answer: {
        const { calls } = context;
        const reason = calls.reason[call] as number;
        finishProxied(state, config, call, calls.status[call] as number, reason, calls.cause[call] as number, context);
        return;
      }
      case Message.Refused:
        finishProxied(state, config, call, 502, APP_REFUSED, state.upstreamElement, context);
        return;
      case Message.Reset:
        finishProxied(state, config, call, 502, APP_CLOSED, state.upstreamElement, context);
        return;
      default:
        context.answer(call, 400, NOT_UNDERSTOOD, context.elementOf(context.self));
    }
  },

  onTimer(state, config, timer, call, _data, context) {
    if (timer === PARSED) passOn(state, config, call, context);
    else if (timer === FILE_READ) finish(state, config, call, 1, 200, NONE, -1, context);
    else upstreamWait(state, config, call, context);
  },

  onStop(_state, _config, _cause: StopCause, context) {
    context.record(Field.Busy, 0);
  },

  onReconfigure(state, _before, after, context) {
    recordCapacity(after, state.connections, context);
  },
};

/** After a reload with fewer connections the old workers keep theirs until they are closed: till then they count. */
function recordCapacity(config: WebServerConfig, held: number, context: Context): void {
  context.record(Field.Capacity, Math.max(config.workerConnections, held));
}

/**
 * With no connection free, real nginx logs "worker_connections are not enough" and closes a client it cannot take; where
 * only the upstream connection is missing it answers 500. Both are a 500 here: the user sees a failure at once either way.
 */
function accept(state: WebServerState, config: WebServerConfig, code: number, call: CallId, context: Context): void {
  if (state.connections >= config.workerConnections) {
    context.answer(call, 500, OVERLOADED, context.elementOf(context.self));
    return;
  }
  if (code === Message.HealthCheck && context.calls.data[call] !== CheckPage.Ready) {
    context.answer(call, 200, NONE, -1);
    return;
  }
  hold(state, context);
  if (context.calls.purpose[call] === Purpose.Static) context.work(fromMs(config.staticMs), FILE_READ, call, 0);
  else context.work(fromMs(config.parseMs), PARSED, call, 0);
}

function passOn(state: WebServerState, config: WebServerConfig, call: CallId, context: Context): void {
  if (state.upstreamLink < 0) {
    finish(state, config, call, 1, 502, APP_REFUSED, context.elementOf(context.self), context);
    return;
  }
  if (state.connections >= config.workerConnections) {
    finish(state, config, call, 1, 500, OVERLOADED, context.elementOf(context.self), context);
    return;
  }
  hold(state, context);
  const { calls } = context;
  const purpose = calls.purpose[call] as PurposeCode;
  const upstream = context.call(state.upstreamLink, calls.code[call] as MessageCode, purpose, call);
  calls.data[upstream] = calls.data[call] as number;
  calls.calleeA[call] = upstream + 1;
  context.timeout(
    fromMs(Math.min(config.proxyConnectTimeoutMs, config.proxyReadTimeoutMs)),
    UPSTREAM_WAIT,
    upstream,
    0,
  );
}

/** Looks again no later than the next moment at which one of the two timeouts can be over. */
function upstreamWait(state: WebServerState, config: WebServerConfig, upstream: CallId, context: Context): void {
  const { calls, nowUs } = context;
  const readUs = fromMs(config.proxyReadTimeoutMs);
  const connected = calls.has(upstream, ARRIVED);
  const deadlineUs = connected
    ? (calls.arrivedUs[upstream] as number) + readUs
    : (calls.sentUs[upstream] as number) + fromMs(config.proxyConnectTimeoutMs);
  if (deadlineUs > nowUs) {
    context.after(connected ? deadlineUs - nowUs : Math.min(deadlineUs - nowUs, readUs), UPSTREAM_WAIT, upstream, 0);
    return;
  }
  finishProxied(state, config, upstream, 504, APP_TIMEOUT, state.upstreamElement, context);
  context.abandon(upstream);
}

function clientClosed(state: WebServerState, config: WebServerConfig, call: CallId, context: Context): void {
  const upstream = (context.calls.calleeA[call] as number) - 1;
  if (upstream !== NO_CALL) context.abandon(upstream);
  release(state, config, upstream === NO_CALL ? 1 : CONNECTIONS_PER_REQUEST, context);
  context.drop(call);
}

function finishProxied(
  state: WebServerState,
  config: WebServerConfig,
  upstream: CallId,
  status: number,
  reason: number,
  cause: number,
  context: Context,
): void {
  const call = context.calls.parent[upstream] as number;
  finish(state, config, call, CONNECTIONS_PER_REQUEST, status, reason, cause, context);
}

function finish(
  state: WebServerState,
  config: WebServerConfig,
  call: CallId,
  connections: number,
  status: number,
  reason: number,
  cause: number,
  context: Context,
): void {
  release(state, config, connections, context);
  context.answer(call, status, reason, cause);
}

function release(state: WebServerState, config: WebServerConfig, connections: number, context: Context): void {
  state.connections -= connections;
  context.record(Field.Busy, state.connections);
  recordCapacity(config, state.connections, context);
}

function hold(state: WebServerState, context: Context): void {
  state.connections++;
  context.record(Field.Busy, state.connections);
}

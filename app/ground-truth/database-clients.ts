// The scenarios of `hang`, `client-error-codes` and `read-only-errors`: what a client is told, statement by statement.
import { isIn, Lab, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import { CANNOT_CONNECT, LOST, type SessionScript } from './scripted-client.ts';
import { distinct, statsOf } from './summary.ts';

/** Rate of the recorded clients, in statements a second. */
const RATE = 20;
const STATUS_MS = 100;

export function hang(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, seed) => hangOnce(params, seed + 1));
  const first = all.flatMap((one) => one.timeouts.slice(0, 1));
  return {
    summary: {
      timeoutClientErrorCodes: distinct(all.flatMap((one) => one.timeouts.map(({ code }) => String(code)))),
      clientWithoutTimeoutErrors: distinct(all.flatMap((one) => one.otherErrors)),
      firstTimeoutErrorLatencyMs: statsOf(first.map((one) => one.latencyMs)),
      laterConnectErrorLatencyMs: statsOf(all.flatMap((one) => one.timeouts.slice(1).map((each) => each.latencyMs))),
      clientWithoutTimeoutLatencyMs: statsOf(all.map((one) => one.longestMs)),
      timedOutButCommitted: all.map((one) => one.committed),
      rawTcpGreeting: distinct(all.map((one) => one.greeting)),
      rawTcpConnectMs: statsOf(all.map((one) => one.connectMs)),
      replicaReadErrors: all.map((one) => one.readErrors),
      replicaIoStatesDuringHang: distinct(all.flatMap((one) => one.states)),
    },
  };
}

function hangOnce(params: Params, seed: number) {
  const limitMs = Number(params['clientReadTimeoutS']) * 1_000;
  const greeted: SessionScript = { target: 'primary', op: 'read', everyMs: 1e6, startMs: 1e6, limitMs, retryMs: 1e6 };
  const lab = new Lab({
    seed,
    oneWayMs: null,
    both: { slaveNetTimeoutS: params['slaveNetTimeoutS'] },
    sessions: [
      ...writers(1, RATE),
      ...writers(1, RATE, { limitMs, startMs: 20 }),
      ...writers(1, RATE, { op: 'read', target: 'replica' }),
      greeted,
      { ...greeted, op: 'connect' },
    ],
  });
  lab.run(1_000 + 11.3 * seed);
  lab.act({ type: 'hang', target: 'primary' });
  const startMs = lab.nowMs;
  const states: string[] = [];
  lab.tell('client', 'stop', '4');
  lab.tell('client', 'start', '4');
  lab.tell('client', 'stop', '3');
  lab.tell('client', 'start', '3');
  while (lab.nowMs - startMs < Number(params['stopS']) * 1_000) {
    states.push(lab.receiverState());
    lab.run(STATUS_MS);
  }
  lab.act({ type: 'repair', target: 'primary', fault: 'hang' });
  const endMs = lab.nowMs;
  lab.run(3_000);
  lab.tell('client', 'stop');
  lab.run(500);
  const of = (session: number) => lab.operations.filter((one) => one.session === session);
  const timeouts = of(1).filter((one) => one.code !== 0);
  const acked = lab.operations.filter((one) => one.session < 2 && one.code === 0);
  return {
    timeouts,
    otherErrors: of(0)
      .filter((one) => one.code !== 0)
      .map((one) => one.code),
    longestMs: Math.max(...of(0).map((one) => one.latencyMs)),
    committed: lab.primaryLog.length - acked.filter((one) => isIn(lab.primaryLog, one)).length,
    greeting: of(3).every((one) => one.code === LOST && one.atMs < endMs) ? 'no greeting' : 'greeting',
    connectMs: Math.max(...of(4).map((one) => one.latencyMs)),
    readErrors: of(2).filter((one) => one.code !== 0).length,
    states,
  };
}

// ---- error codes ------------------------------------------------------------------------------------------------------------

/** The C client's number for what PyMySQL calls 2003. */
const C_CANNOT_CONNECT = 2002;
const LONG_READ_MS = 10_000;

/** Each case says in words what is done to which connection. */
export function errorCodes(): Simulated {
  return { summary: {}, codes: (op) => (typeof op === 'string' ? codesOf(op) : undefined) };
}

function codesOf(words: string): number[] {
  const limit = /max_connections=(\d+)/.exec(words);
  const connectLimit = /connect-timeout (\d+) s/.exec(words);
  const isRunning = words.includes('during a running statement');
  const isConnect = words.startsWith('connect');
  const statements = words.includes('two statements') ? 2 : 1;
  const nth = Number(/connection (\d+) with/.exec(words)?.[1] ?? 1);
  const session: SessionScript = {
    target: 'primary',
    op: 'read',
    everyMs: 1,
    startMs: isRunning || limit !== null ? 1_000 : 1e6,
    limitMs: connectLimit === null ? null : Number(connectLimit[1]) * 1_000,
    retryMs: 1,
    count: statements,
    reconnects: !words.includes('reconnect off'),
  };
  const lab = new Lab({
    seed: 1,
    oneWayMs: null,
    primary: {
      ...(isRunning || limit !== null ? { readMs: LONG_READ_MS, distribution: 'fixed' } : {}),
      ...(limit === null ? {} : { connections: Number(limit[1]) }),
    },
    sessions: Array.from({ length: nth }, (_, index) => ({ ...session, startMs: session.startMs + index })),
  });
  lab.run(1_500);
  if (/kill -9|shutdown/.test(words)) lab.act({ type: 'kill', target: 'primary' });
  if (words.includes('SIGSTOP')) lab.act({ type: 'hang', target: 'primary' });
  if (isConnect) lab.tell('client', 'forget');
  if (!isRunning && limit === null) {
    lab.tell('client', 'stop');
    lab.tell('client', 'start');
  }
  lab.run(5_000);
  const codes = lab.operations.filter((one) => one.code !== 0).map((one) => one.code);
  return codes.map((code) => (code === CANNOT_CONNECT && !words.includes('PyMySQL') ? C_CANNOT_CONNECT : code));
}

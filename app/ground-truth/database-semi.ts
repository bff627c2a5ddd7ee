// The scenarios of `semi-latency` and `semi-fallback`: what waiting for a replica costs, and what happens when it is gone.
import { Lab, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import { distinct, middle, statsOf } from './summary.ts';

const WRITES = 75;
/** Of each writer in `semi-fallback`. */
const FALLBACK_RATE = 29;
/** The replica comes back so long after the fallback. */
const AFTER_MS = 2_400;

export function semiLatency(params: Params): Simulated {
  const latencies = (isSemi: boolean) => {
    const lab = new Lab({
      seed: 1,
      oneWayMs: params['relayOneWayMs'] as number,
      both: { rplSemiSyncMasterEnabled: isSemi, rplSemiSyncMasterWaitPoint: params['waitPoint'] },
      sessions: writers(1, 0, { count: WRITES }),
    });
    lab.until(() => lab.operations.length === WRITES, 60_000);
    return { lab, ms: lab.operations.map((one) => one.latencyMs) };
  };
  const [without, semi] = [latencies(false), latencies(true)];
  return {
    summary: {
      async: { latencyMs: statsOf(without.ms) },
      semisync: { latencyMs: statsOf(semi.ms), noTx: String(semi.lab.primary.semi.unacknowledged) },
      medianExtraMs: middle(semi.ms) - middle(without.ms),
    },
  };
}

export function semiFallback(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, seed) => fallbackOnce(params, seed + 1));
  const blocked = all.flatMap((one) => one.blockedMs);
  return {
    summary: {
      clientErrors: distinct(all.flatMap((one) => one.errors)),
      unackedVisibleToOthersDuringWait: all.map((one) => one.isVisible),
      blockedWritesPerRep: all.map((one) => one.blockedMs.length),
      blockedWriteLatencyMs: statsOf(blocked),
      latencyAfterFallbackMedianMs: statsOf(all.map((one) => one.afterMs)),
      backOnAfterReplicaReturnMs: statsOf(all.map((one) => one.backOnMs)),
    },
  };
}

function fallbackOnce(params: Params, seed: number) {
  const timeoutMs = Number(params['timeoutMs']);
  const lab = new Lab({
    seed,
    oneWayMs: null,
    both: {
      rplSemiSyncMasterEnabled: true,
      rplSemiSyncMasterTimeoutMs: timeoutMs,
      rplSemiSyncMasterWaitPoint: params['waitPoint'],
      rplSemiSyncMasterWaitNoSlave: params['waitNoSlave'] === 1,
    },
    sessions: writers(Number(params['writers']), FALLBACK_RATE),
  });
  lab.run(1_000 + 7.3 * seed);
  const goneMs = lab.nowMs;
  if (params['how'] === 'kill') lab.act({ type: 'kill', target: 'replica' });
  else if (params['how'] === 'sigstop') lab.act({ type: 'hang', target: 'replica' });
  else lab.tell('replica', 'stop', 'receiver');
  lab.run(500);
  const acked = Math.max(...lab.operations.map((one) => one.position));
  const isVisible = lab.primary.version > acked;
  lab.run(timeoutMs - 500 + AFTER_MS);
  const fellBackMs = goneMs + timeoutMs + 100;
  const after = lab.operations.filter((one) => one.atMs > fellBackMs).map((one) => one.latencyMs);
  if (params['how'] === 'stop_slave') lab.tell('replica', 'start', 'replication');
  else lab.act({ type: 'repair', target: 'replica' });
  const backOnMs = lab.until(() => lab.primary.semi.on, 5_000) ?? Number.POSITIVE_INFINITY;
  lab.run(500);
  return {
    errors: lab.operations.filter((one) => one.code !== 0).map((one) => one.code),
    isVisible,
    blockedMs: lab.operations.filter((one) => one.latencyMs > timeoutMs / 2).map((one) => one.latencyMs),
    afterMs: middle(after),
    backOnMs,
  };
}

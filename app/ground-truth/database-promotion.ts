// The scenarios of `promote`, `split-brain`, `promote-delay` and `auto-failover`: a replica becomes the primary, by hand or by a
// monitor, and the old primary comes back.
import { commonLength } from '../simulation/history.ts';
import { isIn, Lab, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import type { SessionScript } from './scripted-client.ts';
import { distinct, statsOf } from './summary.ts';

/** At the new primary after its promotion, as recorded. */
const NEW_WRITES = 3;
const FIRST_WRITES = 9;
/** Sessions that wait until they are told: one writes to the primary, one to the replica. */
const OLD = 0;
const NEW = 1;

const onDemand = (target: string): SessionScript => ({
  target,
  op: 'write',
  everyMs: 1e6,
  startMs: 1e6,
  limitMs: null,
  retryMs: 1e6,
});

/** Writes one after another, each to its end. Returns the last error code. */
function write(lab: Lab, session: number, count: number): number {
  for (let one = 0; one < count; one++) {
    const before = lab.operations.length;
    lab.tell('client', 'stop', String(session));
    lab.tell('client', 'start', String(session));
    lab.until(() => lab.operations.length > before, 5_000);
  }
  return lab.operations.at(-1)?.code ?? 0;
}

export function rejoin(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, seed) => rejoinOnce(params, seed + 1));
  return {
    summary: {
      writeBeforePromotionError: distinct(all.map((one) => one.refusal)),
      divergence: all.map((one) => one.divergence),
      rejoin: all.map((one) => one.rejoined),
      promotionMs: statsOf(all.map((one) => one.promotionMs)),
    },
    repetitions: all.map((one) => ({ gtid: { oldAfterRestart: { old_read_only: one.readOnly } } })),
  };
}

function rejoinOnce(params: Params, seed: number) {
  const lab = new Lab({ seed, oneWayMs: null, sessions: [onDemand('primary'), onDemand('replica')] });
  write(lab, OLD, FIRST_WRITES + seed);
  lab.until(() => lab.isCaughtUp, 5_000);
  const tail = Number(params['unreplicatedTail']);
  if (tail > 0) lab.tell('replica', 'stop', 'receiver');
  write(lab, OLD, tail);
  lab.act({ type: 'kill', target: 'primary' });
  const refusal = write(lab, NEW, 1);
  lab.tell('replica', 'promote');
  const promotionMs = lab.until(() => !lab.replica.readOnly, 5_000) ?? Number.POSITIVE_INFINITY;
  write(lab, NEW, NEW_WRITES);
  lab.act({ type: 'repair', target: 'primary' });
  const readOnly = lab.primary.readOnly ? 'ON' : 'OFF';
  const split = Number(params['splitBrainWrites']);
  write(lab, OLD, split);
  write(lab, NEW, split);
  const common = commonLength(lab.primaryLog, lab.replicaLog);
  const [old, fresh] = [lab.primaryLog.length - common, lab.replicaLog.length - common];
  const same = Math.min(old, fresh);
  lab.tell('primary', 'follow', 'replica', params['rejoinUsing'] === 'slave_pos' ? 'from_start' : 'own_position');
  lab.run(2_000);
  const { channel, version } = lab.primary;
  const commonAfter = commonLength(lab.primaryLog, lab.replicaLog);
  return {
    refusal,
    readOnly,
    promotionMs,
    divergence: { sameIdDifferentRow: same, onlyOld: old - same, onlyNew: fresh - same },
    rejoined: {
      io: lab.receiverState(lab.primary),
      sql: channel.applies ? 'Yes' : 'No',
      lastIoErrno: channel.ioError,
      lastSqlErrno: channel.sqlError,
      tablesEqualAfterRejoin: commonAfter === lab.replicaLog.length && version === lab.replicaLog.length,
      rowsOnlyAtOldPrimary: lab.primaryLog.length - commonAfter,
    },
  };
}

export function promoteDelayed(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, seed) => promoteDelayedOnce(params, seed + 1));
  return {
    summary: {
      lost: all.map((one) => one.lost),
      oldestLostAckBeforeKillMs: all.map((one) => one.oldestMs),
      promotedAfterMs: statsOf(all.map((one) => one.promotedMs)),
    },
  };
}

/** The recorded operator's own time until it promotes. */
const IMMEDIATE_MS = 170;

function promoteDelayedOnce(params: Params, seed: number) {
  const lab = new Lab({
    seed,
    oneWayMs: null,
    replica: { masterDelayS: params['masterDelayS'] },
    sessions: writers(1, Number(params['writeRate'])),
  });
  lab.run(4_000 + 137 * seed);
  lab.act({ type: 'kill', target: 'primary' });
  const killMs = lab.nowMs;
  lab.tell('client', 'stop');
  if (params['drainFirst'] === true) lab.tell('replica', 'promote');
  else {
    lab.run(IMMEDIATE_MS);
    lab.tell('replica', 'promote', 'immediate');
  }
  lab.until(() => !lab.replica.readOnly, 30_000);
  const lost = lab.operations.filter((one) => one.code === 0 && !isIn(lab.replicaLog, one));
  const oldest = Math.min(...lost.map((one) => one.atMs + one.latencyMs));
  return { lost: lost.length, oldestMs: lost.length === 0 ? null : killMs - oldest, promotedMs: lab.nowMs - killMs };
}

/** The writers' own limit and their wait after an error, as recorded. */
const FAILOVER_LIMIT_MS = 500;
const FAILOVER_RETRY_MS = 30;

export function failover(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, index) => failoverOnce(params, index, repetitions));
  return {
    summary: {
      detectMs: statsOf(all.map((one) => one.detectMs)),
      promoteMs: statsOf(all.map((one) => one.promoteMs)),
      writeOutageMs: statsOf(all.map((one) => one.outageMs)),
      ackedLost: all.map((one) => one.lost),
    },
  };
}

function failoverOnce(params: Params, index: number, of: number) {
  const intervalMs = Number(params['intervalMs']);
  const lab = new Lab({
    seed: index + 1,
    oneWayMs: null,
    replica: {
      monitor: {
        monitorIntervalMs: intervalMs,
        failcount: params['failures'],
        backendConnectTimeoutMs: params['probeTimeoutMs'],
      },
    },
    sessions: writers(2, 50, { target: 'record', limitMs: FAILOVER_LIMIT_MS, retryMs: FAILOVER_RETRY_MS }),
  });
  // The fault falls anywhere between two probes.
  lab.run(3 * intervalMs + (intervalMs * (index + 0.5)) / of);
  const faultMs = lab.nowMs;
  lab.act({ type: params['fault'] === 'hang' ? 'hang' : 'kill', target: 'primary' });
  const detectMs = lab.until(() => lab.replica.watching.decided, 60_000) ?? Number.POSITIVE_INFINITY;
  const promoteMs = lab.until(() => !lab.replica.readOnly, 60_000) ?? Number.POSITIVE_INFINITY;
  lab.run(2_000);
  const good = lab.operations.filter((one) => one.code === 0);
  const firstMs = Math.min(
    ...good.filter((one) => one.atMs > faultMs + detectMs).map((one) => one.atMs + one.latencyMs),
  );
  return {
    detectMs,
    promoteMs,
    outageMs: firstMs - faultMs,
    lost: good.filter((one) => !isIn(lab.replicaLog, one)).length,
  };
}

// The scenarios of `lag`, `stale-reads`, `sbm-blackhole` and `catchup`: how far a replica is behind, what a reader sees of that,
// what Seconds_Behind_Master says of it, and how long it takes to come back.
import { isIn, Lab, LINE, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import { distinct, statsOf } from './summary.ts';

/** Between two looks at the status, as recorded. */
const LAG_STATUS_MS = 101;
const BLACKHOLE_STATUS_MS = 250;

export function lag(params: Params): Simulated {
  const count = Number(params['writers'] ?? 1);
  const lab = new Lab({
    seed: 1,
    oneWayMs: params['relayOneWayMs'] as number | null,
    replica: { masterDelayS: params['masterDelayS'] ?? 0 },
    sessions: writers(count, Number(params['writeRate']) / count),
  });
  const behindS: number[] = [];
  let isPrefix = true;
  const look = () => {
    const sbm = lab.sbm();
    isPrefix &&= lab.replicaLog.length <= lab.primaryLog.length && lab.replica.version <= lab.replicaLog.length;
    if (sbm !== null) behindS.push(sbm - trueLagMs(lab) / 1_000);
  };
  for (const endMs = Number(params['seconds']) * 1_000; lab.nowMs < endMs; look()) lab.run(LAG_STATUS_MS);
  lab.tell('client', 'stop');
  isPrefix &&= lab.until(() => lab.isCaughtUp && lab.primaryLog.length === lab.primary.version, 10_000) !== null;
  lab.run(1_000); // the trace comes by whole seconds
  const good = lab.operations.filter((one) => one.code === 0);
  return {
    summary: {
      failed: lab.operations.length - good.length,
      prefixPropertyHeld: isPrefix && good.every((one) => isIn(lab.replicaLog, one)),
      lagMs: statsOf(good.map((one) => (lab.visibleMs.get(one.position) ?? Number.NaN) - one.atMs - one.latencyMs)),
      sbmMinusTrueLagS: statsOf(behindS),
    },
  };
}

/** Age of the oldest acknowledged write that the replica does not show. */
function trueLagMs(lab: Lab): number {
  const oldest = lab.operations.find((one) => one.code === 0 && one.position > lab.replica.version);
  return oldest === undefined ? 0 : lab.nowMs - oldest.atMs - oldest.latencyMs;
}

export function staleReads(params: Params): Simulated {
  const trials = Number(params['trials']);
  const waits = params['waitsMs'] as readonly number[];
  const byWaitMs: Record<string, { trials: number; stale: number; staleFraction: number }> = {};
  waits.forEach((waitMs, index) => {
    const stale = staleOf(params, waitMs, trials, index + 1, 'replica');
    byWaitMs[String(waitMs)] = { trials, stale, staleFraction: stale / trials };
  });
  const violations = staleOf(params, 0, trials, 0, 'primary');
  return { summary: { byWaitMs, readYourWritesViolationsAtPrimary: { trials, violations } } };
}

/** Of so many writes, each followed by a read after a wait: how many reads did not see it. */
function staleOf(params: Params, waitMs: number, trials: number, seed: number, target: string): number {
  const lab = new Lab({
    seed,
    oneWayMs: params['relayOneWayMs'] as number | null,
    replica: { masterDelayS: params['masterDelayS'] ?? 0 },
    sessions: [...writers(1, 0, { count: 0 }), ...writers(1, 0, { op: 'read', target, count: 0 })].map((one) => ({
      ...one,
      count: Number.POSITIVE_INFINITY,
      everyMs: 1_000_000,
      startMs: 1_000_000,
    })),
  });
  lab.run(20);
  let stale = 0;
  for (let trial = 0; trial < trials; trial++) {
    const written = once(lab, 0);
    lab.run(waitMs);
    const seen = once(lab, 1);
    if (seen < written) stale++;
    lab.run(10 + (trial % 7));
  }
  return stale;
}

/** One statement of a session that waits; the position that it wrote or saw. */
function once(lab: Lab, session: number): number {
  const before = lab.operations.length;
  lab.tell('client', 'stop', String(session));
  lab.tell('client', 'start', String(session));
  lab.until(() => lab.operations.length > before, 20_000, 0.05);
  return lab.operations.at(-1)?.position ?? 0;
}

export function blackHole(params: Params): Simulated {
  const lab = new Lab({
    seed: 1,
    oneWayMs: 0,
    both: { slaveNetTimeoutS: params['slaveNetTimeoutS'] },
    sessions: writers(1, Number(params['writeRate'])),
  });
  lab.run(1_500);
  lab.act({ type: 'cut', target: LINE });
  const startMs = lab.nowMs;
  const sbms: string[] = [];
  const states: string[] = [];
  let [leftMs, mostLagMs] = [null as number | null, 0];
  while (lab.nowMs - startMs < Number(params['freezeS']) * 1_000) {
    const state = lab.receiverState();
    states.push(state);
    if (state === 'Yes') {
      sbms.push(String(lab.sbm()));
      if (lab.sbm() === 0) mostLagMs = Math.max(mostLagMs, trueLagMs(lab));
    } else leftMs ??= lab.nowMs - startMs;
    lab.run(BLACKHOLE_STATUS_MS);
  }
  return {
    summary: {
      sbmValuesWhileFrozenAndIoYes: distinct(sbms),
      ioThreadLeftYesAfterMs: leftMs,
      ioStatesSeen: distinct(states),
      maxTrueLagMsWhileSbmZero: mostLagMs,
    },
  };
}

export function catchUp(params: Params): Simulated {
  const points = (params['backlogs'] as readonly number[]).map((backlog, index) =>
    catchUpOnce(params, backlog, index + 1),
  );
  return { summary: { points } };
}

function catchUpOnce(params: Params, backlog: number, seed: number): Params {
  const live = Number(params['liveWriteRate']);
  const lab = new Lab({
    seed,
    oneWayMs: null,
    sessions: [...writers(1, 0, { count: 5 + backlog }), ...writers(1, live > 0 ? live : 1, { startMs: 1e6 })],
  });
  lab.until(() => lab.replica.version === 5, 5_000);
  const isKill = params['how'] === 'kill';
  if (isKill) lab.act({ type: 'kill', target: 'replica' });
  else {
    lab.tell('replica', 'stop', 'receiver');
    lab.tell('replica', 'stop', 'applier');
  }
  lab.until(() => lab.primary.version === 5 + backlog, 600_000, 5);
  if (live > 0) {
    lab.tell('client', 'stop', '1');
    lab.tell('client', 'start', '1');
  }
  const before = lab.replica.version;
  if (isKill) lab.act({ type: 'repair', target: 'replica' });
  else lab.tell('replica', 'start', 'replication');
  const tookMs = lab.until(() => lab.isCaughtUp, 600_000) ?? Number.POSITIVE_INFINITY;
  const rate = (1_000 * (lab.replica.version - before)) / tookMs;
  lab.tell('client', 'stop');
  const rowsEqual = lab.until(() => lab.isCaughtUp && lab.primaryLog.length === lab.primary.version, 5_000) !== null;
  return { backlog, catchUpMs: tookMs, applyRatePerS: rate, equalAtEnd: lab.isCaughtUp, rowsEqual };
}

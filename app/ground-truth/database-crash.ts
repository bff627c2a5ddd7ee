// The scenario of the `crash` and `recovery` recordings: writers at work, perhaps a trouble between the servers, the primary's
// death; then the replica is drained and compared, the primary comes back and is compared, and the replica catches up.
import { isIn, Lab, LINE, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import { distinct } from './summary.ts';

/** What is in the sockets of a stopped process is read first. */
const DRAIN_MS = 100;

interface Repetition {
  readonly [name: string]: unknown;
}

/** Names of the settings in the recordings, and ours. */
const SETTINGS: Readonly<Record<string, string>> = {
  innodb_flush_log_at_trx_commit: 'innodbFlushLogAtTrxCommit',
  sync_binlog: 'syncBinlog',
  init_rpl_role: 'initRplRole',
};

const settingsOf = (options: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options ?? {}).map(([name, value]) => [SETTINGS[name] ?? name, value]));

export function crash(params: Params, repetitions: number): Simulated {
  const all = Array.from({ length: repetitions }, (_, seed) => crashOnce(params, seed + 1));
  const each = (name: string) => all.map((one) => one[name]);
  return {
    summary: {
      lostAtReplicaPerRep: each('lostAtReplica'),
      lostAtPrimaryAfterRecoveryPerRep: each('lostAtPrimary'),
      unackedButAtPrimaryAfterRecoveryPerRep: each('unackedAtPrimary'),
      missingAtReplicaAfterPrimaryReturnPerRep: each('missing'),
      replicaReadErrorsAfterKill: all.flatMap((one) => one['readErrors'] as number[]),
      writerErrorCodes: distinct(all.flatMap((one) => one['codes'] as string[])),
    },
    repetitions: all,
  };
}

function crashOnce(params: Params, seed: number): Repetition {
  const semi = params['semiSync'] as { wait_point: string; timeout: number } | null;
  const count = Number(params['writers']);
  const lab = new Lab({
    seed,
    oneWayMs: params['relayOneWayMs'] as number | null,
    both: {
      ...(semi === null
        ? {}
        : {
            rplSemiSyncMasterEnabled: true,
            rplSemiSyncMasterWaitPoint: semi.wait_point,
            rplSemiSyncMasterTimeoutMs: semi.timeout,
          }),
    },
    primary: { ...settingsOf(params['primaryOptions']), ...settingsOf(params['primaryRestartOptions']) },
    replica: { masterDelayS: params['masterDelayS'] ?? 0 },
    sessions: [
      ...writers(count, Number(params['ratePerWriter'])),
      ...writers(1, 100, { op: 'read', target: 'replica' }),
    ],
  });
  const condition = String(params['condition']);
  // The instant of the kill falls anywhere in the period of the writers and in the second.
  lab.run(Number(params['warmupS']) * 1_000 + 73.7 * seed);
  trouble(lab, condition);
  lab.run(Number(params['conditionMsBeforeKill']));
  const killMs = lab.nowMs;
  // The clients sit on a machine that goes on and refuses, so a host's crash is the death of its process and of its line.
  if (condition === 'hostcrash') lab.act({ type: 'cut', target: LINE });
  lab.act({ type: 'kill', target: 'primary' });
  lab.run(800);
  lab.tell('client', 'stop');
  return compare(lab, condition, count, killMs);
}

function trouble(lab: Lab, condition: string): void {
  if (condition === 'stop_io') lab.tell('replica', 'stop', 'receiver');
  if (condition === 'stop_sql') lab.tell('replica', 'stop', 'applier');
  if (condition === 'sigstop_replica') lab.act({ type: 'hang', target: 'replica' });
  if (condition === 'freeze') lab.act({ type: 'cut', target: LINE });
}

function compare(lab: Lab, condition: string, count: number, killMs: number): Repetition {
  // What has reached the replica is drained; what is still in the line is lost.
  if (condition === 'sigstop_replica') lab.act({ type: 'repair', target: 'replica', fault: 'hang' });
  if (condition === 'stop_sql') lab.tell('replica', 'start', 'replication');
  lab.run(DRAIN_MS);
  lab.until(() => lab.isDrained, 5_000);
  const written = lab.operations.filter((one) => one.session < count);
  const acked = written.filter((one) => one.code === 0);
  const lost = acked.filter((one) => !isIn(lab.replicaLog, one));
  const firstLost = Math.min(...lost.map((one) => one.position));
  // Concurrent writers are acknowledged out of the order of the log.
  const areSuffix = acked.every((one) => one.position < firstLost + count || !isIn(lab.replicaLog, one));
  const failed = written.filter((one) => one.code !== 0);
  const reads = lab.operations.filter((one) => one.session === count && one.atMs > killMs);
  lab.act({ type: 'repair', target: 'primary' });
  const lostAtPrimary = acked.filter((one) => !isIn(lab.primaryLog, one)).length;
  const unackedAtPrimary = lab.primaryLog.length - (acked.length - lostAtPrimary);
  if (condition === 'freeze' || condition === 'hostcrash') lab.act({ type: 'repair', target: LINE });
  lab.tell('replica', 'start', 'replication');
  const caughtUp = lab.until(() => lab.isCaughtUp, 100_000, 20) !== null;
  return {
    lostAtReplica: lost.length,
    lostAreSuffix: areSuffix,
    lostAtPrimary,
    unackedAtPrimary,
    missing: acked.filter((one) => isIn(lab.primaryLog, one) && !isIn(lab.replicaLog, one)).length,
    readErrors: reads.filter((one) => one.code !== 0).map((one) => one.code),
    codes: failed.map((one) => String(one.code)),
    firstErrorPerConnection: Array.from(
      { length: count },
      (_, session) => failed.find((one) => one.session === session)?.code,
    ),
    replicaCaughtUpAfterPrimaryReturn: caughtUp,
  };
}

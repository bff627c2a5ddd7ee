// The form of replication and of what a crash costs, under MariaDB's own names. What is left out of a design has the
// program's default.
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { type DatabaseConfig, MASTER_CONNECT_RETRY_S, SEMI_SYNC_TIMEOUT_MS, SLAVE_NET_TIMEOUT_S } from './config.ts';
import { MonitorFields } from './monitor-fields.tsx';

interface Props {
  readonly config: DatabaseConfig;
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

const SECOND_MS = 1_000;

export function ReplicationFields(props: Props) {
  return (
    <>
      {props.config.role === 'replica' && <ReceiverFields {...props} />}
      {props.config.role === 'replica' && <MonitorFields {...props} />}
      <SemiSyncFields {...props} />
      <DurabilityFields {...props} />
    </>
  );
}

function ReceiverFields({ config, change }: Props) {
  const seconds = { unit: 'duration', least: 0, most: 86_400_000 } as const;
  return (
    <>
      <QuantityField
        {...seconds}
        name="MASTER_DELAY"
        value={(config.masterDelayS ?? 0) * SECOND_MS}
        own={(config.masterDelayS ?? 0) !== 0}
        sentence="Copied writes are applied only when they are so old."
        note="default 0 s, to 1 day, whole seconds"
        onChange={(delayMs) => change({ masterDelayS: Math.round(delayMs / SECOND_MS) })}
      />
      <QuantityField
        {...seconds}
        least={SECOND_MS}
        name="slave_net_timeout"
        value={(config.slaveNetTimeoutS ?? SLAVE_NET_TIMEOUT_S) * SECOND_MS}
        own={(config.slaveNetTimeoutS ?? SLAVE_NET_TIMEOUT_S) !== SLAVE_NET_TIMEOUT_S}
        sentence="After so long without a word the replica gives its connection to the primary up."
        note={`default ${SLAVE_NET_TIMEOUT_S} s, from 1 s, whole seconds`}
        onChange={(timeoutMs) => change({ slaveNetTimeoutS: Math.max(1, Math.round(timeoutMs / SECOND_MS)) })}
      />
      <QuantityField
        {...seconds}
        least={SECOND_MS}
        name="MASTER_CONNECT_RETRY"
        value={(config.masterConnectRetryS ?? MASTER_CONNECT_RETRY_S) * SECOND_MS}
        own={(config.masterConnectRetryS ?? MASTER_CONNECT_RETRY_S) !== MASTER_CONNECT_RETRY_S}
        sentence="Wait before the replica tries to connect again."
        note={`${MASTER_CONNECT_RETRY_S} s here, the program's own default is 60 s`}
        onChange={(retryMs) => change({ masterConnectRetryS: Math.max(1, Math.round(retryMs / SECOND_MS)) })}
      />
    </>
  );
}

/** Set at the primary and at its replicas alike. */
function SemiSyncFields({ config, change }: Props) {
  const isSet = config.rplSemiSyncMasterEnabled === true;
  const waitPoint = config.rplSemiSyncMasterWaitPoint ?? 'AFTER_COMMIT';
  return (
    <>
      <SwitchField
        name="rpl_semi_sync_master_enabled"
        value={isSet}
        own={isSet}
        sentence="A write is confirmed only when a replica has it, or the timeout is over."
        note="default off; set it at the replicas too"
        onChange={(rplSemiSyncMasterEnabled) => change({ rplSemiSyncMasterEnabled })}
      />
      {isSet && config.role === 'primary' && (
        <>
          <SelectField
            name="rpl_semi_sync_master_wait_point"
            value={waitPoint}
            options={['AFTER_COMMIT', 'AFTER_SYNC']}
            own={waitPoint !== 'AFTER_COMMIT'}
            sentence="AFTER_SYNC: others see a write only once a replica has it. AFTER_COMMIT: they may see it before."
            note="default AFTER_COMMIT"
            onChange={(chosen) => change({ rplSemiSyncMasterWaitPoint: chosen as 'AFTER_COMMIT' | 'AFTER_SYNC' })}
          />
          <QuantityField
            name="rpl_semi_sync_master_timeout"
            unit="duration"
            least={1}
            most={600_000}
            value={config.rplSemiSyncMasterTimeoutMs ?? SEMI_SYNC_TIMEOUT_MS}
            own={(config.rplSemiSyncMasterTimeoutMs ?? SEMI_SYNC_TIMEOUT_MS) !== SEMI_SYNC_TIMEOUT_MS}
            sentence="After so long without a replica's word it falls back: nobody waits until one catches up."
            note="default 10 s, 1 ms to 10 min"
            onChange={(rplSemiSyncMasterTimeoutMs) => change({ rplSemiSyncMasterTimeoutMs })}
          />
        </>
      )}
    </>
  );
}

function DurabilityFields({ config, change }: Props) {
  const flush = config.innodbFlushLogAtTrxCommit ?? 1;
  const sync = config.syncBinlog ?? 1;
  return (
    <>
      <SelectField
        name="innodb_flush_log_at_trx_commit"
        value={String(flush)}
        options={['0', '1', '2']}
        own={flush !== 1}
        sentence="1: a confirmed write is on disk. 0 and 2: a crash of the host can lose the last second."
        note="default 1"
        onChange={(chosen) => change({ innodbFlushLogAtTrxCommit: Number(chosen) as 0 | 1 | 2 })}
      />
      <SelectField
        name="sync_binlog"
        value={String(sync)}
        options={['0', '1']}
        own={sync !== 1}
        sentence="1: the binlog is on disk at each commit. 0: whenever the system gets to it."
        note="1 here, the program's own default is 0"
        onChange={(chosen) => change({ syncBinlog: Number(chosen) as 0 | 1 })}
      />
    </>
  );
}

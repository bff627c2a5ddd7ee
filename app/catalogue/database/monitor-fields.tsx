// The form of the monitor that promotes a replica by itself, under the names of MaxScale's MariaDB monitor.
import { QuantityField, SwitchField } from '../../ui/fields.tsx';
import type { DatabaseConfig } from './config.ts';

interface Props {
  readonly config: DatabaseConfig;
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

/** MaxScale's own: `monitor_interval`, `failcount`, `backend_connect_timeout`. */
const DEFAULTS = { monitorIntervalMs: 2_000, failcount: 5, backendConnectTimeoutMs: 3_000 };
/** What a power board takes when nothing else is said. */
const STONITH_MS = 1_000;

export function MonitorFields({ config, change }: Props) {
  const monitor = config.monitor ?? null;
  const times = { unit: 'duration', least: 10, most: 600_000 } as const;
  const set = (patch: Readonly<Record<string, unknown>>) => change({ monitor: patch });
  return (
    <>
      <SwitchField
        name="auto_failover"
        value={monitor !== null}
        own={monitor !== null}
        sentence="A monitor beside the replica asks the primary whether it is there, and promotes the replica when it is not."
        note="default off: only a person promotes"
        onChange={(on) => change({ monitor: on ? DEFAULTS : null })}
      />
      {monitor !== null && (
        <>
          <QuantityField
            {...times}
            name="monitor_interval"
            value={monitor.monitorIntervalMs}
            own={monitor.monitorIntervalMs !== DEFAULTS.monitorIntervalMs}
            sentence="Time between two questions to the primary."
            note="default 2 s, 10 ms to 10 min"
            onChange={(monitorIntervalMs) => set({ monitorIntervalMs })}
          />
          <QuantityField
            unit="count"
            least={1}
            most={100}
            whole
            name="failcount"
            value={monitor.failcount}
            own={monitor.failcount !== DEFAULTS.failcount}
            sentence="Questions in a row without an answer until it promotes."
            note="default 5, 1 to 100"
            onChange={(failcount) => set({ failcount })}
          />
          <SwitchField
            name="stonith-enabled"
            value={monitor.stonithMs != null}
            own={monitor.stonithMs == null}
            sentence="Before it promotes, the server of the old primary is powered off, so that two never take writes."
            note="default on in Pacemaker; MaxScale has none"
            onChange={(on) => set({ stonithMs: on ? STONITH_MS : null })}
          />
        </>
      )}
    </>
  );
}

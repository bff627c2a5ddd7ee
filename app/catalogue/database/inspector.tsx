// The form of the database's settings. A replica's lag is the way to it and the time to apply one copied write.
import { QuantityField } from '../../ui/fields.tsx';
import type { DatabaseConfig } from './config.ts';
import { ReplicationFields } from './replication-fields.tsx';
import { StatedFields } from './stated-fields.tsx';

interface Props {
  readonly config: DatabaseConfig;
  readonly change: (patch: Partial<DatabaseConfig>) => void;
}

export function Inspector({ config, change }: Props) {
  const times = { unit: 'duration', least: 0, most: 60_000, own: false } as const;
  return (
    <>
      {config.role === 'replica' && (
        <QuantityField
          {...times}
          name="lag"
          value={config.applyMs}
          sentence="Time to apply one copied write, one after another. The way from the primary comes on top."
          note="0 ms to 1 min"
          onChange={(applyMs) => change({ applyMs })}
        />
      )}
      <QuantityField
        {...times}
        name="read time"
        value={config.readMs}
        sentence="Time for one read, on average."
        note="0 ms to 1 min"
        onChange={(readMs) => change({ readMs })}
      />
      {config.role === 'primary' && (
        <QuantityField
          {...times}
          name="write time"
          value={config.writeMs}
          sentence="Time to save one write, on average."
          note="0 ms to 1 min"
          onChange={(writeMs) => change({ writeMs })}
        />
      )}
      <ReplicationFields config={config} change={change} />
      <StatedFields config={config} change={change} />
    </>
  );
}

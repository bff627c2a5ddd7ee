// The form of the application server's settings.
import { QuantityField, SelectField } from '../../ui/fields.tsx';
import type { AppServerConfig } from './config.ts';
import { StatedFields } from './stated-fields.tsx';

interface Props {
  readonly config: AppServerConfig;
  /** Names only what changes; `undefined` takes a setting away. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

const SOURCES = ['local', 'primary', 'replica', 'both'] as const;

export function Inspector({ config, change }: Props) {
  return (
    <>
      <QuantityField
        name="workers"
        unit="count"
        least={1}
        most={100}
        whole
        value={config.workers}
        sentence="Requests that it works on at once; the others queue."
        note="opened with 5, 1 to 100"
        own={config.workers !== 5}
        onChange={(workers) => change({ workers })}
      />
      <QuantityField
        name="service time"
        unit="duration"
        least={1}
        most={60_000}
        value={config.serviceMs}
        sentence="Its own work for one request, on average, without the database."
        note="1 ms to 1 min"
        own={false}
        onChange={(serviceMs) => change({ serviceMs })}
      />
      <SelectField
        name="reads from"
        value={config.readsFrom}
        options={SOURCES}
        sentence="Which database answers its reads. Writes always go to the primary."
        note="opened with local"
        own={config.readsFrom !== 'local'}
        onChange={(readsFrom) => change({ readsFrom })}
      />
      <StatedFields config={config} change={change} />
    </>
  );
}

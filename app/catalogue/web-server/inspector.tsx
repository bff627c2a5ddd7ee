// The form of the web server's settings, in nginx's own words.
import { QuantityField } from '../../ui/fields.tsx';
import type { WebServerConfig } from './config.ts';
import { StatedFields } from './stated-fields.tsx';

interface Props {
  readonly config: WebServerConfig;
  readonly change: (patch: Partial<WebServerConfig>) => void;
}

export function Inspector({ config, change }: Props) {
  return (
    <>
      <QuantityField
        name="worker_connections"
        unit="count"
        least={1}
        most={100_000}
        whole
        value={config.workerConnections}
        sentence="Connections that it may hold at once."
        note="default 512, 1 to 100000"
        own={config.workerConnections !== 512}
        onChange={(workerConnections) => change({ workerConnections })}
      />
      <QuantityField
        name="proxy_read_timeout"
        unit="duration"
        least={100}
        most={600_000}
        value={config.proxyReadTimeoutMs}
        sentence="How long it waits for the app server before it answers 504."
        note="default 1 min, 100 ms to 10 min"
        own={config.proxyReadTimeoutMs !== 60_000}
        onChange={(proxyReadTimeoutMs) => change({ proxyReadTimeoutMs })}
      />
      <StatedFields config={config} change={change} />
    </>
  );
}

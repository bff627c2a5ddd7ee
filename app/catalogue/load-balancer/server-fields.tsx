// The settings of one server line, in HAProxy's own words. Options and the settings that there are come from the schema.
// Source of the defaults: HAProxy 2.6 configuration manual, "maxconn", "maxqueue", "slowstart", "observe", "on-marked-down".
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { loadBalancerSchema, type ServerConfig } from './config.ts';

/** Changed settings of a server line; `undefined` takes one away. */
export type ServerPatch = Readonly<Record<string, unknown>>;

interface Props {
  readonly server: ServerConfig;
  readonly change: (patch: ServerPatch) => void;
}

const ENTRIES: Readonly<Record<string, unknown>> = loadBalancerSchema.entries.servers.item.entries;
const knows = (name: string): boolean => Object.hasOwn(ENTRIES, name);

/** The server line with a change of it: a setting without a value is no setting. */
export function patchedServer(server: ServerConfig, patch: ServerPatch): ServerConfig {
  const entries = Object.entries({ ...server, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ServerConfig;
}

export function ServerFields({ server, change }: Props) {
  return (
    <>
      <QuantityField
        name={`${server.name} weight`}
        unit="count"
        least={0}
        most={256}
        whole
        value={server.weight}
        sentence="Its share of the turns, against the other servers."
        note="default 1, 0 to 256"
        own={server.weight !== 1}
        onChange={(weight) => change({ weight })}
      />
      <SwitchField
        name={`${server.name} backup`}
        value={server.backup}
        sentence="It stands by until no other server is UP."
        note="default off"
        own={server.backup}
        onChange={(backup) => change({ backup })}
      />
      <LimitFields server={server} change={change} />
      <TroubleFields server={server} change={change} />
    </>
  );
}

/** How much it takes: at a time, in its queue, and while it warms up. */
function LimitFields({ server, change }: Props) {
  const settings: ServerPatch = server;
  const numberOf = (name: string): number => Number(settings[name] ?? 0);
  const [maxconn, maxqueue, slowstartMs] = ['maxconn', 'maxqueue', 'slowstartMs'].map(numberOf);
  const counts = { unit: 'count', least: 0, most: 100_000, whole: true } as const;
  return (
    <>
      {knows('maxconn') && (
        <QuantityField
          {...counts}
          name={`${server.name} maxconn`}
          value={maxconn ?? 0}
          sentence="Requests that it gets at a time. Others wait in HAProxy."
          note="default 0: no limit"
          own={maxconn !== 0}
          onChange={(value) => change({ maxconn: value })}
        />
      )}
      {knows('maxqueue') && (
        <QuantityField
          {...counts}
          name={`${server.name} maxqueue`}
          value={maxqueue ?? 0}
          sentence="Requests that may wait for this very server."
          note="default 0: no limit"
          own={maxqueue !== 0}
          onChange={(value) => change({ maxqueue: value })}
        />
      )}
      {knows('slowstartMs') && (
        <QuantityField
          name={`${server.name} slowstart`}
          unit="duration"
          least={0}
          most={3_600_000}
          value={slowstartMs ?? 0}
          sentence="How long it takes from UP to its full weight."
          note="default 0 ms: at once; whole seconds"
          own={slowstartMs !== 0}
          onChange={(ms) => change({ slowstartMs: Math.round(ms / 1_000) * 1_000 })}
        />
      )}
    </>
  );
}

/** What counts against it, and what happens then. */
function TroubleFields({ server, change }: Props) {
  const settings: ServerPatch = server;
  const observe = String(settings['observe'] ?? 'none');
  const onError = String(settings['onError'] ?? 'fail-check');
  const cuts = settings['onMarkedDown'] !== undefined;
  return (
    <>
      {knows('observe') && (
        <SelectField
          name={`${server.name} observe`}
          value={observe}
          options={['none', 'layer4', 'layer7']}
          sentence="Failed requests count against it: their connections, or also their 5xx answers."
          note="default none: only health checks count"
          own={observe !== 'none'}
          onChange={(value) => change({ observe: value === 'none' ? undefined : value })}
        />
      )}
      {knows('onError') && observe !== 'none' && (
        <SelectField
          name={`${server.name} on-error`}
          value={onError}
          options={['fastinter', 'fail-check', 'sudden-death', 'mark-down']}
          sentence="What ten errors in a row do to it."
          note="default fail-check: as one missed check"
          own={onError !== 'fail-check'}
          onChange={(value) => change({ onError: value })}
        />
      )}
      {knows('onMarkedDown') && (
        <SwitchField
          name={`${server.name} on-marked-down shutdown-sessions`}
          value={cuts}
          sentence="When it is marked DOWN, its open requests are cut off at once."
          note="default off: they may still end"
          own={cuts}
          onChange={(on) => change({ onMarkedDown: on ? 'shutdown-sessions' : undefined })}
        />
      )}
    </>
  );
}

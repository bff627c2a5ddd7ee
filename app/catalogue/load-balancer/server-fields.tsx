// The settings of one server line, in HAProxy's own words.
// Source of the defaults: HAProxy 2.6 configuration manual, "maxconn", "maxqueue", "slowstart", "observe", "error-limit",
// "on-error", "on-marked-down".
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { DEFAULT_ERROR_LIMIT, ON_ERRORS, type ServerConfig } from './config.ts';

interface Props {
  readonly server: ServerConfig;
  /** Names only what changes; `undefined` takes a setting away. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
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
  const { name, maxconn = 0, maxqueue = 0, slowstartMs = 0 } = server;
  const counts = { unit: 'count', least: 0, most: 100_000, whole: true } as const;
  return (
    <>
      <QuantityField
        {...counts}
        name={`${name} maxconn`}
        value={maxconn}
        sentence="Requests that it gets at a time. Others wait in HAProxy."
        note="default 0: no limit"
        own={maxconn !== 0}
        onChange={(value) => change({ maxconn: value })}
      />
      <QuantityField
        {...counts}
        name={`${name} maxqueue`}
        value={maxqueue}
        sentence="Requests that may wait for this very server."
        note="default 0: no limit"
        own={maxqueue !== 0}
        onChange={(value) => change({ maxqueue: value })}
      />
      <QuantityField
        name={`${name} slowstart`}
        unit="duration"
        least={0}
        most={3_600_000}
        value={slowstartMs}
        sentence="How long it takes from UP to its full weight."
        note="default 0 ms: at once; whole seconds"
        own={slowstartMs !== 0}
        onChange={(ms) => change({ slowstartMs: Math.round(ms / 1_000) * 1_000 })}
      />
    </>
  );
}

/** What counts against it, and what happens then. */
function TroubleFields({ server, change }: Props) {
  const { name, observe = 'none', errorLimit = DEFAULT_ERROR_LIMIT, onError = 'fail-check' } = server;
  const cuts = server.onMarkedDown !== undefined;
  return (
    <>
      <SelectField
        name={`${name} observe`}
        value={observe}
        options={['none', 'layer4', 'layer7']}
        sentence="Failed requests count against it: their connections, or also their 5xx answers."
        note="default none: only health checks count"
        own={observe !== 'none'}
        onChange={(value) => change({ observe: value === 'none' ? undefined : value })}
      />
      {observe !== 'none' && (
        <>
          <QuantityField
            name={`${name} error-limit`}
            unit="count"
            least={1}
            most={1_000}
            whole
            value={errorLimit}
            sentence="So many errors in a row are too many."
            note="default 10, 1 to 1000"
            own={errorLimit !== DEFAULT_ERROR_LIMIT}
            onChange={(value) => change({ errorLimit: value })}
          />
          <SelectField
            name={`${name} on-error`}
            value={onError}
            options={ON_ERRORS}
            sentence="What too many errors in a row do to it."
            note="default fail-check: as one missed check"
            own={onError !== 'fail-check'}
            onChange={(value) => change({ onError: value })}
          />
        </>
      )}
      <SwitchField
        name={`${name} on-marked-down shutdown-sessions`}
        value={cuts}
        sentence="When it is marked DOWN, its open requests are cut off at once."
        note="default off: they may still end"
        own={cuts}
        onChange={(on) => change({ onMarkedDown: on ? 'shutdown-sessions' : undefined })}
      />
    </>
  );
}

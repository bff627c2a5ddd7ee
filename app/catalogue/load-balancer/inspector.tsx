// The form of the load balancer's settings, in HAProxy's own words and with HAProxy's own defaults.
// Source of the defaults: HAProxy 2.6 configuration manual, "inter", "fall", "rise", "retries", "timeout".
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { BALANCES, type CheckConfig, hasCookies, type LoadBalancerConfig, type ServerConfig } from './config.ts';

interface Props {
  readonly config: LoadBalancerConfig;
  readonly change: (patch: Partial<LoadBalancerConfig>) => void;
}

export function Inspector({ config, change }: Props) {
  const check = config.servers.find((server) => server.check !== null)?.check ?? null;
  const changeChecks = (patch: Partial<CheckConfig>): void =>
    change({
      servers: config.servers.map((server) =>
        server.check === null ? server : { ...server, check: { ...server.check, ...patch } },
      ),
    });
  const changeServer = (index: number, patch: Partial<ServerConfig>): void =>
    change({ servers: config.servers.map((server, at) => (at === index ? { ...server, ...patch } : server)) });
  return (
    <>
      <SelectField
        name="balance"
        value={config.balance}
        options={BALANCES}
        sentence={SENTENCES[config.balance]}
        note="default roundrobin"
        own={config.balance !== 'roundrobin'}
        onChange={(balance) => change({ balance: balance as LoadBalancerConfig['balance'] })}
      />
      <SwitchField
        name="cookie"
        value={hasCookies(config)}
        sentence="A user stays with the server that answered first."
        note="default off"
        own={hasCookies(config)}
        onChange={(on) => change(on ? withCookies(config) : { cookie: null })}
      />
      {config.servers.some((server) => server.backup) && (
        <SwitchField
          name="option allbackups"
          value={config.allbackups === true}
          sentence="All backups serve when no other server is left."
          note="default off"
          own={config.allbackups === true}
          onChange={(allbackups) => change({ allbackups })}
        />
      )}
      {check !== null && <CheckFields check={check} change={changeChecks} />}
      <TimeoutFields config={config} change={change} />
      {config.servers.map((server, index) => (
        <ServerFields key={server.link} server={server} change={(patch) => changeServer(index, patch)} />
      ))}
    </>
  );
}

const SENTENCES: Readonly<Record<LoadBalancerConfig['balance'], string>> = {
  roundrobin: 'Each server gets the next request in turn.',
  'static-rr': 'In turn by a fixed table: no weight changes while it runs.',
  leastconn: 'The server with the fewest open requests gets the next one.',
  first: 'The first server takes all that its maxconn allows.',
  source: 'The user\u2019s address decides, always the same way.',
  random: 'Two servers are drawn, the less busy one gets the request.',
};

/** HAProxy's usual name for it; each server's value is its own name. */
const COOKIE = 'SERVERID';
const withCookies = (config: LoadBalancerConfig): Partial<LoadBalancerConfig> => ({
  cookie: COOKIE,
  servers: config.servers.map((server) => ({ ...server, cookie: server.name })),
});

interface CheckProps {
  readonly check: CheckConfig;
  readonly change: (patch: Partial<CheckConfig>) => void;
}

function CheckFields({ check, change }: CheckProps) {
  const times = { unit: 'duration', least: 100, most: 60_000 } as const;
  const counts = { unit: 'count', least: 1, most: 10, whole: true } as const;
  return (
    <>
      <QuantityField
        {...times}
        name="inter"
        value={check.interMs}
        sentence="Time between two health checks."
        note="default 2 s, 100 ms to 1 min"
        own={check.interMs !== 2_000}
        onChange={(interMs) => change({ interMs: Math.round(interMs) })}
      />
      <QuantityField
        {...times}
        name="fastinter"
        value={check.fastinterMs ?? check.interMs}
        sentence="The same while a server is between UP and DOWN."
        note="default as inter, 100 ms to 1 min"
        own={check.fastinterMs !== null && check.fastinterMs !== check.interMs}
        onChange={(fastinterMs) => change({ fastinterMs: Math.round(fastinterMs) })}
      />
      <QuantityField
        {...counts}
        name="fall"
        value={check.fall}
        sentence="Missed checks until DOWN."
        note="default 3, 1 to 10"
        own={check.fall !== 3}
        onChange={(fall) => change({ fall })}
      />
      <QuantityField
        {...counts}
        name="rise"
        value={check.rise}
        sentence="Good checks until UP again."
        note="default 2, 1 to 10"
        own={check.rise !== 2}
        onChange={(rise) => change({ rise })}
      />
    </>
  );
}

function TimeoutFields({ config, change }: Props) {
  const times = { unit: 'duration', least: 100, most: 300_000, own: true } as const;
  return (
    <>
      <QuantityField
        {...times}
        name="timeout connect"
        value={config.timeoutConnectMs}
        sentence="How long one try to reach a server may take."
        note="HAProxy sets none and warns"
        onChange={(ms) => change({ timeoutConnectMs: Math.round(ms) })}
      />
      <QuantityField
        {...times}
        name="timeout server"
        value={config.timeoutServerMs}
        sentence="How long a server may stay silent."
        note="HAProxy sets none and warns"
        onChange={(ms) => change({ timeoutServerMs: Math.round(ms) })}
      />
      <QuantityField
        {...times}
        name="timeout check"
        value={config.timeoutCheckMs ?? 2_000}
        sentence="How long a health check may wait for its answer."
        note="default as inter, 100 ms to 5 min"
        own={config.timeoutCheckMs !== null}
        onChange={(ms) => change({ timeoutCheckMs: Math.round(ms) })}
      />
      <QuantityField
        name="retries"
        unit="count"
        least={0}
        most={10}
        whole
        value={config.retries}
        sentence="Further tries after a failed connection."
        note="default 3, 0 to 10"
        own={config.retries !== 3}
        onChange={(retries) => change({ retries })}
      />
      <SwitchField
        name="option redispatch"
        value={config.redispatch !== null}
        sentence="A retry may go to another server."
        note="default off"
        own={config.redispatch !== null}
        onChange={(on) => change({ redispatch: on ? -1 : null })}
      />
    </>
  );
}

interface ServerProps {
  readonly server: ServerConfig;
  readonly change: (patch: Partial<ServerConfig>) => void;
}

export function ServerFields({ server, change }: ServerProps) {
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
      <QuantityField
        name={`${server.name} maxconn`}
        unit="count"
        least={0}
        most={10_000}
        whole
        value={server.maxconn ?? 0}
        sentence="Requests that it gets at a time; the rest wait. 0 is no limit."
        note="default 0, 0 to 10000"
        own={(server.maxconn ?? 0) !== 0}
        onChange={(maxconn) => change({ maxconn })}
      />
      <QuantityField
        name={`${server.name} slowstart`}
        unit="duration"
        least={0}
        most={600_000}
        value={server.slowstartMs ?? 0}
        sentence="How long it takes to its full weight when it comes back."
        note="default 0, up to 10 min, whole seconds"
        own={(server.slowstartMs ?? 0) !== 0}
        onChange={(ms) => change({ slowstartMs: Math.ceil(ms / 1000) * 1000 })}
      />
      <SwitchField
        name={`${server.name} backup`}
        value={server.backup}
        sentence="It stands by until no other server is UP."
        note="default off"
        own={server.backup}
        onChange={(backup) => change({ backup })}
      />
    </>
  );
}

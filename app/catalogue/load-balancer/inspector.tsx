// The form of the load balancer's settings, in HAProxy's own words and with HAProxy's own defaults.
// Source of the defaults: HAProxy 2.6 configuration manual, "inter", "fall", "rise", "retries", "timeout".
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { type CheckConfig, type LoadBalancerConfig, loadBalancerSchema } from './config.ts';
import { patchedServer, ServerFields } from './server-fields.tsx';

interface Props {
  readonly config: LoadBalancerConfig;
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export function Inspector({ config, change }: Props) {
  const check = config.servers.find((server) => server.check !== null)?.check ?? null;
  const changeChecks = (patch: Partial<CheckConfig>): void =>
    change({
      servers: config.servers.map((server) =>
        server.check === null ? server : { ...server, check: { ...server.check, ...patch } },
      ),
    });
  return (
    <>
      <BalanceFields config={config} change={change} />
      <StickyField config={config} change={change} />
      {check !== null && <CheckFields check={check} change={changeChecks} />}
      <TimeoutFields config={config} change={change} />
      {config.servers.map((server, index) => (
        <ServerFields
          key={server.link}
          server={server}
          change={(patch) =>
            change({ servers: config.servers.map((one, at) => (at === index ? patchedServer(one, patch) : one)) })
          }
        />
      ))}
    </>
  );
}

const ENTRIES: Readonly<Record<string, unknown>> = loadBalancerSchema.entries;
const knows = (name: string): boolean => Object.hasOwn(ENTRIES, name);

/** How each algorithm chooses, in one sentence. */
const BALANCE_SENTENCES: Readonly<Record<string, string>> = {
  roundrobin: 'Each server gets the next request in turn, by its weight.',
  'static-rr': 'Each server gets the next request in turn; a change of weight takes a reload.',
  leastconn: 'The server with the fewest requests in progress gets the next one.',
  first: 'The first server gets every request until it is full, then the second.',
  source: "The user's address chooses: the same user always gets the same server.",
  random: 'Two servers are drawn by lot, and the less busy one gets the request.',
};

function BalanceFields({ config, change }: Props) {
  const settings: Readonly<Record<string, unknown>> = config;
  const balance: string = config.balance;
  const hashType = String(settings['hashType'] ?? 'map-based');
  const randomDraws = Number(settings['randomDraws'] ?? 2);
  return (
    <>
      <SelectField
        name="balance"
        value={balance}
        options={loadBalancerSchema.entries.balance.options}
        sentence={BALANCE_SENTENCES[balance] ?? ''}
        note="default roundrobin"
        own={balance !== 'roundrobin'}
        onChange={(value) => change({ balance: value })}
      />
      {knows('hashType') && balance === 'source' && (
        <SelectField
          name="hash-type"
          value={hashType}
          options={['map-based', 'consistent']}
          sentence="Map-based moves nearly every user when a server leaves; consistent moves only its own."
          note="default map-based"
          own={hashType !== 'map-based'}
          onChange={(value) => change({ hashType: value })}
        />
      )}
      {knows('randomDraws') && balance === 'random' && (
        <QuantityField
          name="random draws"
          unit="count"
          least={1}
          most={10}
          whole
          value={randomDraws}
          sentence="How many servers are drawn, of which the least busy is taken."
          note="default 2, 1 to 10"
          own={randomDraws !== 2}
          onChange={(value) => change({ randomDraws: value })}
        />
      )}
      {knows('allbackups') && (
        <SwitchField
          name="option allbackups"
          value={settings['allbackups'] === true}
          sentence="When no other server is UP, all backups take turns, not only the first."
          note="default off"
          own={settings['allbackups'] === true}
          onChange={(allbackups) => change({ allbackups })}
        />
      )}
    </>
  );
}

/** On, every server line names its cookie; off, none does. */
function StickyField({ config, change }: Props) {
  if (!knows('cookie')) return null;
  const settings: Readonly<Record<string, unknown>> = config;
  const isSticky = settings['cookie'] !== undefined && config.servers.some((server) => 'cookie' in server);
  const turn = (on: boolean): void =>
    change({
      ...(on ? { cookie: 'SRV' } : {}),
      servers: config.servers.map((server, index) =>
        patchedServer(server, { cookie: on ? `s${index + 1}` : undefined }),
      ),
    });
  return (
    <SwitchField
      name="cookie SRV insert"
      value={isSticky}
      sentence="A cookie brings each user back to the server that answered first."
      note="default off"
      own={isSticky}
      onChange={turn}
    />
  );
}

interface CheckProps {
  readonly check: CheckConfig;
  readonly change: (patch: Partial<CheckConfig>) => void;
}

function CheckFields({ check, change }: CheckProps) {
  const times = { unit: 'duration', least: 100, most: 60_000 } as const;
  const counts = { unit: 'count', least: 1, most: 10, whole: true } as const;
  return (
    <>
      <SelectField
        name="option httpchk"
        value={check.type}
        options={['tcp', 'http']}
        sentence={
          check.type === 'tcp'
            ? 'A check only opens a connection: a hung server still passes.'
            : 'A check asks for a page: a hung server misses.'
        }
        note="default tcp"
        own={check.type !== 'tcp'}
        onChange={(type) => change({ type: type === 'http' ? 'http' : 'tcp' })}
      />
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
        name="timeout queue"
        value={config.timeoutQueueMs ?? config.timeoutConnectMs}
        sentence="How long a request may wait for a server that has room."
        note="default as timeout connect"
        own={config.timeoutQueueMs !== null}
        onChange={(ms) => change({ timeoutQueueMs: Math.round(ms) })}
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

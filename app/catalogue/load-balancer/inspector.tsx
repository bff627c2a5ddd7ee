// The form of the load balancer's settings, in HAProxy's own words and with HAProxy's own defaults.
// Source of the defaults: HAProxy 2.6 configuration manual, "balance", "inter", "fall", "rise", "retries", "timeout".
import { QuantityField, SelectField, SwitchField } from '../../ui/fields.tsx';
import { BALANCES, CHECK_URIS, type CheckConfig, DEFAULT_RANDOM_DRAWS, type LoadBalancerConfig } from './config.ts';
import { ServerFields } from './server-fields.tsx';
import { StatedFields } from './stated-fields.tsx';

interface Props {
  readonly config: LoadBalancerConfig;
  /** Names only what changes, entries of `servers` by their positions. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export function Inspector({ config, change }: Props) {
  const check = config.servers.find((server) => server.check !== null)?.check ?? null;
  const changeChecks = (patch: Partial<CheckConfig>): void =>
    change({
      servers: Object.fromEntries(
        config.servers.flatMap((server, index) => (server.check === null ? [] : [[index, { check: patch }]])),
      ),
    });
  return (
    <>
      <BalanceFields config={config} change={change} />
      <StickyField config={config} change={change} />
      {check !== null && <CheckFields check={check} change={changeChecks} />}
      <TimeoutFields config={config} change={change} />
      <HabitFields config={config} change={change} />
      {config.servers.map((server, index) => (
        <ServerFields key={server.link} server={server} change={(patch) => change({ servers: { [index]: patch } })} />
      ))}
      <StatedFields config={config} change={change} />
    </>
  );
}

/** How each algorithm chooses, in one sentence. */
const BALANCE_SENTENCES: Readonly<Record<LoadBalancerConfig['balance'], string>> = {
  roundrobin: 'Each server gets the next request in turn, by its weight.',
  'static-rr': 'Each server gets the next request in turn; a change of weight takes a reload.',
  leastconn: 'The server with the fewest requests in progress gets the next one.',
  first: 'The first server gets every request until it is full, then the second.',
  source: "The user's address chooses: the same user always gets the same server.",
  random: 'Two servers are drawn by lot, and the less busy one gets the request.',
};

function BalanceFields({ config, change }: Props) {
  const { balance, hashType = 'map-based', randomDraws = DEFAULT_RANDOM_DRAWS, allbackups = false } = config;
  return (
    <>
      <SelectField
        name="balance"
        value={balance}
        options={BALANCES}
        sentence={BALANCE_SENTENCES[balance]}
        note="default roundrobin"
        own={balance !== 'roundrobin'}
        onChange={(value) => change({ balance: value })}
      />
      {balance === 'source' && (
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
      {balance === 'random' && (
        <QuantityField
          name="random draws"
          unit="count"
          least={1}
          most={100}
          whole
          value={randomDraws}
          sentence="How many servers are drawn, of which the least busy is taken."
          note="default 2, 1 to 100"
          own={randomDraws !== DEFAULT_RANDOM_DRAWS}
          onChange={(value) => change({ randomDraws: value })}
        />
      )}
      <SwitchField
        name="option allbackups"
        value={allbackups}
        sentence="When no other server is UP, all backups take turns, not only the first."
        note="default off"
        own={allbackups}
        onChange={(value) => change({ allbackups: value })}
      />
    </>
  );
}

/** On, every server line names its cookie; off, none does. */
function StickyField({ config, change }: Props) {
  const { cookie, servers } = config;
  const isSticky = cookie !== undefined && servers.some((server) => server.cookie !== undefined);
  const turn = (on: boolean): void => {
    const named = servers.map((server, index) => [
      index,
      { cookie: on ? (server.cookie ?? `s${index + 1}`) : undefined },
    ]);
    change({ ...(on ? { cookie: cookie ?? 'SRV' } : {}), servers: Object.fromEntries(named) });
  };
  return (
    <SwitchField
      name={`cookie ${cookie ?? 'SRV'} insert`}
      value={isSticky}
      sentence="A cookie brings each user back to the server that answered first."
      note="default off"
      own={isSticky}
      onChange={turn}
    />
  );
}

/** What it does about users who leave, servers that bow out, and checks that would come all at once. */
function HabitFields({ config, change }: Props) {
  const { abortonclose = false, disableOn404 = false, spreadChecks = 0 } = config;
  return (
    <>
      <SwitchField
        name="option abortonclose"
        value={abortonclose}
        sentence="A user who leaves takes the request along."
        note="default off: it goes on to the answer"
        own={abortonclose}
        onChange={(value) => change({ abortonclose: value })}
      />
      <SwitchField
        name="http-check disable-on-404"
        value={disableOn404}
        sentence="A server whose health page says 404 gets nothing new but its sticky users."
        note="default off"
        own={disableOn404}
        onChange={(value) => change({ disableOn404: value })}
      />
      <QuantityField
        name="spread-checks"
        unit="count"
        least={0}
        most={50}
        whole
        value={spreadChecks}
        sentence="Per cent by which the pauses between checks vary."
        note="default 0, 0 to 50"
        own={spreadChecks !== 0}
        onChange={(value) => change({ spreadChecks: value })}
      />
    </>
  );
}

interface CheckProps {
  readonly check: CheckConfig;
  readonly change: (patch: Partial<CheckConfig>) => void;
}

function PageField({ check, change }: CheckProps) {
  return (
    <SelectField
      name="uri"
      value={check.uri ?? '/health'}
      options={CHECK_URIS}
      sentence={
        check.uri === '/ready'
          ? 'The application answers this page once its database has answered: a check needs all parts.'
          : 'nginx answers this page by itself: a check does not see a dead application.'
      }
      note="default /health here, / in HAProxy"
      own={check.uri === '/ready'}
      onChange={(uri) => change({ uri: uri as (typeof CHECK_URIS)[number] })}
    />
  );
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
      {check.type === 'http' && <PageField check={check} change={change} />}
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

/** 0 is how HAProxy's own files say that there is no limit. */
const setOrNull = (ms: number): number | null => (ms < 1 ? null : Math.round(ms));

function TimeoutFields({ config, change }: Props) {
  const times = { unit: 'duration', least: 0, most: 300_000, own: true } as const;
  return (
    <>
      <QuantityField
        {...times}
        name="timeout connect"
        value={config.timeoutConnectMs ?? 0}
        sentence="How long one try to reach a server may take. 0 is not set."
        note="HAProxy sets none and warns"
        onChange={(ms) => change({ timeoutConnectMs: setOrNull(ms) })}
      />
      <QuantityField
        {...times}
        name="timeout server"
        value={config.timeoutServerMs ?? 0}
        sentence="How long a server may stay silent. 0 is not set: HAProxy waits for ever."
        note="HAProxy sets none and warns"
        onChange={(ms) => change({ timeoutServerMs: setOrNull(ms) })}
      />
      <QuantityField
        {...times}
        least={100}
        name="timeout queue"
        value={config.timeoutQueueMs ?? config.timeoutConnectMs ?? 0}
        sentence="How long a request may wait for a server that has room."
        note="default as timeout connect"
        own={config.timeoutQueueMs !== null}
        onChange={(ms) => change({ timeoutQueueMs: Math.round(ms) })}
      />
      <QuantityField
        {...times}
        least={100}
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

// What the checker asks about the load balancer's protection, in HAProxy's own words.
// Source of the defaults: HAProxy 2.6 configuration manual, "ssl-min-ver", "stats enable", "option forwardfor", "option httplog".
import { ON_OFF, StatedField, StatedGroup } from '../../ui/stated-fields.tsx';
import { HSTS, PORT_80, USERS } from '../stated-options.ts';
import { type LoadBalancerConfig, TLS_VERSIONS } from './config.ts';

interface Props {
  readonly config: LoadBalancerConfig;
  /** Names only what changes. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export const StatedFields = ({ config, change }: Props) => (
  <StatedGroup>
    <HttpsFields config={config} change={change} />
    <AdminFields config={config} change={change} />
    <StatedField
      name="http_req_rate"
      value={config.httpReqRate}
      options={[
        ['no limit', 0],
        ['50 in 10 s', 50],
        ['200 in 10 s', 200],
        ['1000 in 10 s', 1_000],
      ]}
      sentence="Requests after which a stick table refuses one address."
      note="default no limit"
      onChange={(httpReqRate) => change({ httpReqRate })}
    />
    <StatedField
      name="WAF"
      value={config.waf}
      options={ON_OFF}
      sentence="A web application firewall reads each request."
      note="default off"
      onChange={(waf) => change({ waf })}
    />
    <StatedField
      name="option forwardfor"
      value={config.forwardfor}
      options={ON_OFF}
      sentence="Tells the servers the address of the client, in X-Forwarded-For."
      note="default off"
      onChange={(forwardfor) => change({ forwardfor })}
    />
    <StatedField
      name="option httplog"
      value={config.httplog}
      options={ON_OFF}
      sentence="Writes each request down, with its times and how it ended."
      note="default off"
      onChange={(httplog) => change({ httplog })}
    />
    <StatedField
      name="user"
      value={config.user}
      options={USERS}
      sentence="As whom it runs once its ports are open."
      note="default as it was started"
      onChange={(user) => change({ user })}
    />
  </StatedGroup>
);

function HttpsFields({ config, change }: Props) {
  return (
    <>
      <StatedField
        name="ssl-min-ver"
        value={config.sslMinVer}
        options={TLS_VERSIONS.map((version) => [version, version] as const)}
        sentence="The oldest version of TLS that it takes."
        note="default TLSv1.2"
        onChange={(sslMinVer) => change({ sslMinVer })}
      />
      <StatedField
        name="port 80"
        value={config.port80}
        options={PORT_80}
        sentence="What answers there beside HTTPS."
        note="default closed"
        onChange={(port80) => change({ port80 })}
      />
      <StatedField
        name="HSTS max-age"
        value={config.hstsMaxAgeS}
        options={HSTS}
        sentence="How long browsers remember to come by HTTPS."
        note="default not sent"
        onChange={(hstsMaxAgeS) => change({ hstsMaxAgeS })}
      />
    </>
  );
}

function AdminFields({ config, change }: Props) {
  return (
    <>
      <StatedField
        name="stats enable"
        value={config.stats}
        options={[
          ['no page', null],
          ['with password', { port: config.stats?.port ?? 8_404, auth: true }],
          ['open', { port: config.stats?.port ?? 8_404, auth: false }],
        ]}
        sentence={`The page of statistics, on port ${config.stats?.port ?? 8_404}.`}
        note="default no page"
        onChange={(stats) => change({ stats })}
      />
      <StatedField
        name="stats socket"
        value={config.statsSocket}
        options={[
          ['none', 'none'],
          ['a file', 'unix'],
          ['a TCP port', 'tcp'],
        ]}
        sentence="Where it takes orders while it runs."
        note="default none"
        onChange={(statsSocket) => change({ statsSocket })}
      />
    </>
  );
}

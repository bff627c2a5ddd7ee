// What the checker asks about the web server's protection, in nginx's own words.
// Source of the defaults: nginx documentation, ngx_http_core_module, ngx_http_limit_req_module, ngx_http_realip_module.
import { ON_OFF, StatedField, StatedGroup } from '../../ui/stated-fields.tsx';
import { BELIEVED, HSTS, PORT_80, USERS } from '../stated-options.ts';
import { SSL_PROTOCOLS, type WebServerConfig } from './config.ts';

interface Props {
  readonly config: WebServerConfig;
  /** Names only what changes. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export const StatedFields = ({ config, change }: Props) => (
  <StatedGroup>
    <StatedField
      name="ssl_protocols"
      value={config.sslProtocols}
      options={SSL_PROTOCOLS.map((version) => [version, version] as const)}
      sentence="The oldest version of TLS that it names."
      note="asked where the users arrive"
      onChange={(sslProtocols) => change({ sslProtocols })}
    />
    <StatedField
      name="port 80"
      value={config.port80}
      options={PORT_80}
      sentence="What answers there beside HTTPS."
      note="asked where the users arrive"
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
    <HabitFields config={config} change={change} />
  </StatedGroup>
);

function HabitFields({ config, change }: Props) {
  return (
    <>
      <StatedField
        name="limit_req"
        value={config.limitReqRps}
        options={[
          ['no limit', 0],
          ['5 /s', 5],
          ['20 /s', 20],
          ['100 /s', 100],
        ]}
        sentence="Requests a second above which one address is refused."
        note="default no limit"
        onChange={(limitReqRps) => change({ limitReqRps })}
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
        name="set_real_ip_from"
        value={config.setRealIpFrom}
        options={BELIEVED}
        sentence="Whom it believes when a header names the client."
        note="default nobody"
        onChange={(setRealIpFrom) => change({ setRealIpFrom })}
      />
      <StatedField
        name="server_tokens"
        value={config.serverTokens}
        options={ON_OFF}
        sentence="Each answer says which version it is."
        note="default on"
        onChange={(serverTokens) => change({ serverTokens })}
      />
      <StatedField
        name="default site"
        value={config.defaultSite}
        options={[
          ['served', true],
          ['removed', false],
        ]}
        sentence="The pages of its first installation."
        note="default served"
        onChange={(defaultSite) => change({ defaultSite })}
      />
      <StatedField
        name="user"
        value={config.user}
        options={USERS}
        sentence="As whom its workers run."
        note="default its own"
        onChange={(user) => change({ user })}
      />
    </>
  );
}

// What the components state about their protection, from the kinds' own settings in one set of words: the checker asks the same of
// HAProxy and of nginx. Apart from knowledge.ts, for it says nothing about where requests go.
import type { Habit, Statements } from '../analysis/statements.ts';
import type { Component } from '../design/design.ts';
import type { AppServerConfig } from './app-server/config.ts';
import type { DatabaseConfig } from './database/config.ts';
import { type LoadBalancerConfig, TLS_VERSIONS } from './load-balancer/config.ts';
import { SSL_PROTOCOLS, type WebServerConfig } from './web-server/config.ts';

export function statedBy({ kind, config }: Component): Statements {
  switch (kind) {
    case 'load-balancer':
      return balancerStates(config as unknown as LoadBalancerConfig);
    case 'web-server':
      return webServerStates(config as unknown as WebServerConfig);
    case 'app-server':
      return appServerStates(config as unknown as AppServerConfig);
    case 'database':
      return databaseStates(config as unknown as DatabaseConfig);
    default:
      return { habits: [] };
  }
}

const balancerStates = (config: LoadBalancerConfig): Statements => ({
  ...webStates(config),
  isTlsOld: isOld(TLS_VERSIONS, config.sslMinVer),
  oldestTls: config.sslMinVer,
  limitsRate: limits(config.httpReqRate),
  passesClientOn: config.forwardfor,
  logsRequests: config.httplog,
  statistics: config.stats,
  habits: [asRoot(config.user)],
});

const webServerStates = (config: WebServerConfig): Statements => ({
  ...webStates(config),
  isTlsOld: isOld(SSL_PROTOCOLS, config.sslProtocols),
  oldestTls: config.sslProtocols,
  limitsRate: limits(config.limitReqRps),
  believes: config.setRealIpFrom,
  habits: [
    asRoot(config.user),
    { name: 'says-version', isWeak: config.serverTokens },
    { name: 'default-site', isWeak: config.defaultSite },
  ],
});

const appServerStates = ({ trustProxy, secrets, user }: AppServerConfig): Statements => ({
  believes: trustProxy,
  habits: [asRoot(user), { name: 'secrets-in-files', isWeak: is(secrets, 'config') }],
});

const databaseStates = ({ localInfile, appGrants, user }: DatabaseConfig): Statements => ({
  habits: [
    asRoot(user),
    { name: 'local-infile', isWeak: localInfile },
    { name: 'all-grants', isWeak: is(appGrants, 'all') },
  ],
});

type WebConfig = Pick<WebServerConfig, 'port80' | 'hstsMaxAgeS' | 'waf'>;
const webStates = ({ port80, hstsMaxAgeS, waf }: WebConfig) => ({ port80, hstsMaxAgeS, hasWaf: waf });

const is = (value: string | undefined, weak: string) => (value === undefined ? undefined : value === weak);
const limits = (rate: number | undefined) => (rate === undefined ? undefined : rate > 0);
const asRoot = (user: string | undefined): Habit => ({ name: 'as-root', isWeak: is(user, 'root') });

/** Older than TLS 1.2, the last but one of the list. */
const isOld = <Version>(versions: readonly Version[], oldest: Version | undefined) =>
  oldest === undefined ? undefined : versions.indexOf(oldest) < versions.length - 2;

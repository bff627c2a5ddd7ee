// Settings of the web server (nginx): it serves its own files and passes the rest to the application server.
import * as v from 'valibot';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

/** Versions of TLS, the oldest first, as `ssl_protocols` spells them. */
export const SSL_PROTOCOLS = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

export const webServerSchema = v.object({
  workerConnections: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  /** Time to read a request and pass it on. */
  parseMs: ms(0, 60_000),
  /** Time to serve a file of its own. */
  staticMs: ms(0, 60_000),
  proxyConnectTimeoutMs: ms(1, 3_600_000),
  proxyReadTimeoutMs: ms(1, 3_600_000),

  // What the checker asks about protection. The run is the same with and without; left out is not stated.
  /** The oldest version that `ssl_protocols` names. */
  sslProtocols: v.exactOptional(v.picklist(SSL_PROTOCOLS)),
  /** Port 80 beside HTTPS: `return 301 https://...`, the site itself, or nothing that listens. */
  port80: v.exactOptional(v.picklist(['redirect', 'content', 'closed'])),
  /** `max-age` of `Strict-Transport-Security`; 0: the header is not sent. */
  hstsMaxAgeS: v.exactOptional(v.pipe(ms(0, 1_000_000_000), v.integer())),
  /** `limit_req`: requests a second from one address; 0: no limit. */
  limitReqRps: v.exactOptional(ms(0, 1_000_000)),
  /** A web application firewall reads each request. */
  waf: v.exactOptional(v.boolean()),
  /** Whom `set_real_ip_from` believes when a header says who the client is. */
  setRealIpFrom: v.exactOptional(v.picklist(['nobody', 'balancer', 'anyone'])),
  /** `server_tokens`: it says its version. */
  serverTokens: v.exactOptional(v.boolean()),
  /** The pages of its first installation are still served. */
  defaultSite: v.exactOptional(v.boolean()),
  /** `user`: its workers run as root, or as a user of their own. */
  user: v.exactOptional(v.picklist(['root', 'own'])),
});

export type WebServerConfig = v.InferOutput<typeof webServerSchema>;

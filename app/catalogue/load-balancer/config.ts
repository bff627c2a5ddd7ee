// Settings of the load balancer, in HAProxy's own words; times in milliseconds as in haproxy.cfg. What a person rarely sets
// may be left out; the defaults are HAProxy's and stand at the end.
import * as v from 'valibot';

/** Algorithms of the `balance` line. */
export const BALANCES = ['roundrobin', 'static-rr', 'leastconn', 'first', 'source', 'random'] as const;
/** Pages of the site that a health check can ask for; the first is asked where nothing is said. */
export const CHECK_URIS = ['/health', '/ready'] as const;
/** Versions of TLS, the oldest first, as `ssl-min-ver` spells them. */
export const TLS_VERSIONS = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export const ON_ERRORS = ['fastinter', 'fail-check', 'sudden-death', 'mark-down'] as const;

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const ms = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const checkSchema = v.object({
  /** `tcp` opens the connection; `http` is `option httpchk`. */
  type: v.picklist(['tcp', 'http']),
  /** `option httpchk GET URI`. A web server answers `/health` by itself; for `/ready` the application asks its database. */
  uri: v.exactOptional(v.picklist(CHECK_URIS)),
  interMs: ms(1, 600_000),
  /** Null: as `inter`. */
  fastinterMs: v.nullable(ms(1, 600_000)),
  downinterMs: v.nullable(ms(1, 600_000)),
  fall: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  rise: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
});

const serverSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  /** The link on which this server is reached. */
  link: v.pipe(v.string(), v.minLength(1)),
  weight: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(256)),
  backup: v.boolean(),
  check: v.nullable(checkSchema),
  /** Requests that it gets at a time, and those that may wait in its own queue; 0 is without limit. */
  maxconn: v.exactOptional(whole(0, 1_000_000)),
  maxqueue: v.exactOptional(whole(0, 1_000_000)),
  /** It takes so long from UP to its full weight; 0 is at once. HAProxy counts whole seconds. */
  slowstartMs: v.exactOptional(ms(0, 3_600_000)),
  /** The value of the balancer's cookie that names this server. */
  cookie: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(60))),
  /** Errors of clients' requests count against it, and what happens when so many came in a row. */
  observe: v.exactOptional(v.picklist(['layer4', 'layer7'])),
  errorLimit: v.exactOptional(whole(1, 1000)),
  onError: v.exactOptional(v.picklist(ON_ERRORS)),
  onMarkedDown: v.exactOptional(v.picklist(['shutdown-sessions'])),
});

export const loadBalancerSchema = v.object({
  balance: v.picklist(BALANCES),
  /** `random(n)`: how many servers are drawn, of which the least busy one is taken. */
  randomDraws: v.exactOptional(whole(1, 100)),
  /** HAProxy's own generator from this state, which is 2463534242 in a fresh process; without it, one of the run's seed. */
  randomState: v.exactOptional(whole(1, 0xffffffff)),
  /** `source`: a table of slots, or a ring; and whether the bits of the address are mixed first (on a ring they are). */
  hashType: v.exactOptional(v.picklist(['map-based', 'consistent'])),
  hashMixed: v.exactOptional(v.boolean()),
  servers: v.pipe(v.array(serverSchema), v.maxLength(1000)),
  retries: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  /** `option redispatch`: null is off, -1 the plain option, n its interval. */
  redispatch: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-100), v.maxValue(100))),
  /** Null: none is set. HAProxy then waits for ever, and says so when it starts. */
  timeoutConnectMs: v.nullable(ms(1, 3_600_000)),
  timeoutServerMs: v.nullable(ms(1, 3_600_000)),
  timeoutClientMs: v.nullable(ms(1, 3_600_000)),
  timeoutCheckMs: v.nullable(ms(1, 3_600_000)),
  timeoutQueueMs: v.nullable(ms(1, 3_600_000)),
  /** `cookie NAME insert indirect nocache`: a user stays with the server that the cookie names. Null is off, too. */
  cookie: v.exactOptional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(60)))),
  /** All backups serve when no active server is left, not only the first. */
  allbackups: v.exactOptional(v.boolean()),
  /** `http-check disable-on-404`: a server whose health page says 404 gets nothing new but its sticky users. */
  disableOn404: v.exactOptional(v.boolean()),
  /** A user who leaves takes the request along. HAProxy's default is no: it does not look, and goes on to the answer. */
  abortonclose: v.exactOptional(v.boolean()),
  /** `spread-checks`: per cent by which the pauses between checks vary. */
  spreadChecks: v.exactOptional(whole(0, 50)),

  // What the checker asks about protection. The run is the same with and without; left out is not stated.
  /** `ssl-min-ver`: the oldest version of TLS that it takes. */
  sslMinVer: v.exactOptional(v.picklist(TLS_VERSIONS)),
  /** Port 80 beside HTTPS: `http-request redirect scheme https`, the site itself, or nothing that listens. */
  port80: v.exactOptional(v.picklist(['redirect', 'content', 'closed'])),
  /** `max-age` of `Strict-Transport-Security`; 0: the header is not sent. */
  hstsMaxAgeS: v.exactOptional(whole(0, 1_000_000_000)),
  /** The page of `stats enable`, with `stats auth` or without. Null: there is none. */
  stats: v.exactOptional(v.nullable(v.object({ port: whole(1, 65_535), auth: v.boolean() }))),
  /** `stats socket`: none, a file that few may open, or a TCP port. */
  statsSocket: v.exactOptional(v.picklist(['none', 'unix', 'tcp'])),
  /** `http-request deny if { sc_http_req_rate(0) gt N }` on a stick table of 10 s; 0: no limit. */
  httpReqRate: v.exactOptional(whole(0, 1_000_000)),
  /** A web application firewall reads each request. */
  waf: v.exactOptional(v.boolean()),
  /** `option forwardfor`: the address of the client comes last in X-Forwarded-For. */
  forwardfor: v.exactOptional(v.boolean()),
  /** `option httplog`. */
  httplog: v.exactOptional(v.boolean()),
  /** `user`: once its ports are open it goes on as root, or as a user of its own. */
  user: v.exactOptional(v.picklist(['root', 'own'])),
});

export type LoadBalancerConfig = v.InferOutput<typeof loadBalancerSchema>;
export type ServerConfig = LoadBalancerConfig['servers'][number];
export type CheckConfig = NonNullable<ServerConfig['check']>;

export const DEFAULT_ERROR_LIMIT = 10;
export const DEFAULT_RANDOM_DRAWS = 2;
/** State of HAProxy's random generator in a fresh process with one thread. */
export const FRESH_RANDOM_STATE = 2463534242;

/** Longer than any run. */
const FOR_EVER_MS = 1e9;
/** Without `timeout connect` the kernel gives up: 1 + 2 + 4 + ... + 64 s, as `tcp_syn_retries` 6 has it. */
const KERNEL_CONNECT_MS = 127_000;

type Limits = Pick<LoadBalancerConfig, 'timeoutQueueMs' | 'timeoutConnectMs'>;
export const connectTimeoutMs = ({ timeoutConnectMs }: Pick<LoadBalancerConfig, 'timeoutConnectMs'>): number =>
  timeoutConnectMs ?? KERNEL_CONNECT_MS;
export const serverTimeoutMs = ({ timeoutServerMs }: Pick<LoadBalancerConfig, 'timeoutServerMs'>): number =>
  timeoutServerMs ?? FOR_EVER_MS;
/** A queued request waits this long: `timeout queue`, else `timeout connect`. */
export const queueTimeoutMs = ({ timeoutQueueMs, timeoutConnectMs }: Limits): number =>
  timeoutQueueMs ?? timeoutConnectMs ?? FOR_EVER_MS;

/** Do users carry a cookie that names their server? */
export const hasCookies = ({ cookie }: Pick<LoadBalancerConfig, 'cookie'>): boolean =>
  cookie !== undefined && cookie !== null;

/** Is an address mixed before it is looked up? */
export const isHashMixed = (config: Pick<LoadBalancerConfig, 'hashMixed' | 'hashType'>): boolean =>
  config.hashMixed ?? config.hashType === 'consistent';

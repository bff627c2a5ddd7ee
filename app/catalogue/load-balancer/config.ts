// Settings of the load balancer, in HAProxy's own words; times in milliseconds as in haproxy.cfg.
import * as v from 'valibot';

const ms = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const checkSchema = v.object({
  /** `tcp` opens the connection; `http` is `option httpchk GET /health`. */
  type: v.picklist(['tcp', 'http']),
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
});

export const loadBalancerSchema = v.object({
  balance: v.picklist(['roundrobin']),
  servers: v.pipe(v.array(serverSchema), v.maxLength(1000)),
  retries: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  /** `option redispatch`: null is off, -1 the plain option, n its interval. */
  redispatch: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-100), v.maxValue(100))),
  timeoutConnectMs: ms(1, 3_600_000),
  timeoutServerMs: ms(1, 3_600_000),
  timeoutClientMs: ms(1, 3_600_000),
  timeoutCheckMs: v.nullable(ms(1, 3_600_000)),
  timeoutQueueMs: v.nullable(ms(1, 3_600_000)),
});

export type LoadBalancerConfig = v.InferOutput<typeof loadBalancerSchema>;
export type ServerConfig = LoadBalancerConfig['servers'][number];
export type CheckConfig = NonNullable<ServerConfig['check']>;

// Settings of keepalived's VRRP instance, under keepalived's own names; times in milliseconds. What a person rarely sets may be
// left out; the defaults are keepalived's and stand at the end.
import * as v from 'valibot';

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const ms = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** `vrrp_script` with `killall -0 PROGRAM`: does the process run? */
const trackSchema = v.object({
  /** The component on the same host whose process is looked for. */
  process: v.pipe(v.string(), v.minLength(1)),
  intervalMs: ms(10, 3_600_000),
  /** A script that takes longer counts as failed. */
  timeoutMs: v.exactOptional(ms(10, 3_600_000)),
  fall: whole(1, 1000),
  rise: whole(1, 1000),
  /** 0: down is a FAULT. Below 0: taken off the priority while down. Above 0: added while up. */
  weight: whole(-253, 253),
});

export const virtualIpSchema = v.object({
  /** `vrrp_version`. */
  version: v.picklist([2, 3]),
  /** `virtual_ipaddress`. */
  virtualIpaddress: v.pipe(v.string(), v.ipv4()),
  /** The state of which the configuration speaks. It does not make a holder: only `nopreempt` asks for BACKUP. */
  state: v.picklist(['MASTER', 'BACKUP']),
  priority: whole(1, 254),
  /** `advert_int`: whole seconds in version 2, whole hundredths of a second in version 3. */
  advertIntMs: ms(10, 255_000),
  nopreempt: v.exactOptional(v.boolean()),
  preemptDelayMs: v.exactOptional(ms(0, 1_000_000)),
  /** `down_timer_adverts`: lost advertisements until the holder is taken for dead. */
  downTimerAdverts: v.exactOptional(whole(1, 100)),
  /** Gratuitous ARPs of a new holder: so many at once, and again after the delay (0: not again). */
  garpMasterRepeat: v.exactOptional(whole(1, 100)),
  garpMasterDelayMs: v.exactOptional(ms(0, 1_000_000)),
  /** `vrrp_garp_master_refresh`: while MASTER, again so often (0: never), so many. */
  garpMasterRefreshMs: v.exactOptional(ms(0, 86_400_000)),
  garpMasterRefreshRepeat: v.exactOptional(whole(1, 100)),
  /** The same for a holder that hears another one of lower priority. */
  garpLowerPrioRepeat: v.exactOptional(whole(0, 100)),
  garpLowerPrioDelayMs: v.exactOptional(ms(0, 1_000_000)),
  /** `track_script`. Null: nothing is tracked. */
  track: v.nullable(trackSchema),
});

export type VirtualIpConfig = v.InferOutput<typeof virtualIpSchema>;
export type TrackConfig = NonNullable<VirtualIpConfig['track']>;

/** keepalived's defaults (keepalived.conf, VRRP instance). */
export const KEEPALIVED_DEFAULTS = {
  downTimerAdverts: 3,
  garpMasterRepeat: 5,
  garpMasterDelayMs: 5_000,
  garpMasterRefreshMs: 0,
  garpMasterRefreshRepeat: 1,
} as const;

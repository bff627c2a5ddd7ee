// VRRP's timers and priorities as closed forms. Sources: RFC 3768 (version 2), RFC 5798 and 9568 (version 3), keepalived.conf.
import { type Micros, MS, SECOND } from '../../foundation/micros.ts';
import { KEEPALIVED_DEFAULTS, type VirtualIpConfig } from './config.ts';

/** Priority 0 is a holder's farewell, 255 belongs to the address's owner. */
const LEAST_PRIORITY = 1;
const MOST_PRIORITY = 254;

/** Skew: the lower the priority, the longer a backup waits. Version 2 counts parts of a second whatever the interval is. */
export function skewUs(version: 2 | 3, priority: number, advertIntUs: Micros): Micros {
  const unitUs = version === 2 ? SECOND : advertIntUs;
  return Math.round(((256 - priority) / 256) * unitUs);
}

/** A backup takes the holder for dead so long after the last advertisement that it accepted. */
export const downTimerUs = (config: VirtualIpConfig, priority: number, advertIntUs: Micros): Micros =>
  (config.downTimerAdverts ?? KEEPALIVED_DEFAULTS.downTimerAdverts) * advertIntUs +
  skewUs(config.version, priority, advertIntUs);

export const advertIntUs = (config: VirtualIpConfig): Micros => config.advertIntMs * MS;

/** The priority that goes into advertisements and into the skew. */
export function effectivePriority(config: VirtualIpConfig, isScriptUp: boolean): number {
  const weight = config.track?.weight ?? 0;
  const change = isScriptUp === weight > 0 ? weight : 0;
  return Math.min(MOST_PRIORITY, Math.max(LEAST_PRIORITY, config.priority + change));
}

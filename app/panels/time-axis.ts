// The axis of a waterfall: where an instant stands on it, and at which instants it has a tick.
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';

export interface TimeAxis {
  readonly fromUs: Micros;
  readonly spanUs: Micros;
}

/** Percent along the axis. */
export const placeOn = ({ fromUs, spanUs }: TimeAxis, us: Micros): number =>
  Math.min(100, Math.max(0, (100 * (us - fromUs)) / spanUs));

const MOST_TICKS = 8;

/** At most `MOST_TICKS` instants, in whole steps of 1, 2 or 5 times a power of ten. */
export function ticksOf({ fromUs, spanUs }: TimeAxis): readonly Micros[] {
  let stepUs = 1_000;
  for (let n = 0; spanUs / stepUs > MOST_TICKS; n++) stepUs *= n % 3 === 1 ? 2.5 : 2;
  const first = Math.ceil(fromUs / stepUs) * stepUs;
  const count = Math.floor((fromUs + spanUs - first) / stepUs) + 1;
  return Array.from({ length: count }, (_, n) => first + n * stepUs);
}

/** `00:25.0`; with milliseconds where the axis is shorter than a second. */
export const tickText = ({ spanUs }: TimeAxis, us: Micros): string =>
  spanUs < SECOND ? `${formatClock(us)}${String(Math.floor(us / 1_000) % 100).padStart(2, '0')}` : formatClock(us);

// The figures of a run that can be read: what is shown is what was counted, and showing it costs little.
import type { Measure } from './measure.ts';
import { sameArrivals } from './readable-compare.ts';
import { links } from './readable-link.ts';
import { anHour, thousandASecond } from './readable-page.ts';
import { percentiles } from './readable-percentiles.ts';
import { scale } from './readable-scale.ts';
import { sums } from './readable-sums.ts';

export const readable: readonly Measure[] = [sums, percentiles, thousandASecond, anHour, ...scale, links, sameArrivals];

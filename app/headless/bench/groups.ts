// The bench groups by name; `npm run bench -- --only NAME` runs one of them.
import { alive } from './alive.ts';
import type { Measure } from './measure.ts';
import { proved } from './proved.ts';
import { readable } from './readable.ts';
import { secured } from './secured.ts';
import { trueData } from './true-data.ts';
import { trueHaproxy } from './true-haproxy.ts';

export const groups: Readonly<Record<string, readonly Measure[]>> = {
  alive,
  'true-haproxy': trueHaproxy,
  'true-data': trueData,
  readable,
  proved,
  secured,
};

// How heavy the page is before its first picture.
import { measureBundle } from '../bundle-size.ts';
import { builtPage } from './built-page.ts';
import { atMost, type Measure } from './measure.ts';

export const bundleSizes: Measure = async () =>
  measureBundle(await builtPage()).map(({ name, kB, limitKB }) => atMost(name, kB, 'kB gzipped', limitKB));

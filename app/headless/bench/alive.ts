// The figures of the three-server site in the browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { measureBundle } from '../bundle-size.ts';
import { atMost, type Measure } from './measure.ts';

/** Builds the page into a folder of its own, so that a stale dist/ is never measured. */
const bundleSizes: Measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
  try {
    await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
    return measureBundle(folder).map(({ name, kB, limitKB }) => atMost(name, kB, 'kB gzipped', limitKB));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const alive: readonly Measure[] = [bundleSizes];

// The built page for the bench: built once into a folder of its own (a stale dist/ is never measured), served on the loopback
// address, opened in the Chromium that the tests use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { build, type Plugin, type PreviewServer, preview } from 'vite';
import type { Design } from '../../design/design.ts';
import { findOrInstallChromium, launchFlags } from '../chromium.ts';

/** Longer than anything here may take: a page that does not come to a state is an error, not a wait. */
const PATIENCE_MS = 30_000;

/** By the design that the page opens with; `null`: its own. */
const folders = new Map<Design | null, Promise<string>>();

/** Folder of the page, built when it is first asked for and removed when the program ends. */
export function builtPage(opening: Design | null = null): Promise<string> {
  const known = folders.get(opening);
  if (known !== undefined) return known;
  const building = (async () => {
    const made = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    const plugins = opening === null ? [] : [openingWith(opening)];
    await build({
      plugins,
      logLevel: 'warn',
      build: { outDir: made, emptyOutDir: true },
    });
    return made;
  })();
  folders.set(opening, building);
  return building;
}

/** The page as it is, but that its first design is another one: the page itself has no such door. */
const openingWith = (design: Design): Plugin => ({
  name: 'opening-with',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('/app/designs/distributed.ts')
      ? `export const distributedDesign = () => (${JSON.stringify(design)});`
      : null,
});

/** Serves the built page while `work` runs, and tells it the address. */
export async function withServedPage<T>(
  work: (address: string) => Promise<T>,
  opening: Design | null = null,
): Promise<T> {
  const server: PreviewServer = await preview({
    build: { outDir: await builtPage(opening) },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
    logLevel: 'warn',
  });
  try {
    return await work(server.resolvedUrls?.local[0] ?? '');
  } finally {
    await server.close();
  }
}

/** One Chromium with one context, closed afterwards whatever happens. */
export async function withChromium<T>(
  options: BrowserContextOptions,
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: launchFlags() });
  try {
    const context = await browser.newContext({ reducedMotion: 'no-preference', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    // What runs in the page is handed over as text; tsx names its inner functions by a function that only Node has.
    await context.addInitScript('globalThis.__name ??= (made) => made;');
    return await work(context);
  } finally {
    await browser.close();
  }
}

/** Runs in the page before its own scripts: React tells its developer tools of every commit, in production too. */
export function countCommits(): void {
  const page = window as unknown as { reactCommits: number; __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown };
  page.reactCommits = 0;
  page.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    renderers: new Map(),
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: () => {
      page.reactCommits++;
    },
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberUnmount: () => undefined,
  };
}

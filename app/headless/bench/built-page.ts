// The built page for the bench: built once into a folder of its own (a stale dist/ is never measured), served on the loopback
// address, opened in the Chromium that the tests use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { findOrInstallChromium, launchFlags } from '../chromium.ts';

/** Longer than anything here may take: a page that does not come to a state is an error, not a wait. */
const PATIENCE_MS = 30_000;

let folder: Promise<string> | null = null;

/** Folder of the page, built when it is first asked for and removed when the program ends. */
export function builtPage(): Promise<string> {
  folder ??= (async () => {
    const made = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    await build({ logLevel: 'warn', build: { outDir: made, emptyOutDir: true } });
    return made;
  })();
  return folder;
}

/** Serves the built page while `work` runs, and tells it the address. */
export async function withServedPage<T>(work: (address: string) => Promise<T>): Promise<T> {
  const server: PreviewServer = await preview({
    build: { outDir: await builtPage() },
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

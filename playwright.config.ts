// The browser tests build the page into a folder of their own and serve it on a port of their own,
// so that they neither disturb nor believe a server that is already running. E2E_PORT moves both.
import { defineConfig } from 'playwright/test';
import { findChromium, launchFlags } from './app/headless/chromium.ts';

const port = Number(process.env['E2E_PORT'] ?? 4319);
const address = `http://127.0.0.1:${port}/`;
const site = `test-results/site-${port}`;
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  outputDir: `test-results/playwright-${port}`,
  fullyParallel: false,
  // Most of a test is waiting for simulated time: two at once on two cores disturb each other little.
  workers: 2,
  // Axe takes seconds a look, and a busy machine takes twice that.
  timeout: 60_000,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  webServer: {
    command: `npx vite build --logLevel warn --outDir ${site} --emptyOutDir && npx vite preview --outDir ${site} --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
  },
  use: {
    baseURL: address,
    contextOptions: { reducedMotion: 'no-preference' },
    launchOptions: { args: launchFlags(), ...(executablePath ? { executablePath } : {}) },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: '**/*.touch.spec.ts',
      use: { browserName: 'chromium', viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'touch',
      testMatch: '**/*.touch.spec.ts',
      use: { browserName: 'chromium', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});

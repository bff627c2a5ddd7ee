// The page loads without a complaint, and fetches nothing but its own files.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, expect, test } from 'playwright/test';
import { clockIsAtLeast, element } from '../app/headless/drive-page.ts';
import { exported } from './site.ts';

interface Watch {
  context: BrowserContext;
  /** Every address that a page or a worker of the context asked for, data: and blob: left out. */
  requested: string[];
  /** What reached the proxy: every request for another address than 127.0.0.1, whoever made it. */
  strayed: string[];
  complaints: string[];
  close: () => Promise<void>;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function watch(browser: Browser): Promise<Watch> {
  const requested: string[] = [];
  const strayed: string[] = [];
  const complaints: string[] = [];
  const proxy = createServer((request, response) => {
    strayed.push(request.url ?? '');
    response.writeHead(403).end();
  });
  proxy.on('connect', (request, socket) => {
    strayed.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const port = await listen(proxy);
  const context = await browser.newContext({ proxy: { server: `http://127.0.0.1:${port}`, bypass: '127.0.0.1' } });
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) requested.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  const close = async () => {
    await context.close();
    proxy.closeAllConnections();
    await new Promise((done) => proxy.close(done));
  };
  return { context, requested, strayed, complaints, close };
}

const CALLS_OUT = `fetch('http://spofcheck.invalid/from-WHOM').catch(() => {})`;

test('the watch sees a stray request from a page and from its worker', async ({ browser }) => {
  const watched = await watch(browser);
  const html = `<!doctype html><script>
    ${CALLS_OUT.replace('WHOM', 'page')};
    new Worker(URL.createObjectURL(new Blob(["${CALLS_OUT.replace('WHOM', 'worker')}"])));
  </script>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  const port = await listen(server);
  const page = await watched.context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => watched.strayed.length).toBeGreaterThanOrEqual(2);
  expect(watched.strayed.some((url) => url.endsWith('/from-page'))).toBe(true);
  expect(watched.strayed.some((url) => url.endsWith('/from-worker'))).toBe(true);
  expect(watched.requested.some((url) => url.endsWith('/from-worker'))).toBe(true);
  await watched.close();
  server.closeAllConnections();
  server.close();
});

test('the page loads without a complaint and fetches nothing but its own files', async ({ browser, baseURL }) => {
  const watched = await watch(browser);
  const page = await watched.context.newPage();
  await page.goto(baseURL ?? '');
  await expect(page).toHaveTitle(/Spofcheck/);
  await expect(page.locator('#root > *').first()).toBeVisible();
  await clockIsAtLeast(page, 1); // a worker has started, and a run is on its way
  // What comes with the first use is the page's own too.
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(page.getByRole('region', { name: 'Outcomes since the kill' })).toBeVisible();
  await page.getByRole('tab', { name: 'Explanation' }).click();
  await expect(page.getByRole('button', { name: /Show me/ }).first()).toBeVisible();
  await exported(page, async () => {
    await page.getByLabel('Export the picture').click();
    await page.getByRole('button', { name: 'PNG 1x' }).click();
  });
  const foreign = watched.requested.filter((url) => !url.startsWith(baseURL ?? 'no address'));
  expect(watched.requested.length).toBeGreaterThan(1);
  expect(foreign).toEqual([]);
  expect(watched.strayed).toEqual([]);
  expect(watched.complaints).toEqual([]);
  await watched.close();
});

test('the content security policy stops a script, a style and a request that are not ours', async ({ page }) => {
  await page.goto('');
  const refused = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'document.title = "injected"';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.body.append(script, style);
    await fetch('http://spofcheck.invalid/').catch(() => undefined);
    await new Promise((done) => setTimeout(done, 100));
    return directives;
  });
  expect(refused).toEqual(expect.arrayContaining(['script-src-elem', 'style-src-elem', 'connect-src']));
  await expect(page).toHaveTitle(/Spofcheck/);
});

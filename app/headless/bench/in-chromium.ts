// Runs a worker of ours in Chromium: the engine bundled on its own, as a module worker of an empty page. It is sent whole
// numbers and answers each with {index, result}.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withChromium } from './built-page.ts';
import { bundleScript } from './bundle-script.ts';

/** The results by index. */
export async function inChromium<Result>(script: URL, indices: readonly number[]): Promise<(Result | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
  try {
    const source = await bundleScript(folder, script);
    const server = createServer((request, response) => {
      const isScript = request.url === '/worker.js';
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
      response.end(isScript ? source : '<!doctype html><title>Worker</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      return await withChromium({}, async (context) => {
        const page = await context.newPage();
        await page.goto(address);
        return (await page.evaluate(askWorker, indices)) as (Result | undefined)[];
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs in the page. */
function askWorker(indices: readonly number[]): Promise<unknown[]> {
  return new Promise((done, failed) => {
    const worker = new Worker('worker.js', { type: 'module' });
    const answers: unknown[] = [];
    let left = indices.length;
    worker.onerror = (event) => failed(new Error(event.message));
    worker.onmessage = (event) => {
      answers[event.data.index] = event.data.result;
      left--;
      if (left === 0) done(answers);
    };
    for (const index of indices) worker.postMessage(index);
  });
}

// The same run everywhere: a hundred random runs in Node and in Chromium, after seeks, and with commands inserted late.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withChromium } from './built-page.ts';
import { type Figure, type Measure, stated } from './measure.ts';
import { digestsOf, RUN_SECONDS, RUNS, type RunDigests } from './random-runs.ts';

export const sameRuns: Measure = async () => {
  const indices = Array.from({ length: RUNS }, (_, index) => index);
  const inNode = indices.map(digestsOf);
  const inChromium = await digestsInChromium(indices);
  const count = (isSame: (index: number) => boolean): number => indices.filter(isSame).length;
  const events = inNode.reduce((sum, run) => sum + run.events, 0);
  return [
    ofAll(
      'same digest in Node and in Chromium',
      count((at) => inNode[at]?.forward === inChromium[at]?.forward),
    ),
    ofAll(
      'same digest after seek back and forward, Node',
      count((at) => inNode[at]?.forward === inNode[at]?.afterSeeks),
    ),
    ofAll(
      'same digest after seek back and forward, Chromium',
      count((at) => inChromium[at]?.forward === inChromium[at]?.afterSeeks),
    ),
    ofAll(
      'same digest with commands inserted late, Chromium',
      count((at) => inChromium[at]?.forward === inChromium[at]?.commandsLate),
    ),
    ofAll('different digests', new Set(inNode.map((run) => run.forward)).size),
    stated(`events in these runs of ${RUN_SECONDS} s`, events, 'events'),
  ];
};

const ofAll = (name: string, value: number): Figure => ({
  name,
  value,
  unit: `of ${RUNS} runs`,
  bar: `all ${RUNS}`,
  verdict: value === RUNS ? 'pass' : 'fail',
});

/** The engine bundled on its own, as a module worker of an empty page. */
async function digestsInChromium(indices: readonly number[]): Promise<(RunDigests | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
  try {
    const script = await bundleWorker(folder);
    const server = createServer((request, response) => {
      const isScript = request.url === '/digest-worker.js';
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
      response.end(isScript ? script : '<!doctype html><title>Digests</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      return await withChromium({}, async (context) => {
        const page = await context.newPage();
        await page.goto(address);
        return await page.evaluate(askWorker, indices);
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundleWorker(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      reportCompressedSize: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('./page/digest-worker.ts', import.meta.url)),
        output: { entryFileNames: 'digest-worker.js', codeSplitting: false },
      },
    },
  });
  return readFileSync(join(folder, 'digest-worker.js'), 'utf8');
}

/** Runs in the page. */
function askWorker(indices: readonly number[]): Promise<(RunDigests | undefined)[]> {
  return new Promise((done, failed) => {
    const worker = new Worker('digest-worker.js', { type: 'module' });
    const answers: RunDigests[] = [];
    let left = indices.length;
    worker.onerror = (event) => failed(new Error(event.message));
    worker.onmessage = (event) => {
      answers[event.data.index] = event.data.digests;
      left--;
      if (left === 0) done(answers);
    };
    for (const index of indices) worker.postMessage(index);
  });
}

// Runs that went through a link in a browser's worker: asked for run number N, it answers with what it came to.
import { linkedRun } from '../linked-runs.ts';

const port = self as unknown as { postMessage(reply: unknown): void };

self.onmessage = async (event: MessageEvent<number>) => {
  port.postMessage({ index: event.data, result: await linkedRun(event.data) });
};

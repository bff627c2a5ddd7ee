// Random runs with faults in a browser's worker: asked for run number N, it answers with its digest.
import { exploredRun } from '../explored-runs.ts';

const port = self as unknown as { postMessage(reply: unknown): void };

self.onmessage = (event: MessageEvent<number>) => {
  port.postMessage({ index: event.data, result: exploredRun(event.data) });
};

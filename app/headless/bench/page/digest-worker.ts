// The random runs in a browser's worker: asked for run number N, it answers with its digests.
import { digestsOf, type RunDigests } from '../random-runs.ts';

type DigestReply = { readonly index: number; readonly result: RunDigests };

const port = self as unknown as { postMessage(reply: DigestReply): void };

self.onmessage = (event: MessageEvent<number>) => {
  port.postMessage({ index: event.data, result: digestsOf(event.data) });
};

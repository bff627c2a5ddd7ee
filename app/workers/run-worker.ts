// The run worker: a run behind a port. Does one piece of work at a time and looks at its post between two, so that a new
// command or another seek never waits for a backlog.
import { behaviours } from '../catalogue/kinds.ts';
import { balancerTables } from '../catalogue/load-balancer/balancer-table.ts';
import type { Design } from '../design/design.ts';
import { watchChunks } from '../simulation/checkers/watch.ts';
import { CHUNK_US, type TraceChunk } from '../simulation/trace.ts';
import { ledgerOf } from '../simulation/write-ledger.ts';
import { RunServer } from '../timeline/run-server.ts';
import type { RunReply, RunRequest } from './protocol.ts';

const port = self as unknown as { postMessage(reply: RunReply, transfer?: Transferable[]): void };

let server: RunServer | null = null;
let revision = -1;
let scheduled = false;

// A message to oneself comes after the post that is already waiting, without the delay that browsers add to timers.
const turn = new MessageChannel();
turn.port1.onmessage = () => {
  scheduled = false;
  workOn();
};

function schedule(): void {
  if (scheduled || server === null || server.isIdle) return;
  scheduled = true;
  turn.port2.postMessage(0);
}

function workOn(): void {
  if (server === null || server.isIdle) return;
  const { nextChunk } = server;
  guarded(nextChunk * CHUNK_US, (open) => {
    const { chunk, seconds } = open.next();
    if (seconds.length > 0) port.postMessage({ type: 'seconds', revision, seconds });
    if (chunk !== null) port.postMessage({ type: 'chunk', revision, chunk }, buffersOf(chunk));
  });
  schedule();
}

/** A broken invariant stops the run with a sentence; the page and the drawing go on. */
function guarded(atUs: number, work: (open: RunServer) => void): void {
  if (server === null) return;
  try {
    work(server);
  } catch (error) {
    server.want([], 0);
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ type: 'stopped', revision, atUs, message });
  }
}

function buffersOf(chunk: TraceChunk): Transferable[] {
  const buffers: Transferable[] = [chunk.base.buffer as ArrayBuffer];
  for (const table of [chunk.hops, chunk.changes, chunk.spans, chunk.logs, chunk.starts, chunk.ends]) {
    for (const column of Object.values(table)) buffers.push((column as Float64Array).buffer as ArrayBuffer);
  }
  return buffers;
}

/** In development every chunk is held against the laws; a built page carries no checker. */
function watcherOf(design: Design): ((chunk: TraceChunk) => void) | undefined {
  if (!import.meta.env.DEV) return undefined;
  const watch = watchChunks(design);
  return (chunk) => {
    for (const wrong of watch(chunk)) console.error(wrong);
  };
}

self.onmessage = (event: MessageEvent<RunRequest>) => {
  const request = event.data;
  revision = request.revision;
  switch (request.type) {
    case 'open':
      server = null;
      try {
        server = new RunServer(request.run, behaviours, structuredClone, watcherOf(request.run.design));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        port.postMessage({ type: 'stopped', revision, atUs: 0, message });
      }
      return;
    case 'commands':
      guarded(0, (open) => open.setCommands(request.commands, request.known));
      return;
    case 'statistics':
      guarded(request.atUs, (open) => {
        const balancers = balancerTables(open.worldAt(request.atUs));
        port.postMessage({ type: 'statistics', revision, atUs: request.atUs, balancers });
      });
      return;
    case 'writes':
      guarded(request.atUs, (open) => {
        const ledger = ledgerOf(open.worldAt(request.atUs).writes, request.copy);
        port.postMessage({ type: 'writes', revision, atUs: request.atUs, ledger });
      });
      return;
    case 'want':
      server?.want(request.chunks, request.untilChunk);
      schedule();
  }
};

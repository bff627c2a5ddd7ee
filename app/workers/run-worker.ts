// The run worker: a timeline behind a port. Computes one chunk at a time and looks at its post between two, so that a new
// command or another seek never waits for a backlog.
import { behaviours } from '../catalogue/kinds.ts';
import { watchChunks } from '../simulation/checkers/watch.ts';
import { CHUNK_US, type TraceChunk } from '../simulation/trace.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { RunReply, RunRequest } from './protocol.ts';

const port = self as unknown as { postMessage(reply: RunReply, transfer?: Transferable[]): void };

let timeline: Timeline | null = null;
let watch: ((chunk: TraceChunk) => readonly string[]) | null = null;
let revision = -1;
let wanted: readonly number[] = [];
let position = 0;
let scheduled = false;

// A message to oneself comes after the post that is already waiting, without the delay that browsers add to timers.
const turn = new MessageChannel();
turn.port1.onmessage = () => {
  scheduled = false;
  computeNext();
};

function schedule(): void {
  if (scheduled || position >= wanted.length) return;
  scheduled = true;
  turn.port2.postMessage(0);
}

function computeNext(): void {
  const index = wanted[position];
  if (timeline === null || index === undefined) return;
  position++;
  guarded(index * CHUNK_US, () => {
    const chunk = (timeline as Timeline).chunk(index);
    for (const wrong of watch?.(chunk) ?? []) console.error(wrong);
    port.postMessage({ type: 'chunk', revision, chunk }, buffersOf(chunk));
  });
  schedule();
}

/** A broken invariant stops the run with a sentence; the page and the drawing go on. */
function guarded(atUs: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    wanted = [];
    position = 0;
    port.postMessage({
      type: 'stopped',
      revision,
      atUs,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

function buffersOf(chunk: TraceChunk): Transferable[] {
  const buffers: Transferable[] = [chunk.base.buffer as ArrayBuffer];
  for (const table of [chunk.hops, chunk.changes, chunk.spans, chunk.starts, chunk.ends]) {
    for (const column of Object.values(table)) buffers.push((column as Float64Array).buffer as ArrayBuffer);
  }
  return buffers;
}

self.onmessage = (event: MessageEvent<RunRequest>) => {
  const request = event.data;
  revision = request.revision;
  switch (request.type) {
    case 'open':
      wanted = [];
      position = 0;
      guarded(0, () => {
        timeline = new Timeline(request.run, behaviours, structuredClone);
        // In development every chunk is held against the laws; a built page carries no checker.
        watch = import.meta.env.DEV ? watchChunks(request.run.design) : null;
      });
      return;
    case 'commands':
      wanted = [];
      position = 0;
      guarded(0, () => timeline?.setCommands(request.commands));
      return;
    case 'want':
      wanted = request.chunks;
      position = 0;
      schedule();
  }
};

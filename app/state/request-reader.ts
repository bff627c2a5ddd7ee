// Gets the seconds of the run that one request's way spans, wherever the playhead is, and reads the way from them.
import type { Design } from '../design/design.ts';
import { SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { type Way, wayOf } from '../timeline/request-way.ts';
import { chunkAt } from '../timeline/trace-window.ts';
import type { App } from './app.ts';
import { designAfter } from './design-at.ts';

export interface FoundWay {
  readonly way: Way;
  /** As it was when the request started. */
  readonly design: Design;
  readonly chunks: readonly TraceChunk[];
}

/** Seconds after its end in which others may still work on it. */
const TAIL = 12;
/** No more seconds than this are held for one request. */
const MOST_HELD = 90;

class RequestReader {
  private readonly app: App;
  private request = 0;
  private version = -1;
  private found: FoundWay | null = null;

  constructor(app: App) {
    this.app = app;
  }

  /** Null while it is not computed yet, or there is no such request. Asks for what is missing. */
  read(request: number): FoundWay | null {
    const { window } = this.app.frame;
    if (request === this.request && window.version === this.version) return this.found;
    if (request !== this.request) this.found = null;
    [this.request, this.version] = [request, window.version];
    const first = window.chunkOfRequest(request);
    if (first !== null) this.found = this.follow(request, first);
    return this.found;
  }

  /** Nothing is held any more. */
  release(): void {
    this.app.control.hold([]);
    this.version = -1;
  }

  private follow(request: number, first: number): FoundWay | null {
    const { window } = this.app.frame;
    const { design: base } = this.app.design.getState();
    const chunks: TraceChunk[] = [];
    let last = first + Math.min(MOST_HELD, Math.ceil(base.traffic.clientTimeoutMs / 1_000) + 1);
    for (let index = first; index <= last; index++) {
      const chunk = window.chunk(index);
      if (chunk === null) break;
      chunks.push(chunk);
      const row = chunk.ends.request.indexOf(request);
      if (row >= 0) last = Math.min(first + MOST_HELD, chunkAt(chunk.ends.endUs[row] as number) + TAIL);
    }
    const missing = first + chunks.length;
    // One second after the other: the end says how many there are.
    this.app.control.hold(range(first, Math.min(last, missing)));
    const startUs = startIn(chunks[0], request);
    if (startUs === null) return null;
    const { commands } = this.app.playback.getState();
    const design = designAfter(
      base,
      commands.filter((command) => command.atUs <= startUs),
    );
    const way = wayOf(design, chunks, request);
    return way === null ? null : { way, design, chunks };
  }
}

const readers = new WeakMap<App, RequestReader>();

/** One for the page, because what it holds replaces what was held before. */
export function readerOf(app: App): RequestReader {
  const known = readers.get(app) ?? new RequestReader(app);
  readers.set(app, known);
  return known;
}

function startIn(chunk: TraceChunk | undefined, request: number): number | null {
  const row = chunk?.starts.request.indexOf(request) ?? -1;
  return row < 0 ? null : (chunk?.starts.atUs[row] ?? null);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** How far ahead a request of the users is looked for. */
const SEARCHED_US = 20 * SECOND;

/** Number of the first request of the users that starts after this, as far as is known; null when none does. */
export function requestAfter(app: App, us: number): number | null {
  const { window } = app.frame;
  for (let index = chunkAt(us); index <= chunkAt(us + SEARCHED_US); index++) {
    const { starts } = window.chunk(index) ?? {};
    if (starts === undefined) return null;
    const row = starts.atUs.findIndex((atUs, at) => atUs > us && starts.purpose[at] !== Purpose.Flood);
    if (row >= 0) return starts.request[row] as number;
  }
  return null;
}

/** The last one that started before this. */
export function requestBefore(app: App, us: number): number | null {
  const { window } = app.frame;
  for (let index = chunkAt(us); index >= Math.max(0, chunkAt(us - SEARCHED_US)); index--) {
    const { starts } = window.chunk(index) ?? {};
    if (starts === undefined) return null;
    const row = starts.atUs.findLastIndex((atUs, at) => atUs < us && starts.purpose[at] !== Purpose.Flood);
    if (row >= 0) return starts.request[row] as number;
  }
  return null;
}

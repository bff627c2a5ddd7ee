// The page's end of the run worker: sends runs and commands, keeps the list of chunks that the page needs next in front of
// the worker, and puts what comes back into the trace window.
import type { BalancerTable } from '../catalogue/load-balancer/balancer-table.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import type { Copy, WriteLedger } from '../simulation/write-ledger.ts';
import { chunkAt, type TraceWindow } from '../timeline/trace-window.ts';
import type { RunReply, RunRequest } from './protocol.ts';

/** A worker, as far as this file needs one. */
export interface RunPort {
  postMessage(request: RunRequest): void;
  onmessage: ((event: { readonly data: RunReply }) => void) | null;
  terminate(): void;
}

export interface RunClientOptions {
  readonly window: TraceWindow;
  /** A chunk has come in. */
  received(chunkIndex: number): void;
  /** The run cannot go on past `atUs`. */
  stopped(atUs: Micros, message: string): void;
  readonly port?: RunPort;
}

/** Seconds kept behind the playhead: rates and latencies are measured over the last ten. */
const BEHIND = 11;
/** Simulated seconds ahead, beside what one second on the wall needs: so that the coming change of state can be named. */
const AHEAD = 8;
const MOST_AHEAD = 120;
/** Chunks held beyond what is wanted, so that scrubbing to and fro fetches nothing twice. */
const MARGIN = 60;

type Answered = Extract<RunReply, { type: 'statistics' | 'writes' }>;

const newWorker = (): RunPort =>
  new Worker(new URL('./run-worker.ts', import.meta.url), { type: 'module' }) as unknown as RunPort;

export class RunClient {
  private readonly options: RunClientOptions;
  private readonly port: RunPort;
  private revision = 0;
  private asked = '';
  private askedUntil = 0;
  /** Seconds of the run that the page shows, beside what the playhead needs. */
  private lookUntil = 0;
  /** Chunks in which somebody did something: kept, because counts start in them. */
  private kept = new Set<number>();
  /** Chunks that somebody looks into, wherever the playhead is: asked for after all else, and kept. */
  private held: readonly number[] = [];
  private keep: ReadonlySet<number> = new Set();
  private isStopped = false;
  /** Who waits for an answer: the worker answers in the order of the questions. */
  private waiting: ((reply: Answered | null) => void)[] = [];

  constructor(options: RunClientOptions) {
    this.options = options;
    this.port = options.port ?? newWorker();
    this.port.onmessage = (event) => this.take(event.data);
  }

  /** Starts a run from its beginning. The window must have been reset to the run's design. */
  open(run: Run): void {
    this.begin(run.commands);
    this.lookUntil = 0;
    this.port.postMessage({ type: 'open', revision: this.revision, run });
  }

  /** The same run with other commands; the first difference is at `fromUs`, and what the window holds after it is void. */
  setCommands(commands: readonly Command[], fromUs: Micros): void {
    this.begin(commands);
    this.options.window.cutAt(fromUs);
    const known = this.options.window.seconds;
    this.port.postMessage({ type: 'commands', revision: this.revision, commands, known });
  }

  /** The page shows the run up to here: its seconds are to be known. */
  lookTo(us: Micros): void {
    this.lookUntil = chunkAt(us) + 1;
  }

  private begin(commands: readonly Command[]): void {
    this.revision++;
    this.asked = '';
    this.askedUntil = 0;
    this.isStopped = false;
    this.forgetQuestions();
    this.kept = new Set(commands.map((command) => chunkAt(command.atUs)));
    this.hold(this.held);
  }

  /** Until the next call, these chunks are wanted too. */
  hold(chunks: readonly number[]): void {
    this.held = chunks;
    this.keep = new Set([...this.kept, ...chunks]);
  }

  /** Asks for what is missing around the playhead; called each frame, says something only when the list has changed. */
  want(playheadUs: Micros, speed: number): void {
    if (this.isStopped) return;
    const window = this.options.window;
    const here = chunkAt(playheadUs);
    const ahead = Math.min(MOST_AHEAD, Math.ceil(speed) + AHEAD);
    window.evict(here - BEHIND - MARGIN, here + ahead + MARGIN, this.keep);
    const wanted = [
      ...window.missing(here, here + 1),
      ...window.missing(Math.max(0, here - BEHIND), here - 1).reverse(),
      ...window.missing(here + 2, here + ahead),
    ];
    const before = here - BEHIND;
    for (const kept of this.kept) if (kept < before && !window.has(kept)) wanted.push(kept);
    for (const held of this.held) if (!window.has(held) && !wanted.includes(held)) wanted.push(held);
    const key = wanted.join();
    const untilChunk = Math.max(this.lookUntil, here + 1);
    if (untilChunk <= this.askedUntil && (key === this.asked || this.isOnItsWay(wanted))) return;
    [this.asked, this.askedUntil] = [key, untilChunk];
    this.port.postMessage({ type: 'want', revision: this.revision, chunks: wanted, untilChunk });
  }

  /** What is wanted is the rest of the list that the worker is already going through: nothing to say. */
  private isOnItsWay(wanted: readonly number[]): boolean {
    return wanted.length > 0 && this.asked !== '' && this.asked.endsWith(`,${wanted.join()}`);
  }

  /** What the balancers have counted at an instant; null when the run has changed meanwhile. */
  async statisticsAt(atUs: Micros): Promise<readonly BalancerTable[] | null> {
    const reply = await this.ask({ type: 'statistics', revision: this.revision, atUs });
    return reply?.type === 'statistics' ? reply.balancers : null;
  }

  /** What has become of the writes by an instant, and where one of them is stored; null as above. */
  async writesAt(atUs: Micros, copy: Copy | null): Promise<WriteLedger | null> {
    const reply = await this.ask({ type: 'writes', revision: this.revision, atUs, copy });
    return reply?.type === 'writes' ? reply.ledger : null;
  }

  private ask(question: Extract<RunRequest, { type: Answered['type'] }>): Promise<Answered | null> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.port.postMessage(question);
    });
  }

  private forgetQuestions(): void {
    for (const answer of this.waiting.splice(0)) answer(null);
  }

  close(): void {
    this.port.onmessage = null;
    this.port.terminate();
  }

  private take(reply: RunReply): void {
    if (reply.revision !== this.revision) return;
    if (reply.type === 'stopped') {
      this.isStopped = true;
      this.forgetQuestions();
      this.options.stopped(reply.atUs, reply.message);
      return;
    }
    if (reply.type === 'statistics' || reply.type === 'writes') {
      this.waiting.shift()?.(reply);
      return;
    }
    if (reply.type === 'seconds') {
      this.options.window.learn(reply.seconds);
      return;
    }
    this.options.window.receive(reply.chunk);
    this.options.received(reply.chunk.index);
  }
}

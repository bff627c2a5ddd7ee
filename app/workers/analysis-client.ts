// The page's end of the analysis worker: asks about a design, hands on what comes back, and forgets answers about an older one.
import type { Progress } from '../analysis/analyse.ts';
import type { Design } from '../design/design.ts';
import type { AnalysisReply, AnalysisRequest } from './analysis-protocol.ts';

/** A worker, as far as this file needs one. */
export interface AnalysisPort {
  postMessage(request: AnalysisRequest): void;
  onmessage: ((event: { readonly data: AnalysisReply }) => void) | null;
  terminate(): void;
}

export interface AnalysisClientOptions {
  /** Issues in order (the first is issue 1), and how far the runs are. */
  progress(progress: Progress): void;
  /** The analysis could not go on; what was found so far stays. */
  stopped(message: string): void;
  readonly port?: AnalysisPort;
}

export const newAnalysisWorker = (): AnalysisPort =>
  new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' }) as unknown as AnalysisPort;

export class AnalysisClient {
  private readonly options: AnalysisClientOptions;
  private readonly port: AnalysisPort;
  private revision = 0;
  private kills: Progress['kills'] = [];

  constructor(options: AnalysisClientOptions) {
    this.options = options;
    this.port = options.port ?? newAnalysisWorker();
    this.port.onmessage = (event) => this.take(event.data);
  }

  /** Starts over with this design. Same design and seed, same issues, sentence for sentence. */
  look(design: Design, seed: number): void {
    this.revision++;
    this.port.postMessage({ type: 'look', revision: this.revision, design, seed });
  }

  close(): void {
    this.port.onmessage = null;
    this.port.terminate();
  }

  private take(reply: AnalysisReply): void {
    if (reply.revision !== this.revision) return;
    if (reply.type === 'progress') {
      this.kills = [...this.kills.slice(0, reply.killsBefore), ...reply.progress.kills];
      this.options.progress({ ...reply.progress, kills: this.kills });
    } else if (reply.type === 'stopped') this.options.stopped(reply.message);
  }
}

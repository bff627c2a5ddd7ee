// Measures many faults on many cores: each worker takes the next fault of the list as soon as it has answered. Rows come in any
// order, and are the same whichever worker measures them.
import type { FaultMeasure, LastingFault } from '../analysis/fault-measure.ts';
import type { Design } from '../design/design.ts';
import { type AnalysisPort, newAnalysisWorker } from './analysis-client.ts';
import type { AnalysisReply } from './analysis-protocol.ts';

export interface FaultPoolOptions {
  measured(measure: FaultMeasure): void;
  /** This fault could not be measured; the others go on. */
  failed(fault: LastingFault, message: string): void;
  /** Cores of the machine. */
  readonly cores: number;
  /** Workers of the caller's, for tests; without it real ones are started. */
  readonly newPort?: () => FaultPort;
}

export type FaultPort = AnalysisPort & {
  /** The worker itself could not be started, or has fallen over. */
  onerror: ((event: { readonly message?: string }) => void) | null;
};

/** More than this cost more memory than they save time. */
const MOST_WORKERS = 8;

interface Hand {
  readonly port: FaultPort;
  /** What it measures now, or null when it has nothing to do. */
  fault: LastingFault | null;
  /** The revision whose design it has. */
  revision: number;
}

export class FaultPool {
  private readonly options: FaultPoolOptions;
  private readonly newPort: () => FaultPort;
  private hands: Hand[] = [];
  private waiting: LastingFault[] = [];
  private subject: { readonly design: Design; readonly seed: number } | null = null;
  private revision = 0;

  constructor(options: FaultPoolOptions) {
    this.options = options;
    this.newPort = options.newPort ?? (() => newAnalysisWorker() as FaultPort);
  }

  /** These faults of this design, in this order, in place of all that was asked for before. */
  measure(design: Design, seed: number, faults: readonly LastingFault[]): void {
    this.revision++;
    this.subject = { design, seed };
    this.waiting = [...faults];
    const cores = this.options.cores >= 1 ? this.options.cores : 1;
    const wanted = Math.min(cores, MOST_WORKERS, faults.length);
    while (this.hands.length < wanted) this.start();
    for (const hand of this.hands) if (hand.fault === null) this.feed(hand);
  }

  /** Ends every worker: no more rows come, and nothing goes on. */
  close(): void {
    this.revision++;
    this.waiting = [];
    for (const hand of this.hands) end(hand);
    this.hands = [];
  }

  private start(): void {
    const hand: Hand = { port: this.newPort(), fault: null, revision: -1 };
    hand.port.onmessage = (event) => this.take(hand, event.data);
    hand.port.onerror = (event) => this.lose(hand, event.message ?? 'the worker could not be started');
    this.hands.push(hand);
  }

  private feed(hand: Hand): void {
    hand.fault = this.waiting.shift() ?? null;
    if (hand.fault === null || this.subject === null) return;
    if (hand.revision !== this.revision) hand.port.postMessage({ type: 'subject', ...this.subject });
    hand.revision = this.revision;
    hand.port.postMessage({ type: 'measure', revision: this.revision, fault: hand.fault });
  }

  private take(hand: Hand, reply: AnalysisReply): void {
    const isLate = reply.revision !== this.revision;
    // What it should do next comes first: it need not wait for what the page makes of its answer.
    this.feed(hand);
    if (isLate) return;
    if (reply.type === 'row') this.options.measured(reply.measure);
    else if (reply.type === 'unmeasured') this.options.failed(reply.fault, reply.message);
  }

  /** Its row is said to have failed, and the next one goes to the others. Without any left, no row comes any more. */
  private lose(hand: Hand, message: string): void {
    const { fault, revision } = hand;
    end(hand);
    this.hands = this.hands.filter((one) => one !== hand);
    const lost = fault !== null && revision === this.revision ? [fault] : [];
    const without = this.hands.length === 0 ? this.waiting.splice(0) : [];
    for (const one of [...lost, ...without]) this.options.failed(one, message);
  }
}

function end({ port }: Hand): void {
  port.onmessage = null;
  port.onerror = null;
  port.terminate();
}

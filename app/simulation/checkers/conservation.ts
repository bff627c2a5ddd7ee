// Conservation of requests: each that started ends at most once, none ends that never started, and none is lost.
import type { TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

export class Conservation implements Checker {
  readonly name = 'conservation';
  private readonly waiting = new Set<number>();
  private lastStarted = 0;

  /** Requests that wait for their outcome after the last chunk. */
  get open(): number {
    return this.waiting.size;
  }

  look({ starts, ends }: TraceChunk): string[] {
    const wrong: string[] = [];
    for (const request of starts.request) {
      if (request !== this.lastStarted + 1) wrong.push(`request ${request} started after ${this.lastStarted}`);
      this.lastStarted = request;
      this.waiting.add(request);
    }
    for (const request of ends.request) {
      if (!this.waiting.delete(request)) wrong.push(`request ${request} ended twice, or never started`);
    }
    return wrong;
  }
}

// Causality: nothing arrives before it left, nothing is recorded out of order, no request moves before its click.
import { CHUNK_US, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

export class Causality implements Checker {
  readonly name = 'causality';
  private readonly startedUs = new Map<number, number>();

  look(chunk: TraceChunk): string[] {
    const wrong: string[] = [];
    const fromUs = chunk.index * CHUNK_US;
    const { hops, starts, ends, changes, spans } = chunk;
    for (const [name, times] of [
      ['starts', starts.atUs],
      ['ends', ends.endUs],
      ['changes', changes.atUs],
      ['spans', spans.endUs],
    ] as const) {
      let last = fromUs;
      for (const atUs of times) {
        if (atUs < last || atUs >= fromUs + CHUNK_US) wrong.push(`${name} are out of order at ${atUs} us`);
        last = atUs;
      }
    }
    starts.request.forEach((request, row) => {
      this.startedUs.set(request, starts.atUs[row] as number);
    });
    let lastUs = fromUs;
    hops.departUs.forEach((departUs, row) => {
      const request = hops.request[row] as number;
      if (departUs < lastUs) wrong.push(`hops are out of order at ${departUs} us`);
      lastUs = departUs;
      if ((hops.arriveUs[row] as number) < departUs) wrong.push(`a hop of request ${request} arrives before it leaves`);
      if (request > 0 && departUs < (this.startedUs.get(request) ?? Number.POSITIVE_INFINITY)) {
        wrong.push(`request ${request} moves before its click`);
      }
    });
    spans.endUs.forEach((endUs, row) => {
      if ((spans.arrivedUs[row] as number) > endUs)
        wrong.push(`request ${spans.request[row]} is answered before it arrives`);
    });
    ends.request.forEach((request, row) => {
      if ((ends.startUs[row] as number) > (ends.endUs[row] as number))
        wrong.push(`request ${request} ends before its click`);
    });
    return wrong;
  }
}

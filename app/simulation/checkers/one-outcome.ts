// One outcome for each request, and a full one: when it failed it says why, when it was answered it has no fault and a status,
// and it started when and as what it said.
import { REASONS } from '../message.ts';
import { OUTCOMES } from '../requests.ts';
import type { TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

const NONE = REASONS.indexOf('none');

interface Started {
  readonly atUs: number;
  readonly purpose: number;
}

export class OneOutcome implements Checker {
  readonly name = 'one outcome';
  private readonly started = new Map<number, Started>();

  look({ starts, ends }: TraceChunk): string[] {
    const wrong: string[] = [];
    starts.request.forEach((request, row) => {
      this.started.set(request, { atUs: starts.atUs[row] as number, purpose: starts.purpose[row] as number });
    });
    ends.request.forEach((request, row) => {
      const say = (text: string) => wrong.push(`request ${request} ${text}`);
      const started = this.started.get(request);
      this.started.delete(request);
      if (started === undefined) say('has an outcome without having started');
      else if (started.atUs !== ends.startUs[row])
        say(`started at ${started.atUs} us, and says ${ends.startUs[row]} us`);
      else if (started.purpose !== ends.purpose[row]) say('has changed its purpose');
      const outcome = OUTCOMES[ends.outcome[row] as number];
      const reason = ends.reason[row] as number;
      const retries = ends.retries[row] as number;
      if (outcome === undefined || REASONS[reason] === undefined) say('has an outcome or a reason that there is not');
      if (outcome === 'failed' && reason === NONE) say('has failed and does not say why');
      if (outcome !== 'failed' && reason !== NONE) say(`is answered and blames ${REASONS[reason]}`);
      if (outcome !== 'failed' && (ends.status[row] as number) <= 0) say('is answered without a status');
      if (outcome === 'answered' && retries > 0) say('was tried again and does not say so');
      if (outcome === 'answered-after-retry' && retries === 0) say('says that it was tried again, and was not');
    });
    return wrong;
  }
}

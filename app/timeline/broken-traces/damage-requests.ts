// Damage to what a trace says of requests, their order and their waiting.
import { FIELDS, Field, type TraceChunk } from '../../simulation/trace.ts';
import { insertChange, rewriteField, without } from './broken-trace.ts';
import { type Damage, endOf, firstRow, isFailed, isGood } from './damage.ts';
import { at, plain } from './damage-runs.ts';

export const OF_REQUESTS: readonly Damage[] = [
  {
    checker: 'conservation',
    what: 'an outcome is lost and another one comes twice',
    run: plain,
    says: /ended twice, or never started/,
    damage: (chunks) => {
      const { ends } = chunks[2] as TraceChunk;
      ends.request[1] = ends.request[0] as number;
    },
  },
  {
    checker: 'conservation',
    what: 'a request is left out of those that start',
    run: plain,
    says: /started after/,
    damage: (chunks) => {
      const chunk = chunks[2] as TraceChunk;
      chunks[2] = { ...chunk, starts: without(chunk.starts, (row) => row === 0) };
    },
  },
  {
    checker: 'causality',
    what: 'a message arrives before it leaves',
    run: plain,
    says: /arrives before it leaves/,
    damage: (chunks) => {
      const { hops } = chunks[2] as TraceChunk;
      hops.arriveUs[3] = (hops.departUs[3] as number) - 1;
    },
  },
  {
    checker: 'causality',
    what: 'messages are out of order',
    run: plain,
    says: /hops are out of order/,
    damage: (chunks) => (chunks[2] as TraceChunk).hops.departUs.reverse(),
  },
  {
    checker: 'causality',
    what: 'outcomes are out of order',
    run: plain,
    says: /ends are out of order/,
    damage: (chunks) => (chunks[2] as TraceChunk).ends.endUs.reverse(),
  },
  {
    checker: 'causality',
    what: 'a request moves before its click',
    run: plain,
    says: /moves before its click/,
    damage: (chunks) => {
      const { row, chunk } = firstRow(chunks, 2, ({ hops }, at) => (hops.request[at] as number) > 0, 'hops');
      chunk.hops.request[row] = 1_000_000;
    },
  },
  {
    checker: 'worker slots',
    what: 'more workers are busy than there are',
    run: plain,
    says: /workers busy/,
    damage: (chunks, { element }) => {
      const app = element('app2');
      const capacity = (chunks[0] as TraceChunk).base[app * FIELDS + Field.Capacity] as number;
      rewriteField(chunks, app, Field.Busy, (busyNow) => (busyNow > 0 ? capacity + 1 : 0));
    },
  },
  {
    checker: 'worker slots',
    what: 'a request waits beside a free worker',
    run: plain,
    says: /wait beside/,
    damage: (chunks, { element }) => insertChange(chunks, at(2.5), element('app2'), Field.Queue, 5),
  },
  {
    checker: 'queue order',
    what: 'who came later is begun first',
    run: plain,
    says: /before what came at/,
    damage: (chunks, { element }) => {
      const link = element('nginx2-app2');
      const mine: number[] = [];
      const { spans } = chunks[2] as TraceChunk;
      spans.link.forEach((one, row) => {
        if (one === link && (spans.beganUs[row] as number) > 0) mine.push(row);
      });
      const rows = mine.sort((a, b) => (spans.beganUs[a] as number) - (spans.beganUs[b] as number));
      const [first, last] = [rows[0] as number, rows.at(-1) as number];
      const beganUs = spans.beganUs[first] as number;
      spans.beganUs[first] = spans.beganUs[last] as number;
      spans.beganUs[last] = beganUs;
      spans.arrivedUs[last] = Math.min(spans.arrivedUs[last] as number, beganUs);
      spans.arrivedUs[first] = (spans.arrivedUs[last] as number) - 1;
    },
  },
  {
    checker: 'one outcome',
    what: 'a failure says no reason',
    run: plain,
    says: /does not say why/,
    damage: (chunks) => {
      const { ends, row } = endOf(chunks, isFailed);
      ends.reason[row] = 0;
    },
  },
  {
    checker: 'one outcome',
    what: 'a good answer has no status',
    run: plain,
    says: /answered without a status/,
    damage: (chunks) => {
      const { ends, row } = endOf(chunks, isGood);
      ends.status[row] = 0;
    },
  },
  {
    checker: 'one outcome',
    what: 'another try is not told',
    run: plain,
    says: /was tried again and does not say so/,
    damage: (chunks) => {
      const { ends, row } = endOf(chunks, isGood);
      ends.retries[row] = 1;
    },
  },
  {
    checker: "Little's law",
    what: 'a user is said to have waited less',
    run: plain,
    says: /the users have waited/,
    damage: (chunks) => {
      const { ends } = chunks[2] as TraceChunk;
      ends.startUs[0] = (ends.startUs[0] as number) + 1_000;
    },
  },
  {
    checker: "Little's law",
    what: 'an application server is busy with nothing',
    run: plain,
    says: /area of element/,
    damage: (chunks, { element }) => {
      const link = element('nginx2-app2');
      for (const index of [1, 2, 3]) {
        const chunk = chunks[index] as TraceChunk;
        chunks[index] = { ...chunk, spans: without(chunk.spans, (row) => chunk.spans.link[row] === link) };
      }
      rewriteField(chunks, element('app2'), Field.Busy, (value, atUs) => (atUs < at(4) ? value : 0));
    },
  },
];

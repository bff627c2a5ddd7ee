// The order of events is a law: time, then class, then sequence, whichever way an event came in.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallTable } from './calls.ts';
import { EventKind, EventQueue } from './event-queue.ts';

const kinds = [EventKind.Message, EventKind.Timer, EventKind.Arrival];

test('events leave in order of time, class and sequence, from heap and rings alike, also through a copy', () => {
  const push = fc.record({
    delay: fc.integer({ min: 0, max: 20 }),
    kind: fc.integer({ min: 0, max: 2 }),
    ring: fc.boolean(),
    popFirst: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(push, { maxLength: 400 }), fc.integer({ min: 0, max: 399 }), (pushes, copyAt) => {
      const calls = new CallTable();
      let queue = new EventQueue(calls);
      let nowUs = 0;
      const waiting: { atUs: number; kind: number; sequence: number }[] = [];
      const popOne = () => {
        if (waiting.length === 0) return;
        waiting.sort((a, b) => a.atUs - b.atUs || a.kind - b.kind || a.sequence - b.sequence);
        const expected = waiting.shift();
        expect(queue.take(expected?.atUs as number)).toBe(false);
        expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
        nowUs = queue.timeUs[0] as number;
        expect([nowUs, queue.kind, queue.data]).toEqual([expected?.atUs, expected?.kind, expected?.sequence]);
      };
      pushes.forEach(({ delay, kind, ring, popFirst }, sequence) => {
        if (sequence === copyAt) queue = queue.copy(calls);
        if (popFirst) popOne();
        const eventKind = ring ? EventKind.Timer : (kinds[kind] as number);
        if (ring) queue.pushTimer(nowUs, delay, 1, 0, -1, 0, sequence);
        else queue.push(nowUs + delay, eventKind, 1, 0, -1, 0, sequence);
        waiting.push({ atUs: nowUs + delay, kind: eventKind, sequence });
      });
      while (waiting.length > 0) popOne();
      expect(queue.take(Number.POSITIVE_INFINITY)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('a timer whose call has ended is void', () => {
  const calls = new CallTable();
  const queue = new EventQueue(calls);
  const call = calls.take();
  queue.pushTimer(0, 100, 1, 0, call, calls.generation[call] as number, 0);
  queue.push(100, EventKind.Timer, 2, 0, call, calls.generation[call] as number, 0);
  calls.finish(call, 1);
  calls.finish(call, 2);
  expect(queue.take(Number.POSITIVE_INFINITY)).toBe(false);
});

test('timers of calls that go on come in order, however many of those between them are void', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 300, maxLength: 2_000 }),
      fc.integer({ min: 0, max: 299 }),
      (ends, copyAt) => {
        const calls = new CallTable();
        let queue = new EventQueue(calls);
        const alive: number[] = [];
        ends.forEach((isOver, number) => {
          if (number === copyAt) queue = queue.copy(calls);
          const call = calls.take();
          queue.pushTimer(number, 5_000, 1, 0, call, calls.generation[call] as number, number);
          if (!isOver) alive.push(number);
          else {
            calls.finish(call, 1);
            calls.finish(call, 2);
          }
        });
        for (const number of alive) {
          expect(queue.take(number + 5_000)).toBe(false);
          expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
          expect([queue.timeUs[0], queue.data]).toEqual([number + 5_000, number]);
        }
        expect(queue.take(Number.POSITIVE_INFINITY)).toBe(false);
      },
    ),
    { numRuns: 100 },
  );
});

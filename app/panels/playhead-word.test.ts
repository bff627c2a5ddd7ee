import { expect, test } from 'vitest';
import type { RowReading } from '../drawing/figure.ts';
import { checksWord } from './playhead-word.tsx';

const row = (word: string, bars: number, barsOf = 3): RowReading => ({
  name: 'Server 1',
  turn: false,
  word,
  bars,
  barsOf,
  tone: 'plain',
});

test('while all is well the playhead says nothing more', () => {
  expect(checksWord([])).toBe('');
  expect(checksWord([row('UP', 3), row('no check', 0, 0), row('UP backup', 3)])).toBe('');
});

test('on the way down it counts what is missed, on the way up what is passed', () => {
  expect(checksWord([row('UP', 3), row('UP 1/3', 1)])).toBe('2 of 3 checks missed');
  expect(checksWord([row('DOWN', 0, 2), row('UP', 3)])).toBe('');
  expect(checksWord([row('DOWN 1/2', 1, 2), row('UP', 3)])).toBe('1 of 2 checks passed');
});

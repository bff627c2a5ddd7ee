// Values with units, as they are shown and as people type them.
import { expect, test } from 'vitest';
import { quantityOf, quantityText } from './quantity.ts';

test.each([
  [2_000, 'duration', '2 s'],
  [250, 'duration', '250 ms'],
  [0.25, 'duration', '0.25 ms'],
  [60_000, 'duration', '1 min'],
  [0.25, 'percent', '25 %'],
  [4, 'rate', '4 /s'],
  [3, 'count', '3'],
] as const)('%s as %s is %s and reads back', (value, unit, text) => {
  expect(quantityText(value, unit)).toBe(text);
  expect(quantityOf(text, unit, value)).toBe(value);
});

test('a bare number takes the unit that stood there; nonsense is none', () => {
  expect(quantityOf('3', 'duration', 2_000)).toBe(3_000);
  expect(quantityOf('3', 'duration', 250)).toBe(3);
  expect(quantityOf('1,5 s', 'duration', 250)).toBe(1_500);
  expect(quantityOf('soon', 'duration', 250)).toBeNull();
  expect(quantityOf('5 s', 'count', 1)).toBeNull();
  expect(quantityOf('', 'rate', 1)).toBeNull();
});

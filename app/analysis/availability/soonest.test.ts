import { expect, test } from 'vitest';
import { Dice } from '../../foundation/dice.ts';
import { Soonest } from './soonest.ts';

test('the earliest of many, and of equal ones the first, whatever changes', () => {
  const dice = new Dice(3, 'soonest');
  for (const count of [1, 2, 3, 7, 40]) {
    const soonest = new Soonest(count);
    const atH = Array<number>(count).fill(Number.POSITIVE_INFINITY);
    expect(soonest.firstH).toBe(Number.POSITIVE_INFINITY);
    for (let change = 0; change < 400; change++) {
      const index = dice.whole(0, count - 1);
      atH[index] = dice.chance(0.1) ? Number.POSITIVE_INFINITY : dice.whole(0, 20);
      soonest.set(index, atH[index]);
      const earliest = Math.min(...atH);
      expect(soonest.firstH).toBe(earliest);
      if (earliest < Number.POSITIVE_INFINITY) expect(soonest.first).toBe(atH.indexOf(earliest));
    }
  }
});

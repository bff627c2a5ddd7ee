import { expect, test } from 'vitest';
import { nearest, type Place } from './focus-moves.ts';

const place = (id: string, x: number, y: number): Place => ({
  id,
  box: { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 },
});
const users = place('users', 0, 0);
const balancer = place('lb', 100, 4);
const upper = place('nginx1', 220, -80);
const lower = place('nginx2', 220, 120);
const all = [users, balancer, upper, lower];

test('the nearest that lies that way', () => {
  expect(nearest(users, all, 'right')).toBe('lb');
  expect(nearest(balancer, all, 'left')).toBe('users');
  expect(nearest(balancer, all, 'right')).toBe('nginx1');
  expect(nearest(upper, all, 'down')).toBe('nginx2');
});

test('nothing lies beyond the edge', () => {
  expect(nearest(users, all, 'left')).toBeNull();
  expect(nearest(upper, all, 'up')).toBeNull();
});

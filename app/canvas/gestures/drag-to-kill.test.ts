import { expect, test } from 'vitest';
import { type HostDrag, type HostDragEvent, IDLE, nextHostDrag } from './drag-to-kill.ts';

const ZONE = { left: 0, top: 400, right: 90, bottom: 600 };
const start: HostDragEvent = { type: 'start', hostId: 'server1', at: { x: 700, y: 100 } };
const move = (x: number, y: number): HostDragEvent => ({ type: 'move', at: { x, y }, zone: ZONE });
const after = (...events: readonly HostDragEvent[]): HostDrag => events.reduce(nextHostDrag, IDLE);

test('dropped in the kill zone, the host is killed', () => {
  expect(after(start, move(300, 300)).state).toBe('dragging');
  expect(after(start, move(40, 500)).state).toBe('armed');
  expect(after(start, move(40, 500), { type: 'end' })).toEqual({ state: 'released', hostId: 'server1', kills: true });
});

test('dropped anywhere else, nothing happens', () => {
  expect(after(start, move(40, 500), move(300, 300), { type: 'end' })).toMatchObject({
    state: 'released',
    kills: false,
  });
});

test('the zone catches what comes within 8 px', () => {
  expect(after(start, move(98, 500)).state).toBe('armed');
  expect(after(start, move(99, 500)).state).toBe('dragging');
});

test('a drag that was put back, or never began, ends in nothing', () => {
  expect(after(start, move(40, 500), { type: 'cancel' }, { type: 'end' })).toEqual(IDLE);
  expect(after(move(40, 500), { type: 'end' })).toEqual(IDLE);
});

test('without a kill zone on the page nothing is armed', () => {
  expect(after(start, { type: 'move', at: { x: 40, y: 500 }, zone: null }).state).toBe('dragging');
});

// The staircase: each design adds to the one before what the textbook says that it adds.
import { expect, test } from 'vitest';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { additionsOf } from './additions.ts';

const steps = BUILT_IN_IDS.slice(1).map((id, index) => {
  const before = BUILT_IN_IDS[index] ?? 'simple';
  return additionsOf(builtInDesign(before, 'classroom'), builtInDesign(id, 'classroom'), index + 1);
});

test('every design adds something', () => {
  expect(steps).toHaveLength(4);
  for (const { adds } of steps) expect(adds.length).toBeGreaterThan(0);
});

test.each([
  [0, ['2 servers', '1 load balancer', '1 web server', '1 app server', '1 replica']],
  [1, ['3 firewalls', '1 certificate', '3 collectors', '4 alert rules', '1 encrypted line']],
  [2, ['5 servers', '1 load balancer', '2 keepalived for one virtual IP']],
  [3, ['1 monitor that promotes', '4 health checks that need the application']],
])('step %i', (step, expected) => {
  expect(steps[step]?.adds).toEqual(expect.arrayContaining(expected));
});

test('it says what the servers cost', () => {
  expect(steps.map(({ serversBefore, servers }) => [serversBefore, servers])).toEqual([
    [1, 3],
    [3, 3],
    [3, 8],
    [8, 8],
  ]);
});

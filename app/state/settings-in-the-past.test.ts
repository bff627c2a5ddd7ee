// Settings that were changed in any order and at any moment keep each other: a change names only what it changes.
import { expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import type { Command } from '../simulation/command.ts';
import { modeCommands } from './actions/set-mode.ts';
import { designAfter, modeOf } from './design-at.ts';

const design = distributedDesign('classroom');
const balancerOf = (commands: readonly Command[]) =>
  designAfter(design, commands).components.find((component) => component.id === 'haproxy')?.config;

test('a switch to active-passive before a change of the checks outlives it', () => {
  const slower: Command = {
    type: 'reconfigure',
    atUs: 20,
    target: 'haproxy',
    patch: { servers: { 0: { check: { interMs: 3_000 } }, 1: { check: { interMs: 3_000 } } } },
  };
  const mode = modeCommands(design, design, 'active-passive', 10);
  expect(modeOf(designAfter(design, [...mode, slower]))).toBe('active-passive');
  expect(balancerOf([...mode, slower])).toEqual(balancerOf([slower, ...mode]));
});

test('a weight set before the switch outlives the switch', () => {
  const weight: Command = { type: 'reconfigure', atUs: 1, target: 'haproxy', patch: { servers: { 1: { weight: 5 } } } };
  expect(balancerOf([weight, ...modeCommands(design, design, 'active-passive', 2)])).toMatchObject({
    servers: [{ backup: false }, { backup: true, weight: 5 }],
  });
});

// After a jump far ahead the page says how far the run has come, shows nothing older meanwhile, and speaks no longer than needed.
import { expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import type { View } from './app.ts';
import { ComputingTeller, computingTag, computingWords } from './computing.ts';
import { createStores } from './stores.ts';

const viewAt = (us: number): View => ({ nowUs: us }) as View;

function page() {
  const stores = createStores(4, null);
  const reach = { doneUs: 20 * SECOND, nowUs: 10 * SECOND };
  const teller = new ComputingTeller(stores, () => reach);
  stores.playback.setState({ view: viewAt(10 * SECOND) });
  let nowMs = 0;
  const after = (ms: number) => {
    nowMs += ms;
    teller.tick(nowMs);
    return stores.playback.getState();
  };
  after(16);
  return { stores, reach, after };
}

test('a jump that is shown soon needs no words, one that is not says how far the run is', () => {
  const { reach, after } = page();
  reach.nowUs = 600 * SECOND;
  expect(after(16)).toMatchObject({ computing: null, view: viewAt(10 * SECOND) });
  expect(after(100).computing).toBeNull();
  const told = after(100);
  expect(told.computing).toEqual({ doneUs: 20 * SECOND, ofUs: 600 * SECOND });
  expect(told.view).toBeNull();
  reach.doneUs = 200 * SECOND;
  const { computing } = after(16);
  expect(computing === null ? '' : computingWords(computing)).toBe(
    'This moment is still being computed: 03:20 of 10:00.',
  );
  expect(computing === null ? '' : computingTag(computing)).toBe('Computed to 03:20 of 10:00');
});

test('it is over when the moment is shown, not when it is merely computed', () => {
  const { stores, reach, after } = page();
  reach.nowUs = 600 * SECOND;
  after(16);
  after(200);
  reach.doneUs = 601 * SECOND;
  expect(after(16).computing).not.toBeNull();
  stores.playback.setState({ view: viewAt(600 * SECOND) });
  expect(after(16).computing).toBeNull();
});

test('what was done by that moment is known before it is computed', () => {
  const { stores, reach, after } = page();
  const kill = { type: 'kill', atUs: 30 * SECOND, target: 'server1' } as const;
  stores.playback.setState({ commands: [kill] });
  reach.nowUs = 600 * SECOND;
  after(16);
  expect(after(200).faults.map(({ kind, target }) => `${kind} ${target}`)).toEqual(['kill server1']);
});

test('says nothing at the start, at the edge of what is computed, where it is only fetched again, or when the run stopped', () => {
  const { stores, reach, after } = page();
  for (const [doneS, nowS] of [
    [0, 0],
    [20, 20],
    [20, 20.9],
    [600, 300],
  ] as const) {
    Object.assign(reach, { doneUs: doneS * SECOND, nowUs: nowS * SECOND });
    stores.playback.setState({ view: null });
    after(16);
    expect(after(500).computing).toBeNull();
  }
  Object.assign(reach, { doneUs: 0, nowUs: 300 * SECOND });
  stores.playback.setState({ stopped: 'The simulation stopped.' });
  after(16);
  expect(after(500).computing).toBeNull();
});

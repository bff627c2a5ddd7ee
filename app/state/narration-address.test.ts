// The sentences about an address that two balancers share, from the running design 4; and its pictures and facts beside them.
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { elementsOf } from '../design/elements.ts';
import { scaledUpDesign } from '../designs/scaled-up.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { summariserOf } from '../timeline/summarise.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import type { View } from './app.ts';
import { Projection } from './projection.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

const DESIGN = scaledUpDesign('classroom');
const at = (seconds: number, command: object) => ({ atUs: seconds * SECOND, ...command }) as unknown as Command;

/** Views of a run, by second. */
function viewer(commands: readonly Command[], seconds: number, seed = 7): (at: number) => View {
  const window = new TraceWindow(elementsOf(DESIGN));
  const timeline = new Timeline({ design: DESIGN, seed, commands }, behaviours, structuredClone);
  const summariser = summariserOf(DESIGN);
  for (let index = 0; index <= seconds; index++) {
    const chunk = timeline.chunk(index);
    window.receive(chunk);
    window.learn([summariser.summarise(chunk, window.second(index - 1) ?? null)]);
  }
  const projection = new Projection();
  return (second) => {
    const found = projection.at({ base: DESIGN, commands, nowUs: second * SECOND, window, lesson: null });
    if (found === null) throw new Error(`nothing is known of second ${second}`);
    return found.view;
  };
}

const fact = (view: View, name: string) => view.address?.find(([one]) => one === name)?.[1];

describe('while all is well', () => {
  const view = viewer([], 13);

  test('the holder and its advertisements are told, in turn with the balancer', () => {
    expect(view(13).narration).toBe(
      'Balancer 1 holds the shared IP. Its advertisement tells Balancer 2 so, once a second.',
    );
    expect(view(11).narration).toContain('HAProxy takes turns');
  });

  test('one wears the plate, the other stands by with an empty dock', () => {
    const { readings, hosts, links } = view(13);
    expect(readings['keepalived1']?.vrrp).toMatchObject({ state: 'MASTER', priority: 103, plate: { holds: true } });
    expect(readings['keepalived2']?.vrrp).toMatchObject({ state: 'BACKUP', priority: 102, plate: { holds: false } });
    expect(readings['keepalived2']?.vrrp?.plate?.note[0]).toBe('takes it 3.6 s after');
    expect(hosts['balancer2']?.state).toBe('standby');
    expect(links['users-haproxy2']?.ready).toBe(true);
    expect(links['users-haproxy1']?.ready).toBe(false);
  });

  test('the facts say who holds it and who answers', () => {
    expect(fact(view(13), 'Held by')).toBe('Balancer 1, keepalived MASTER');
    expect(fact(view(13), 'Answers for it')).toBe('Balancer 1');
    expect(fact(view(13), 'Last advertisement')).toMatch(/^[01]\.\d s ago$/);
    expect(fact(view(13), 'Check of HAProxy')).toBe('every 2.0 s, weight 2');
  });
});

describe('when the first balancer loses its power', () => {
  const view = viewer(
    [at(20, { type: 'kill', target: 'balancer1' }), at(40, { type: 'repair', target: 'balancer1' })],
    50,
  );

  test('nobody answers, and the other one counts', () => {
    expect(view(21.5).narration).toMatch(
      /^Nobody has answered for the shared IP for 1\.5 s\. Balancer 2 takes it in [\d.]+ s/,
    );
    expect(fact(view(21.5), 'Held by')).toBe('nobody');
  });

  test('the other one takes it, and the gap is what users noticed', () => {
    const [, gapS = ''] =
      /^Balancer 2 took the shared IP; users noticed a ([\d.]+) s gap\.$/.exec(view(25).narration) ?? [];
    expect(Number(gapS)).toBeGreaterThan(2.6);
    expect(Number(gapS)).toBeLessThan(3.9);
    expect(view(25).readings['keepalived2']?.vrrp?.plate?.holds).toBe(true);
  });

  test('then nobody is left to take it', () => {
    expect(view(35).narration).toBe('Balancer 1 is dead: nobody takes the shared IP when Balancer 2 dies.');
  });

  test('it comes back, and nobody notices', () => {
    expect(view(45).narration).toBe('Balancer 1 took the shared IP; users noticed no gap.');
  });
});

test('when only HAProxy dies, its host refuses until keepalived has noticed', () => {
  const view = viewer([at(20, { type: 'kill', target: 'haproxy1' })], 27);
  expect(view(21).narration).toContain('HAProxy on Balancer 1 is dead: every request is refused');
  expect(view(26).narration).toMatch(/^Balancer 2 took the shared IP; users noticed no gap\.$/);
});

test('a dead keepalived leaves the address to the kernel', () => {
  const view = viewer([at(20, { type: 'kill', target: 'keepalived1' })], 22);
  expect(view(21.5).narration).toBe(
    'keepalived on Balancer 1 is silent, yet Balancer 1 still answers for the shared IP.',
  );
});

describe('a split between the balancers', () => {
  const commands = [
    at(20, { type: 'cut', target: 'balancer1', other: 'balancer2' }),
    at(30.3, { type: 'repair', target: 'balancer1', fault: 'cut' }),
  ];
  const runs = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => viewer(commands, 34, seed));

  test('lets both hold the address', () => {
    for (const view of runs) {
      expect(view(28).narration).toBe(
        'Balancer 1 and Balancer 2 both hold the shared IP: they do not hear each other. Users reach Balancer 2.',
      );
      expect(view(28).readings['keepalived1']?.vrrp?.plate).toMatchObject({ holds: true, isDisputed: true });
    }
  });

  test('ends well, or in a black hole that is told', () => {
    const told = runs.map((view) => view(33).narration);
    const isHole = (one: string) =>
      /^Balancer 1 holds the shared IP, but users still send to Balancer 2, which drops it/.test(one);
    expect(told.some(isHole)).toBe(true);
    for (const one of told.filter((sentence) => !isHole(sentence)))
      expect(one).toContain('Balancer 1 took the shared IP');
  });
});

test('what happened names who took the address', () => {
  const view = viewer([at(20, { type: 'kill', target: 'balancer1' })], 26);
  expect(view(26).since?.log.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['You powered off Balancer 1', 'Balancer 2 took the shared IP']),
  );
});

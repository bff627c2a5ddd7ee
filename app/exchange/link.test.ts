// A run goes into a link and comes out the same; what is broken is refused with a sentence, whatever it is.
import { describe, expect, test } from 'vitest';
import { kindSchemas } from '../catalogue/schemas.ts';
import { builtInDesign, isBuiltIn } from '../designs/built-in.ts';
import { Dice } from '../foundation/dice.ts';
import type { Command } from '../simulation/command.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { type BuiltIns, MOST_BYTES, readRun, type SharedRun, writeRun } from './link.ts';
import type { SharedBeside } from './link-beside.ts';

const builtIns: BuiltIns = (id, timings) =>
  isBuiltIn(id) && (timings === 'classroom' || timings === 'realistic') ? builtInDesign(id, timings) : null;

const run = (over: Partial<SharedRun> = {}): SharedRun => ({
  design: builtInDesign('distributed', 'classroom'),
  seed: 4,
  acts: [
    { label: 'power off Server 1', commands: [{ type: 'kill', atUs: 12_345_678, target: 'server1' }] },
    {
      label: 'change HAProxy',
      commands: [
        { type: 'reconfigure', atUs: 20_000_000, target: 'haproxy', patch: { servers: { 0: { weight: 3 } } } },
      ],
    },
  ],
  atUs: 31_400_000,
  engine: 'abc',
  ...over,
});

const read = (text: string) => readRun(text, kindSchemas, builtIns);
const wrongs = (text: string): string => {
  const result = read(text);
  return result.ok ? '' : result.problems.map(({ path, reason, repair }) => `${path}: ${reason} ${repair}`).join('\n');
};

describe('a run', () => {
  test('comes back as it went, with the name of its design in place of the design', () => {
    const text = writeRun(run(), builtIns);
    expect(text.length).toBeLessThan(500);
    expect(read(text)).toEqual({ ok: true, value: { ...run(), builtIn: 'distributed' } });
  });

  test('of a design that was changed carries only the change', () => {
    const design = { ...builtInDesign('distributed', 'classroom'), name: 'Mine' };
    const text = writeRun(run({ design }), builtIns);
    expect(text.length).toBeLessThan(600);
    expect(read(text)).toEqual({ ok: true, value: { ...run({ design }), builtIn: null } });
  });

  test('of any other design carries all of it', () => {
    const design = { ...builtInDesign('simple', 'realistic'), id: 'drawn' };
    expect(read(writeRun(run({ design, acts: [] }), builtIns))).toEqual({
      ok: true,
      value: { ...run({ design, acts: [] }), builtIn: null },
    });
  });

  test('keeps what a change of settings takes away', () => {
    const cookie = (value: unknown) =>
      ({ type: 'reconfigure', atUs: 1, target: 'haproxy', patch: { servers: { 0: { cookie: value } } } }) as const;
    const acts = [{ label: 'cookies', commands: [cookie('s1'), cookie(undefined)] }];
    const back = read(writeRun(run({ acts }), builtIns));
    const patch = back.ok ? back.value.acts[0]?.commands[1] : null;
    expect(patch).toStrictEqual(cookie(undefined));
  });
});

test('an act that moved or deleted a fault comes back with what it took out', () => {
  const [first, second] = run().acts;
  const at = { type: 'kill', atUs: 15_000_000, target: 'server1' } as const;
  const moved = { label: 'move the kill', commands: [at], without: first?.commands ?? [] };
  const acts = [...(first === undefined || second === undefined ? [] : [first, second]), moved];
  const back = read(writeRun(run({ acts }), builtIns));
  expect(back).toMatchObject({ ok: true, value: { acts } });
  if (back.ok) expect(back.value.acts[2]?.without?.[0]).toBe(back.value.acts[0]?.commands[0]);
  const late = writeRun(run({ acts }), builtIns).replace(/,\[0\]\]\]/, ',[7]]]');
  expect(wrongs(late)).toMatch(/acts\[2\]: It takes out command 7, and there are 2 before it/);
});

describe('a comparison', () => {
  const done = { label: 'power off Balancer 1', commands: [] as Command[] };
  const there: Command = { type: 'kill', atUs: 9_000_000, target: 'balancer1' };
  const others: readonly SharedBeside[] = [
    { type: 'design', id: 'scaled-up' },
    { type: 'as-opened' },
    { type: 'changed', changes: [{ target: 'haproxy', patch: { retries: 2 } }], words: 'retries 2 in place of 3' },
    { type: 'changed', changes: [{ target: 'haproxy', patch: { cookie: undefined } }], words: 'no cookie' },
  ];

  test.each(others)('comes back as it went: $type', (beside) => {
    const text = writeRun(run({ beside }), builtIns);
    expect(text.length).toBeLessThan(600);
    expect(read(text)).toStrictEqual({ ok: true, value: { ...run({ beside }), builtIn: 'distributed' } });
  });

  test('with what was done on the other side; without a comparison that stays behind', () => {
    const acts = [...run().acts, { ...done, beside: [there] }];
    const beside: SharedBeside = { type: 'design', id: 'scaled-up' };
    const compared = run({ acts, beside });
    expect(read(writeRun(compared, builtIns))).toEqual({ ok: true, value: { ...compared, builtIn: 'distributed' } });
    expect(read(writeRun(run({ acts }), builtIns))).toMatchObject({ ok: true, value: { acts: [...run().acts, done] } });
  });

  test.each([
    ['a design that is not there', { beside: ['design', 'nine'] }, /beside: There is no built-in design "nine"/],
    ['the same design', { beside: ['design', 'distributed'] }, /beside: It compares the design with itself/],
    ['no other side', { beside: 'none' }, /beside: Found "none"/],
    ['no change', { beside: ['changed', [], 'nothing'] }, /beside.*at least one change/],
    ['a part that is not there', { beside: ['changed', [['lb9', {}]], 'x'] }, /beside, commands\[0\]: .* no "lb9"/],
    [
      'a setting that the part does not take',
      { beside: ['changed', [['haproxy', { retries: -1 }]], 'x'] },
      /beside, commands\[0\]: "haproxy" does not take/,
    ],
    [
      'a fault on the other side that it cannot have',
      { beside: ['design', 'simple'], acts: [['x', [], [], [there]]] },
      /beside, commands\[0\]: The design has no "balancer1"/,
    ],
    ['words without end', { beside: ['changed', [['haproxy', {}]], 'x'.repeat(121)] }, /beside.*at most 120/],
  ])('refuses %s', (_, changed, words) => {
    const form: object = JSON.parse(writeRun(run(), builtIns));
    expect(wrongs(JSON.stringify({ ...form, ...changed }))).toMatch(words);
  });
});

describe('what cannot be read is said', () => {
  const changed = (change: (form: Record<string, unknown>) => void): string => {
    const form = JSON.parse(writeRun(run(), builtIns));
    change(form);
    return wrongs(JSON.stringify(form));
  };

  test.each([
    ['no text of a run', 'hello', /no text of a run/],
    ['another form', '{"form":2}', /form: Found 2/],
    ['nothing', '', /no text of a run/],
    ['too deep', '['.repeat(100_000), /nested more than 40 levels/],
    ['too long', ' '.repeat(MOST_BYTES + 1), /characters/],
  ])('%s', (_, text, words) => expect(wrongs(text)).toMatch(words));

  test('a design that is not there', () => {
    expect(changed((form) => (form['design'] = ['nine', 'classroom']))).toMatch(/no built-in design "nine"/);
  });

  test('a target that the design does not have, or of the wrong sort', () => {
    const acts = (command: object) => changed((form) => (form['acts'] = [['x', [{ atUs: 1, ...command }]]]));
    expect(acts({ type: 'kill', target: 'server9' })).toMatch(/commands\[0\]: The design has no "server9"/);
    expect(acts({ type: 'kill', target: 'users' })).toMatch(/"kill" does not act on a users/);
    expect(acts({ type: 'cut', target: 'server1' })).toMatch(/Two servers are parted/);
    expect(acts({ type: 'slow', target: 'server1', factor: 0 })).toMatch(/from 1 to/);
  });

  test('a setting that the part does not take or does not have', () => {
    const patch = (target: string, given: object) =>
      changed((form) => (form['acts'] = [['x', [{ atUs: 1, type: 'reconfigure', target, patch: given }]]]));
    expect(patch('haproxy', { servers: { 0: { check: { fall: -1 } } } })).toMatch(/"haproxy" does not take/);
    expect(patch('haproxy', { speed: 9 })).toMatch(/has no setting "speed"/);
    expect(patch('haproxy', { servers: { 0: { link: 'nowhere' } } })).toMatch(/"haproxy" does not take/);
    expect(patch('users', { writeShare: 1, staticShare: 1 })).toMatch(/more than 1 together/);
    expect(patch('haproxy-nginx1', { latencyMs: -5 })).toMatch(/does not take/);
  });

  test('names of the machinery are only names', () => {
    const polluted = '{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}}}';
    const text = writeRun(run(), builtIns).replace('{"servers":{"0":{"weight":3}}}', polluted);
    expect(wrongs(text)).toMatch(/has no setting/);
    expect(({} as Record<string, unknown>)['bad']).toBe(undefined);
  });
});

test('ten thousand mutated texts: each is read, or refused with a sentence', () => {
  const dice = new Dice(7, 'mutated texts');
  const beside: SharedBeside = {
    type: 'changed',
    changes: [{ target: 'haproxy', patch: { retries: 2 } }],
    words: 'retries 2 in place of 3',
  };
  const acts = [...run().acts, { label: 'there', commands: [], beside: [...(run().acts[0]?.commands ?? [])] }];
  const texts = [writeRun(run(), builtIns), writeRun(run({ beside, acts }), builtIns)];
  const letters = ['"', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '\\', 'null', 'x', ' ', '1e999', '"$gone":true'];
  let refused = 0;
  for (let round = 0; round < 10_000; round++) {
    let mutated = texts[round % texts.length] ?? '';
    for (let edits = dice.whole(1, 3); edits > 0; edits--) {
      const at = dice.whole(0, mutated.length - 1);
      mutated =
        mutated.slice(0, at) + (dice.chance(0.3) ? '' : dice.one(letters)) + mutated.slice(at + dice.whole(0, 3));
    }
    const result = read(mutated);
    if (result.ok) continue;
    refused++;
    const first = result.problems[0];
    expect(first?.reason, mutated).toMatch(/\S.*\.$/);
    expect(first?.repair, mutated).toMatch(/\S.*\.$/);
  }
  expect(refused).toBeGreaterThan(8_000);
});

describe('bytes as text for an address', () => {
  test('every length comes back', () => {
    const dice = new Dice(3, 'bytes');
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, () => dice.whole(0, 255));
      const text = toBase64Url(bytes);
      expect(text).toMatch(/^[\w-]*$/);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(text)).toEqual({ bytes, wrongAt: -1 });
    }
  });

  test('a letter that is none is found', () => {
    expect(fromBase64Url('AB+D')).toEqual({ bytes: null, wrongAt: 2 });
    expect(fromBase64Url('ABCDE')).toEqual({ bytes: null, wrongAt: 4 });
  });
});

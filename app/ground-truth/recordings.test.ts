// Every recording of the real HAProxy in this folder, replayed; then proof that the comparison looks at the contents and
// nothing else: other names, other parameters, and recordings that were tampered with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Recording, readRecording, SCHEMA } from './recording.ts';
import { renamedRecording } from './renamed-recording.ts';
import { type Row, verifyRecording } from './verify-recording.ts';

const FOLDER = join(import.meta.dirname, 'haproxy');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
type Json = Record<string, unknown>;
const load = (name: string): Json => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Json;

function read(input: unknown): Recording {
  const recording = readRecording(input);
  if (!recording.ok) throw new Error(recording.problems[0]?.reason);
  return recording.value;
}

const failures = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row.verdict === 'FAIL');
const verify = (input: unknown): readonly Row[] => verifyRecording(read(input));

test('there are recordings of 26 families', () => {
  const families = new Set(FILES.map((name) => load(name)['family']));
  expect(families.size).toBeGreaterThanOrEqual(26);
  expect(FILES.length).toBeGreaterThanOrEqual(125);
});

describe('the simulation does what HAProxy did', () => {
  test.each(FILES)('%s', (name) => {
    const rows = verify(load(name));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.verdict !== 'pass')).toEqual([]);
  });
});

/** One of each family; `npm run bench -- --only true-haproxy` takes them all. */
const FIRST_OF_FAMILIES = [...new Map(FILES.toReversed().map((name) => [load(name)['family'], name])).values()];

test.each(FIRST_OF_FAMILIES)('%s has the same verdicts when it and its servers have other names', (name) => {
  const given = load(name);
  const renamed = renamedRecording(given);
  for (const { name: server } of read(given).model.servers) {
    expect(JSON.stringify({ ...(renamed as Json), model: null })).not.toMatch(`"${server}"`);
  }
  const verdicts = (input: unknown) => verify(input).map((row) => [row.what, row.verdict]);
  expect(verdicts(renamed)).toEqual(verdicts(given));
});

describe('a recording that was tampered with fails', () => {
  const tampered = (file: string, change: (recording: Json) => void): readonly Row[] => {
    const input = load(file);
    change(input);
    return failures(verify(input));
  };
  const requests = (input: Json) => input['requests'] as Json[];
  const model = (input: Json) => input['model'] as { retries: number; servers: Json[] };

  test('another server in one request', () => {
    const rows = tampered('classic-process-killed.json', (input) => {
      (requests(input)[5] as Json)['server'] = 's1';
    });
    expect(rows.map((row) => row.what)).toContain('each request');
  });

  test('another order of picks', () => {
    const rows = tampered('rr-weighted-5-1-1.json', (input) => {
      for (const request of requests(input)) request['server'] = request['server'] === 's2' ? 's3' : 's2';
    });
    expect(rows.length).toBeGreaterThan(0);
  });

  test('another number of retries', () => {
    expect(tampered('retry-default.json', (input) => Object.assign(model(input), { retries: 2 }))).not.toEqual([]);
  });

  test('another weight', () => {
    expect(
      tampered('rr-weighted-1-2.json', (input) => Object.assign(model(input).servers[1] as Json, { weight: 3 })),
    ).not.toEqual([]);
  });

  test.each([{ fall: 2 }, { rise: 3 }, { inter: 1500 }])('another check: %j', (change) => {
    const rows = tampered('check-http-1000-3-2.json', (input) => {
      for (const server of model(input).servers) Object.assign(server['check'] as Json, change);
    });
    expect(rows.map((row) => row.what)).toContain('own checks: UP and DOWN');
  });

  test('no recording at all', () => {
    expect(readRecording({ schema: 'other' }).ok).toBe(false);
    expect(readRecording({ schema: SCHEMA, name: 'x', family: 'y' }).ok).toBe(false);
    expect(readRecording(null).ok).toBe(false);
  });
});

/** What any HAProxy would have recorded: one server killed and started again, transitions from the closed forms. */
function detectionRecording(inter: number, fast: number | null, fall: number, rise: number, phase: number): Json {
  const quick = fast ?? inter;
  const check = { type: 'tcp', inter, fall, rise, ...(fast === null ? {} : { fastinter: fast }) };
  const killMs = 3 * inter + phase * inter;
  const downMs = 4 * inter + (fall - 1) * quick;
  const backMs = downMs + (1 + phase) * inter;
  const upMs = downMs + 2 * inter + (rise - 1) * quick;
  return {
    schema: SCHEMA,
    name: 'drawn',
    family: 'drawn',
    model: {
      balance: 'roundrobin',
      retries: 3,
      redispatch: -1,
      timeouts: { connect: 1000, client: 30_000, server: 5000 },
      servers: ['x', 'y'].map((name) => ({ name, weight: 1, backup: false, check })),
    },
    schedule: [
      { atMs: killMs, action: 'kill -9', target: 'x' },
      { atMs: backMs, action: 'listening', target: 'x' },
    ],
    serverEvents: [
      { atMs: downMs, server: 'x', state: 'DOWN' },
      { atMs: upMs, server: 'x', state: 'UP' },
    ],
    healthChecks: [{ atMs: 0, server: 'x', health: `${fall}/${fall} UP` }],
  };
}

test('other intervals, falls and rises than were recorded are detected at the times of the closed forms', () => {
  const interval = fc.integer({ min: 4, max: 40 }).map((tenths) => tenths * 100);
  fc.assert(
    fc.property(
      interval,
      fc.option(interval),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 20, max: 80 }),
      (inter, fast, fall, rise, percent) => {
        const rows = verify(detectionRecording(inter, fast, fall, rise, percent / 100));
        expect(failures(rows)).toEqual([]);
        expect(rows.map((row) => row.what)).toContain('own checks: UP and DOWN');
      },
    ),
    { numRuns: 40 },
  );
});

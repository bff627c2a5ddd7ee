// Unknown input becomes a design, or a list of what is wrong, where, and what to do. It never crashes and never hangs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindSchemas } from '../catalogue/schemas.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { brokenFile } from './broken-files.ts';
import { parseDesign, problemText } from './parse.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const designs = [
  simpleDesign('classroom'),
  simpleDesign('realistic'),
  distributedDesign('classroom'),
  distributedDesign('realistic'),
];

const problemsOf = (input: unknown): string[] => {
  const result = parseDesign(input, kindSchemas);
  return result.ok ? [] : result.problems.map(problemText);
};

const changed = (path: readonly (string | number)[], value: unknown): unknown => {
  const design = plain(distributedDesign('classroom'));
  let at = design;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path[path.length - 1] as string] = value;
  return design;
};

describe('a good design', () => {
  test.each(designs.map((design) => [`${design.name}, ${design.timings}`, design] as const))(
    '%s reads back as it is',
    (_name, design) => {
      const result = parseDesign(plain(design), kindSchemas);
      expect(result.ok ? plain(result.value) : result.problems).toEqual(plain(design));
    },
  );
});

describe('a bad design is refused with path, reason and repair', () => {
  test.each([
    ['nothing', null, /^The file: .*Give a design/],
    ['a newer version', changed(['version'], 7), /version: This design was written by a newer Spofcheck/],
    [
      'a rate that is no number',
      changed(['traffic', 'rateRps'], 'fast'),
      /traffic\.rateRps: Found "fast".*Give a number from 0 to 100000/,
    ],
    ['an infinite rate', changed(['traffic', 'rateRps'], Number.POSITIVE_INFINITY), /traffic\.rateRps/],
    [
      'a host that is not there',
      changed(['components', 0, 'hostId'], 'moon'),
      /components\[0\]\.hostId: There is no host "moon"/,
    ],
    [
      'an unknown kind',
      changed(['components', 0, 'kind'], 'toaster'),
      /components\[0\]\.kind: Nobody knows the kind "toaster"\. Give one of: load-balancer/,
    ],
    [
      'a kind that is a word of the language',
      changed(['components', 0, 'kind'], 'constructor'),
      /Nobody knows the kind "constructor"/,
    ],
    [
      'fall 0',
      changed(['components', 0, 'config', 'servers', 0, 'check', 'fall'], 0),
      /components\[0\]\.config\.servers\[0\]\.check\.fall/,
    ],
    ['a server on no link', changed(['components', 0, 'config', 'servers', 0, 'link'], 'x'), /No link "x" starts at/],
    ['an id twice', changed(['hosts', 1, 'id'], 'lb'), /hosts\[1\]\.id: The id "lb" is taken/],
    ['a link to nowhere', changed(['links', 0, 'to'], 'x'), /links\[0\]\.to: There is no component "x"/],
    ['operations that react after a year', changed(['operations'], { reactMin: 1e9 }), /operations\.reactMin/],
    [
      'something that fails all the time',
      changed(['operations'], { failures: [{ what: 'host', mtbfH: 0, repairMin: 1 }] }),
      /operations\.failures\[0\]\.mtbfH/,
    ],
    ['shares above one', changed(['traffic', 'staticShare'], 1), /writeShare and staticShare are more than 1/],
  ])('%s', (_name, input, expected) => {
    expect(problemsOf(input).join('\n')).toMatch(expected);
  });
});

test('a file may say how the site is kept running, and every rule of monitoring', () => {
  const operations = {
    failures: [{ what: 'host', mtbfH: null, repairMin: 30 }],
    reactMin: 2,
    hangShare: 0,
    who: 'Ada',
  };
  const design = distributedDesign('classroom');
  const monitoring = { position: { x: 0, y: 0 }, hostId: null, latencyMs: 1, watches: [], onCall: null };
  const alerts = [
    { type: 'silent-host', forMs: 30_000 },
    { type: 'program-down', checks: 3 },
  ];
  const parsed = parseDesign({ ...plain(design), operations, monitoring: { ...monitoring, alerts } }, kindSchemas);
  expect(parsed.ok && parsed.value.operations).toEqual(operations);
  expect(parsed.ok && parsed.value.monitoring?.alerts).toEqual(alerts);
});

describe('a thousand broken files', () => {
  test('are each refused with a reason, or accepted and valid', () => {
    let refused = 0;
    let accepted = 0;
    for (let index = 0; index < 1_000; index++) {
      const result = parseDesign(brokenFile(distributedDesign('classroom'), index), kindSchemas);
      if (result.ok) {
        accepted++;
        expect(parseDesign(plain(result.value), kindSchemas).ok, `file ${index} reads back`).toBe(true);
      } else {
        refused++;
        expect(result.problems.length, `problems of file ${index}`).toBeGreaterThan(0);
        for (const { reason, repair } of result.problems) expect(reason.length * repair.length).toBeGreaterThan(0);
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(accepted).toBeGreaterThan(0);
  });

  test('random values are refused with a reason', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (input) => {
          expect(problemsOf(input).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

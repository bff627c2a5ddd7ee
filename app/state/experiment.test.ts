// Experiments: what was measured is what the simulation counted, and the verdict holds it against the drawing.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { randomRun } from '../designs/random-run.ts';
import { SECOND } from '../foundation/micros.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { summariserOf } from '../timeline/summarise.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import { type Experiment, experimentsOf } from './experiment.ts';

function lived(design: Design, seed: number, commands: readonly Command[], seconds: number) {
  const timeline = new Timeline({ design, seed, commands }, behaviours, structuredClone);
  const window = new TraceWindow(elementsOf(design));
  const summariser = summariserOf(design);
  const chunks = Array.from({ length: seconds }, (_, second) => {
    const chunk = timeline.chunk(second);
    window.learn([summariser.summarise(chunk, window.second(second - 1) ?? null)]);
    window.receive(chunk);
    return chunk;
  });
  return { window, chunks };
}

const rowOf = (experiment: Experiment | undefined, name: string) => experiment?.rows.find((row) => row.name === name);

describe('Server 1 is switched off in the classroom', () => {
  const design = distributedDesign('classroom');
  const commands: Command[] = [{ atUs: 20 * SECOND, type: 'kill', target: 'server1' }];
  const { window } = lived(design, 4, commands, 70);
  const at = (seconds: number) =>
    experimentsOf({ base: design, commands, findings: [], window, nowUs: seconds * SECOND - 1 });

  test('before it there is no experiment', () => expect(at(20)).toEqual([]));

  test('until it has settled there is no verdict, then it is as expected', () => {
    expect(at(30)[0]?.verdict?.title).toBe('Not settled yet');
    expect(at(70)[0]?.verdict?.title).toBe('As expected: no writes');
  });

  test('expected and measured stand side by side', () => {
    const [experiment] = at(70);
    expect(experiment?.title).toBe('Power off Server 1 at 00:20.0, active-active');
    expect(rowOf(experiment, 'Reads served')).toMatchObject({ expected: 'all' });
    expect(rowOf(experiment, 'Writes served')).toMatchObject({ expected: 'none' });
    expect(rowOf(experiment, 'Time to detect')?.expected).toBe('4.9 to 7.2 s');
    const detected = Number.parseFloat(rowOf(experiment, 'Time to detect')?.measured ?? '');
    expect(detected).toBeGreaterThanOrEqual(4.9);
    expect(detected).toBeLessThanOrEqual(7.2);
    expect(rowOf(experiment, 'Time to recover')).toMatchObject({
      expected: 'reads 4.9 to 7.2 s, writes not by itself',
      measured: 'reads at once, writes not yet',
    });
  });

  test('confirmed writes that a promotion lost are counted', () => {
    const lossy: Command[] = [
      { atUs: 10 * SECOND, type: 'cut', target: 'mysql1-mysql2' },
      ...commands,
      { atUs: 40 * SECOND, type: 'admin', target: 'mysql2', words: ['promote'] },
    ];
    const run = lived(design, 4, lossy, 70);
    const killed = experimentsOf({
      base: design,
      commands: lossy,
      findings: [],
      window: run.window,
      nowUs: 70 * SECOND - 1,
    }).find(({ title }) => title.startsWith('Power off'));
    expect(rowOf(at(70)[0], 'Confirmed writes lost')?.measured).toBe('0');
    expect(Number(rowOf(killed, 'Confirmed writes lost')?.measured)).toBeGreaterThan(2);
  });

  test('after the repair it has ended, and its counts stay', () => {
    const repaired: Command[] = [...commands, { atUs: 50 * SECOND, type: 'repair', target: 'server1' }];
    const run = lived(design, 4, repaired, 70);
    const then = (seconds: number) =>
      experimentsOf({
        base: design,
        commands: repaired,
        findings: [],
        window: run.window,
        nowUs: seconds * SECOND - 1,
      })[0];
    expect(then(69)?.state).toBe('ended at 00:50.0');
    expect(then(69)?.counts).toEqual(then(60)?.counts);
  });
});

describe('every fault has its verdict', () => {
  const design = distributedDesign('classroom');
  const [atUs, server1] = [20 * SECOND, 'server1'] as const;
  const kill: Command = { atUs, type: 'kill', target: server1 };
  const back: Command = { atUs: 23 * SECOND, type: 'repair', target: server1, fault: 'kill' };
  const cases: readonly (readonly [string, readonly Command[], number, RegExp, RegExp])[] = [
    [
      'hang of a server',
      [{ atUs, type: 'hang', target: server1 }],
      80,
      /^As expected: not all reads, no writes$/,
      /^The app server on Server 2 has 2\.\d times as much to do as its 5 workers can\./,
    ],
    [
      'hang of an app server',
      [{ atUs, type: 'hang', target: 'app1' }],
      60,
      /^As expected: not everything is served$/,
      /^No issue is about the app server on Server 1 yet\.$/,
    ],
    [
      'slow app server',
      [{ atUs, type: 'slow', target: 'app1', factor: 5 }],
      60,
      /^As expected: nearly everything is served$/,
      /is busiest: 58% of what its 5 workers can do\.$/,
    ],
    [
      'slow server, too near to say',
      [{ atUs, type: 'slow', target: server1, factor: 8 }],
      60,
      /^Not predicted$/,
      /too near to say whether its queue outlasts the timeouts\.$/,
    ],
    [
      'cut line',
      [{ atUs, type: 'cut', target: 'users-haproxy' }],
      60,
      /^As expected: nothing is served$/,
      /^No issue is about the line from the users to HAProxy yet\.$/,
    ],
    [
      'cut replication',
      [{ atUs, type: 'cut', target: 'mysql1-mysql2' }],
      60,
      /^As expected: everything is served$/,
      /^The replica falls behind for as long as it lasts\.$/,
    ],
    [
      'partition',
      [{ atUs, type: 'cut', target: 'server1', other: 'server2' }],
      60,
      /^As expected: not all writes$/,
      /^The replica falls behind/,
    ],
    [
      'lossy line',
      [{ atUs, type: 'degrade', target: 'haproxy-nginx1', lossShare: 0.3, delayMs: 100 }],
      60,
      /^Not predicted$/,
      /^What the line loses is chance/,
    ],
    [
      'late line',
      [{ atUs, type: 'degrade', target: 'haproxy-nginx1', lossShare: 0, delayMs: 100 }],
      60,
      /^As expected: everything is served$/,
      /is busiest/,
    ],
    [
      'flood',
      [{ atUs, type: 'flood', target: 'users', rateRps: 60 }],
      80,
      /^As expected: the site cannot keep up$/,
      /has 1\.7 times as much to do/,
    ],
    ['restart', [kill, back], 60, /^As expected: everything is served again$/, /nothing stays of it\.$/],
  ];

  test.each(cases)('%s', (_, commands, seconds, title, text) => {
    const { window } = lived(design, 4, commands, seconds);
    const nowUs = seconds * SECOND - 1;
    const [experiment, second] = experimentsOf({ base: design, commands, findings: [], window, nowUs });
    expect(experiment?.verdict.title).toMatch(title);
    expect(experiment?.verdict.text).toMatch(text);
    expect(second).toBe(undefined);
  });

  test('a restart is one experiment, and what is served after it is a row of its own', () => {
    const commands = [kill, back];
    const { window } = lived(design, 4, commands, 60);
    const at = (seconds: number) =>
      experimentsOf({ base: design, commands, findings: [], window, nowUs: seconds * SECOND - 1 })[0];
    expect(at(22)).toMatchObject({ title: 'Restart Server 1 at 00:20.0, active-active', state: 'restarting' });
    expect(at(30)).toMatchObject({ state: 'back at 00:23.0', verdict: { title: 'Not settled yet' } });
    expect(rowOf(at(30), 'Served after it')).toMatchObject({ expected: 'all', measured: 'not yet' });
    expect(rowOf(at(30), 'Time to detect')?.expected).toBe('never');
    expect(rowOf(at(59), 'Served after it')?.measured).toMatch(/^(\d+) of \1$/);
    expect(at(55)?.counts).toEqual(at(59)?.counts);
  });

  test('what ended, or met another act, before it settled says so', () => {
    const verdict = (commands: readonly Command[]) => {
      const { window } = lived(design, 4, commands, 60);
      return experimentsOf({ base: design, commands, findings: [], window, nowUs: 59 * SECOND })[0]?.verdict;
    };
    const repair: Command = { atUs: 26 * SECOND, type: 'repair', target: server1 };
    expect(verdict([kill, repair])).toMatchObject({ title: 'Ended before it settled' });
    expect(verdict([kill, repair])?.text).toMatch(/it ended, at 00:26\.0\.$/);
    const promoted: Command = { atUs: 30 * SECOND, type: 'admin', target: 'mysql2', words: ['promote'] };
    expect(verdict([kill, promoted])?.text).toMatch(/something else was done, at 00:30\.0\.$/);
    const other: Command = { atUs: 30 * SECOND, type: 'kill', target: 'server2' };
    expect(verdict([kill, other])).toMatchObject({
      title: 'Not predicted',
      text: 'Another fault was on at the same time.',
    });
  });

  test('after a promotion the roles are those of then: the old primary is a replica', () => {
    const commands: readonly Command[] = [
      { atUs: 10 * SECOND, type: 'admin', target: 'mysql2', words: ['promote'] },
      { ...kill, target: 'mysql1' },
    ];
    const { window } = lived(design, 4, commands, 60);
    const [experiment] = experimentsOf({ base: design, commands, findings: [], window, nowUs: 59 * SECOND });
    expect(rowOf(experiment, 'Writes served')?.expected).toBe('all');
    expect(experiment?.verdict.title).toMatch(/^As expected/);
  });

  test('with a server taken out by hand nothing is foretold', () => {
    const out: Command = {
      atUs: 5 * SECOND,
      type: 'admin',
      target: 'haproxy',
      words: ['set', 'server', 'Server 2', 'state', 'maint'],
    };
    const { window } = lived(design, 4, [out, kill], 40);
    const [experiment] = experimentsOf({
      base: design,
      commands: [out, kill],
      findings: [],
      window,
      nowUs: 39 * SECOND,
    });
    expect(experiment?.verdict).toMatchObject({ title: 'Not predicted' });
    expect(rowOf(experiment, 'Reads served')?.expected).toBe('not predicted');
  });
});

describe('over random runs every count on every card is that of the simulation', () => {
  const SECONDS = 20;
  const counts = (window: TraceWindow, run: ReturnType<typeof randomRun>, commands: readonly Command[]) =>
    experimentsOf({ base: run.design, commands, findings: [], window, nowUs: (SECONDS - 0.5) * SECOND });

  test.each(Array.from({ length: 30 }, (_, index) => index))('run %i', (index) => {
    const run = randomRun(index, 14, { balances: BALANCES });
    // A restart is rarely drawn.
    const host = run.design.hosts[index % run.design.hosts.length]?.id ?? '';
    const atUs = (index % 11) * 1_234_567;
    const commands = inOrder([
      ...run.commands,
      { atUs, type: 'kill', target: host },
      { atUs: atUs + 3 * SECOND, type: 'repair', target: host, fault: 'kill' },
    ]);
    const { window, chunks } = lived(run.design, run.seed, commands, SECONDS);
    const experiments = counts(window, run, commands);
    expect(experiments.length).toBeGreaterThan(0);
    for (const { command, counts: shown, rows, fromUs, toUs } of experiments) {
      const { reads, writes, ...all } = counted(chunks, fromUs, toUs);
      expect({ command, shown }).toMatchObject({ command, shown: all });
      expect(all.answered + all.retried + all.failed + all.waiting).toBe(shown.total);
      const row = (name: string) => rows.find((one) => one.name === name)?.measured ?? '';
      expect(row('Reads served')).toBe(ofWords(reads));
      expect(row('Writes served')).toBe(ofWords(writes));
      expect(row('Answered late')).toBe(`${all.retried} of ${shown.total}`);
      expect(row('Still waiting')).toBe(all.waiting === 0 ? '' : `${all.waiting} of ${shown.total}`);
    }
    // Later the page holds only the seconds around the playhead, and those in which somebody did something.
    window.evict(SECONDS - 4, SECONDS, new Set(commands.map((one) => Math.floor(one.atUs / SECOND))));
    expect(counts(window, run, commands).map((one) => one.counts)).toEqual(experiments.map((one) => one.counts));
  });
});

const ofWords = ({ all, answered }: { readonly all: number; readonly answered: number }): string =>
  all === 0 ? 'none ended' : `${answered} of ${all}`;

/** From the raw rows: what ended after `fromUs`, and what was open at `toUs`. */
function counted(chunks: readonly TraceChunk[], fromUs: number, toUs: number) {
  const count = { answered: 0, retried: 0, failed: 0, waiting: 0 };
  const [reads, writes] = [
    { all: 0, answered: 0 },
    { all: 0, answered: 0 },
  ];
  for (const { starts, ends } of chunks) {
    starts.atUs.forEach((us, row) => {
      if (us <= toUs && starts.purpose[row] !== Purpose.Flood) count.waiting++;
    });
    ends.endUs.forEach((us, row) => {
      if (us > toUs || ends.purpose[row] === Purpose.Flood) return;
      count.waiting--;
      if (us <= fromUs) return;
      const outcome = (['answered', 'retried', 'failed'] as const)[ends.outcome[row] as number] ?? 'failed';
      count[outcome]++;
      const sort = ends.purpose[row] === Purpose.Write ? writes : reads;
      sort.all++;
      if (outcome !== 'failed') sort.answered++;
    });
  }
  return { ...count, reads, writes };
}

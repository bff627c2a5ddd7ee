// The blast radius without a page: rows of the real engine by ports that answer when they are told to, the order in which they
// are shown, what they say, the files, and the same run again to be watched.
import { beforeAll, describe, expect, test } from 'vitest';
import { measureFault } from '../analysis/blast-radius.ts';
import { isAsForetold } from '../analysis/blast-row.ts';
import { measureWith } from '../analysis/measure.ts';
import { takeLateFigures } from '../catalogue/figures.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { LATE_FIGURES } from '../catalogue/late-figures.ts';
import type { Design } from '../design/design.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { EXPORT } from '../drawing/palette.ts';
import { svgText } from '../exchange/svg.ts';
import { SECOND } from '../foundation/micros.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import type { AnalysisRequest } from '../workers/analysis-protocol.ts';
import type { FaultPort } from '../workers/fault-pool.ts';
import { kill } from './actions/kill.ts';
import { reconfigure } from './actions/reconfigure.ts';
import { undo } from './actions/undo.ts';
import { watchFault } from './actions/watch-fault.ts';
import { Bench } from './bench-app.ts';
import { cellsOf } from './blast-cells.ts';
import { blastCsv, blastPicture } from './blast-files.ts';
import { inOrder, WORST_FIRST } from './blast-order.ts';
import { BlastRoom, type BlastTable } from './blast-room.ts';
import { pairWords, runWords, summaryWords } from './blast-summary.ts';
import { elementName, faultName } from './blast-words.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);
takeLateFigures(LATE_FIGURES);

/** The worker without the thread: holds what it is asked for until it is told to go on. */
class HeldPort implements FaultPort {
  onmessage: FaultPort['onmessage'] = null;
  onerror: FaultPort['onerror'] = null;
  isTerminated = false;
  private subject: { readonly design: Design; readonly seed: number } | null = null;
  private held: Extract<AnalysisRequest, { type: 'measure' }> | null = null;

  postMessage(request: AnalysisRequest): void {
    if (request.type === 'subject') this.subject = structuredClone(request);
    if (request.type === 'measure') this.held = request;
  }

  /** False when it has nothing to do. */
  answer(): boolean {
    const { held, subject } = this;
    if (held === null || subject === null || this.isTerminated) return false;
    this.held = null;
    const measure = measureFault(subject.design, held.fault, knowledge, measureWith(behaviours, subject.seed));
    this.onmessage?.({ data: { type: 'row', revision: held.revision, measure: structuredClone(measure) } });
    return true;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

class Opened {
  readonly bench = new Bench(4);
  readonly ports: HeldPort[] = [];
  readonly room: BlastRoom;
  readonly close: () => void;

  constructor(bench?: Bench) {
    if (bench !== undefined) this.bench = bench;
    this.bench.frame(16);
    const newPort = () => {
      const port = new HeldPort();
      this.ports.push(port);
      return port;
    };
    this.room = new BlastRoom(this.bench.app, { cores: 2, newPort });
    this.close = this.room.open();
  }

  /** One row of each worker; false when none had anything to do. */
  step(): boolean {
    const answered = this.ports.map((port) => port.answer()).includes(true);
    this.bench.frame(16);
    return answered;
  }

  all(): BlastTable {
    while (this.step());
    return this.table;
  }

  get table(): BlastTable {
    const { table } = this.room.table.getState();
    if (table === null) throw new Error('there is no table yet');
    return table;
  }
}

const names = (table: BlastTable, entries = table.parts, order = WORST_FIRST): string[] =>
  inOrder(entries, order, ({ fault }) => elementName(table.design, fault.target)).map(({ fault }) =>
    elementName(table.design, fault.target),
  );

const cellsNamed = (table: BlastTable, name: string) => {
  const entry = [...table.parts, ...table.lines].find(({ fault }) => elementName(table.design, fault.target) === name);
  if (entry === undefined) throw new Error(`no row is called ${name}`);
  const cells = cellsOf(table.design, entry, []);
  if (cells === null) throw new Error(`${name} is not measured`);
  return cells;
};

describe('rows as they come', () => {
  test('names first; what is measured stands worst first above what is to come, and never moves to and fro', () => {
    const opened = new Opened();
    expect(summaryWords(opened.table.parts, 'kill')).toBe('0 of 10 kills done');
    expect(names(opened.table)).toHaveLength(10);
    let before: string[] = [];
    for (let done = 2; done <= 10; done += 2) {
      opened.step();
      expect(summaryWords(opened.table.parts, 'kill')).toMatch(done < 10 ? `${done} of 10 kills done` : /^4 of 10/);
      const now = names(opened.table).slice(0, done);
      expect(now.filter((name) => before.includes(name))).toEqual(before);
      before = now;
    }
    expect(before.slice(0, 4)).toEqual(['Load balancer', 'HAProxy', 'MySQL primary', 'Server 1']);
    expect(before.slice(-3)).toEqual(['Server 2', 'nginx, Server 1', 'nginx, Server 2']);
  });

  test('an edit starts over at once; rows of the design before are never shown', () => {
    const opened = new Opened();
    opened.step();
    reconfigure.run(opened.bench.app, { target: 'users', patch: { writeShare: 0 } });
    opened.bench.frame(200);
    expect(summaryWords(opened.table.parts, 'kill')).toBe('0 of 10 kills done');
    const table = opened.all();
    expect(table.parts.map(({ row }) => row?.measure.writes)).toEqual(table.parts.map(() => 0));
    expect(cellsNamed(table, 'Server 1').writes.text).toBe('none asked');
  });

  test('two at once: what the drawing says of every pair is what its run shows', () => {
    const opened = new Opened();
    opened.all();
    expect(opened.table.pairs).toBeNull();
    opened.room.showPairs();
    const { pairs } = opened.all();
    const entries = pairs?.entries ?? [];
    expect(pairs?.isComplete).toBe(true);
    expect(pairWords(pairs)).toBe('16 pairs stop what neither of the two stops alone.');
    const told = entries.map(({ fault, row }) => ({
      pair: faultName(opened.table.design, fault),
      agrees: (['reads', 'writes'] as const).map((wish) => row && isAsForetold(row, wish)),
    }));
    expect(told.map(({ pair }) => pair)).toContain('Server 1 and Server 2');
    expect(told.filter(({ agrees }) => agrees.includes(false) || !agrees.includes(true))).toEqual([]);
    const csv = blastCsv(opened.table, WORST_FIRST, []).trimEnd().split('\r\n');
    expect(csv.filter((line) => line.startsWith('kill,server1,') && line.endsWith(',server2'))).toHaveLength(1);
  });

  test('kills that the issues were proved by are shown at once, and are what a worker measures', () => {
    const fresh = new Opened();
    const kills = fresh.all().parts.flatMap(({ row }) => (row === null ? [] : [row.measure]));
    expect(kills.length).toBeGreaterThan(5);
    const bench = new Bench(4);
    bench.frame(16);
    const design = bench.view.design;
    bench.app.findings.setState({ design, kills });
    const known = new Opened(bench);
    expect(known.table.parts).toEqual(fresh.table.parts);
    while (known.step());
    expect(known.table.lines).toEqual(fresh.table.lines);
    // Of another drawing they say nothing.
    const other = new Bench(4);
    other.frame(16);
    other.app.findings.setState({ design: builtInDesign('simple', 'classroom'), kills });
    expect(new Opened(other).table.parts.filter(({ row }) => row !== null)).toEqual([]);
  });

  test('closed: nothing runs on; opened again: nothing runs twice', () => {
    const opened = new Opened();
    opened.step();
    opened.close();
    expect(opened.ports.every(({ isTerminated }) => isTerminated)).toBe(true);
    const measured = opened.table.parts.filter(({ row }) => row !== null);
    expect(measured).toHaveLength(2);
    const started = opened.ports.length;
    opened.room.open();
    expect(opened.ports.length).toBeGreaterThan(started);
    opened.all();
    for (const entry of measured) expect(opened.table.parts).toContain(entry);
  });

  test('hung in place of killed: other rows of the same parts, and those of the lines stay', () => {
    const opened = new Opened();
    const killed = opened.all();
    opened.room.setHow('hang');
    expect(summaryWords(opened.table.parts, 'hang')).toBe('0 of 10 hangs done');
    const hung = opened.all();
    expect(hung.lines).toEqual(killed.lines);
    expect(cellsNamed(killed, 'Server 1').verdict.title).toBe('No writes');
    expect(cellsNamed(hung, 'Server 1').verdict.title).toBe('Everything stops');
    opened.room.setHow('kill');
    expect(opened.table.parts).toEqual(killed.parts);
  });
});

describe('what rows say', () => {
  test('design 2: what stops, who keeps whom UP, what came late, and the same of the lines', () => {
    const table = new Opened().all();
    expect(runWords(table)).toBe(
      'Each server and part killed once, alone, in a fresh run: 38 s of the same 135 requests, seed 4, 99 reads and 36 writes.',
    );
    expect(summaryWords(table.parts, 'kill')).toBe(
      '4 of 10 kills stop writes, 2 of them everything. 4 of 10 were noticed.',
    );
    expect(cellsNamed(table, 'MySQL primary').verdict).toEqual({
      shape: 'critical',
      title: 'No writes, half the reads',
      note: 'HAProxy keeps Server 1 UP',
    });
    expect(cellsNamed(table, 'App server, Server 1').verdict.title).toBe('Only half of everything');
    expect(cellsNamed(table, 'MySQL replica').verdict.title).toBe('Only half the reads');
    expect(cellsNamed(table, 'Server 2').verdict.note).toMatch(/^\d+ of 135 answers came late$/);
    expect(cellsNamed(table, 'Server 1')).toMatchObject({
      did: 'powered off',
      reads: { text: '99 of 99', note: 'expected all', agrees: true },
      writes: { text: '0 of 36', note: 'expected none', agrees: true },
      detect: { text: '6.7 s', note: 'by HAProxy' },
      recover: { text: 'never', note: 'reads went on, writes never' },
    });
    expect(names(table, table.lines)[0]).toBe('Users to HAProxy');
  });

  test('any column sorts, worst first or last, and equals keep the order of the drawing', () => {
    const table = new Opened().all();
    expect(names(table, table.parts, { by: 'detect', worstFirst: false }).slice(0, 4)).toEqual([
      'nginx, Server 2',
      'nginx, Server 1',
      'Server 2',
      'Server 1',
    ]);
    expect(names(table, table.parts, { by: 'name', worstFirst: true })[0]).toBe('App server, Server 1');
    expect(names(table, table.parts, { by: 'lost', worstFirst: true })).toEqual(
      table.parts.map(({ fault }) => elementName(table.design, fault.target)),
    );
    expect(names(table, table.parts, { by: 'reads', worstFirst: true }).slice(0, 2)).toEqual([
      'Load balancer',
      'HAProxy',
    ]);
  });

  test.each(BUILT_IN_IDS.flatMap((id) => [[id, 'classroom'] as const, [id, 'realistic'] as const]))(
    '%s, %s: every row has words, two never have the same name, and every figure comes into the files',
    (id, timings) => {
      const opened = new Opened();
      opened.bench.app.control.open(id, timings);
      opened.bench.frame(200);
      const table = opened.all();
      expect(table.design.id).toBe(builtInDesign(id, timings).id);
      const all = [...names(table), ...names(table, table.lines)];
      expect(new Set(all).size).toBe(all.length);
      const csv = blastCsv(table, WORST_FIRST, []);
      const lines = csv.split('\r\n');
      expect(lines).toHaveLength(all.length + 2);
      expect(csv).not.toMatch(/NaN|undefined|Infinity/);
      const picture = blastPicture(table, WORST_FIRST, [], 'foot');
      for (const name of all) expect(picture.textAlternative).toContain(name);
      const svg = svgText(picture, { colours: EXPORT, ground: 'ground', fontFaces: '' });
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});

describe('watching a row', () => {
  /** By the second in which they started: answered at once, on another try, failed. */
  function secondsOf({ app }: Bench, count: number): readonly (readonly number[])[] {
    const seconds = Array.from({ length: count }, () => OUTCOMES.map(() => 0));
    app.frame.window.forEachEnd(0, (count + 40) * SECOND, (ends, row) => {
      const second = seconds[Math.floor((ends.startUs[row] as number) / SECOND)];
      if (second !== undefined) second[ends.outcome[row] as number]!++;
    });
    return seconds;
  }

  test.each([
    ['kill', 'server1'],
    ['hang', 'mysql1'],
  ] as const)(
    '%s %s: the run on the page is the very run of the row, and undo brings the own run back',
    (type, target) => {
      const bench = new Bench(4);
      bench.to(20);
      reconfigure.run(bench.app, { target: 'app1', patch: { workers: 3 } });
      kill.run(bench.app, 'nginx2');
      bench.to(30);
      const own = bench.app.playback.getState().commands;
      const opened = new Opened(bench);
      if (type === 'hang') opened.room.setHow('hang');
      const table = opened.all();
      const entry = table.parts.find(({ fault }) => fault.target === target);
      const measure = entry?.row?.measure;
      if (entry === undefined || measure === undefined) throw new Error('there is no such row');
      expect(table.design).not.toBe(bench.app.design.getState().design);

      watchFault.run(bench.app, { design: table.design, fault: entry.fault });
      expect(bench.app.control.now()).toBe(3 * SECOND);
      // What ends after the users of the row have stopped may end otherwise: those of the first seconds have long ended.
      const count = measure.seconds.length - table.design.traffic.clientTimeoutMs / 1_000;
      expect(count).toBeGreaterThan(10);
      bench.app.control.hold(Array.from({ length: measure.seconds.length }, (_, index) => index));
      bench.to(measure.seconds.length);
      const shown = secondsOf(bench, count);
      const [answered, retried, failed] = ['answered', 'answered-after-retry', 'failed'].map((one) =>
        OUTCOMES.indexOf(one as (typeof OUTCOMES)[number]),
      ) as [number, number, number];
      expect(shown.map((one) => ({ answered: one[answered], retried: one[retried], failed: one[failed] }))).toEqual(
        measure.seconds.slice(0, count),
      );
      expect(shown.flat().some((of) => of > 0)).toBe(true);

      undo.run(bench.app);
      expect(bench.app.playback.getState().commands).toEqual(own);
      expect(bench.app.design.getState().design).not.toBe(table.design);
      expect(bench.to(30).hosts['server1']?.state).toBe('up');
    },
  );
});

// A fix as an act: it begins a new run of the changed drawing at the same moment, keeps what still applies, and undo brings back
// the drawing and the run as they were.
import { beforeAll, describe, expect, test } from 'vitest';
import { analyse, relisted } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { planOf } from '../fixes/fixes.ts';
import { acceptRisk, withdrawAcceptance } from './actions/accept-risk.ts';
import { kill } from './actions/kill.ts';
import { redo, undo } from './actions/undo.ts';
import type { FindingsState } from './app.ts';
import { Bench } from './bench-app.ts';
import { fixOutcome } from './fix-outcome.ts';
import { textOfRun } from './sharing.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const classic = distributedDesign('classroom');
const before = analyse(classic, tools);
const spof = before.findings.find(({ rule }) => rule === 'AV-01') as Finding;
const fixed = planOf(classic, spof)?.design as Design;

const drawn = (bench: Bench): Design => bench.app.design.getState().design;

test('undo takes a fix back with all that was done after it, and redo does it again', () => {
  const bench = new Bench();
  bench.to(12);
  kill.run(bench.app, 'server2');
  bench.to(20);
  bench.app.control.edit('fix it', fixed);
  bench.frame(16);
  expect(drawn(bench)).toBe(fixed);
  expect(bench.app.design.getState().id).toBe('foreign');
  expect(bench.app.control.now()).toBe(20_000_000);
  expect(bench.app.history.getState().done.map(({ label }) => label)).toEqual(['power off Server 2', 'fix it']);
  expect(bench.to(20).hosts['server2']?.state).toBe('down');
  undo.run(bench.app);
  bench.frame(16);
  expect(bench.app.design.getState()).toMatchObject({ id: 'distributed', design: classic });
  expect(bench.app.history.getState().done.map(({ label }) => label)).toEqual(['power off Server 2']);
  redo.run(bench.app);
  bench.frame(16);
  expect(drawn(bench)).toBe(fixed);
  expect(bench.app.history.getState().undone).toEqual([]);
});

test('what the drawing no longer has is done again when the fix is taken back', () => {
  const bench = new Bench();
  bench.to(12);
  kill.run(bench.app, 'server2');
  const smaller: Design = {
    ...classic,
    hosts: classic.hosts.filter(({ id }) => id !== 'server2'),
    components: classic.components.filter(({ hostId }) => hostId !== 'server2'),
    links: classic.links.filter((link) => ![link.from, link.to].some((end) => /2$/.test(end))),
  };
  bench.app.control.edit('take a server away', smaller);
  expect(bench.app.playback.getState().commands).toEqual([]);
  undo.run(bench.app);
  expect(bench.app.playback.getState().commands).toHaveLength(1);
});

test('a link carries the changed drawing without the act that changed it', () => {
  const bench = new Bench();
  bench.to(5);
  bench.app.control.edit('fix it', fixed);
  const run = JSON.parse(textOfRun(bench.app)) as { readonly acts: readonly unknown[] };
  expect(run.acts).toEqual([]);
  expect(textOfRun(bench.app)).toContain('keepalived');
});

test('accepting an issue with a reason is an act, keeps the run, and takes the issue out of the list', () => {
  const bench = new Bench();
  bench.to(12);
  acceptRisk.run(bench.app, { finding: spof, reason: '  ' });
  expect(bench.refusal).toMatch(/^Give a reason/);
  acceptRisk.run(bench.app, { finding: spof, reason: 'It may be away for an hour.' });
  expect(bench.app.design.getState().id).toBe('distributed');
  expect(bench.app.control.now()).toBe(12_000_000);
  expect(bench.app.playback.getState().view).not.toBeNull();
  const { findings, accepted } = analyse(drawn(bench), tools);
  expect(findings.map(({ id }) => id)).toEqual(before.findings.map(({ id }) => id).filter((id) => id !== spof.id));
  expect(accepted).toEqual([{ finding: spof, reason: 'It may be away for an hour.' }]);
  expect(relisted(before, drawn(bench))).toEqual(analyse(drawn(bench), tools));
  withdrawAcceptance.run(bench.app, spof);
  expect(drawn(bench).accepted).toEqual([]);
  undo.run(bench.app);
  expect(drawn(bench).accepted).toHaveLength(1);
  undo.run(bench.app);
  expect(drawn(bench).accepted).toEqual([]);
});

describe('what a fix buys', () => {
  const stateOf = (design: Design): FindingsState => {
    return { ...analyse(design, tools), design, unfolded: false, shown: null };
  };
  const outcome = fixOutcome(
    { design: classic, findings: stateOf(classic) },
    { design: fixed, findings: stateOf(fixed) },
    spof.comesTrueWith[0] ?? null,
  );
  const row = (name: string) => outcome.rows.find((one) => one.name.startsWith(name));

  test('every issue is cleared, created or stays, and none is counted twice', () => {
    const count = outcome.cleared.length + outcome.staying.length;
    expect(count).toBe(before.findings.length);
    expect(outcome.cleared.map(({ finding }) => finding.id)).toContain(spof.id);
    const after = analyse(fixed, tools).findings;
    expect([...outcome.created, ...outcome.staying].map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      after.map((_, index) => index + 1),
    );
  });

  test('the same kill on both sides: nobody was answered, now all are; and it costs a server', () => {
    const kills = [analyse(classic, tools), analyse(fixed, tools)].map(({ kills: all }) =>
      all.find(({ target }) => target === 'lb'),
    );
    expect(row('Answered, load balancer killed')?.cells.map(({ text }) => text)).toEqual(
      kills.map((one) => String(one?.answered)),
    );
    expect(row('Answered, load balancer killed')?.better).toBe(1);
    expect(row('Servers to pay for')?.cells.map(({ text }) => text)).toEqual(['3', '4']);
    expect(row('Servers to pay for')?.better).toBe(0);
  });
});

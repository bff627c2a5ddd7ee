// Two runs on one clock, with the real engine on both sides: the same arrivals, the same faults, and the difference in words.
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { builtInDesign } from '../designs/built-in.ts';
import { DIGEST_WORDS, digestText, mixDigest } from '../foundation/digest.ts';
import { SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { RunServer } from '../timeline/run-server.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { RunRequest } from '../workers/protocol.ts';
import type { RunPort } from '../workers/run-client.ts';
import { compare } from './actions/compare.ts';
import { FAULTS } from './actions/faults.ts';
import { kill } from './actions/kill.ts';
import { reconfigure } from './actions/reconfigure.ts';
import { undo } from './actions/undo.ts';
import type { App } from './app.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { compareWith } from './beside-room.ts';
import { compareRows, firstFaultOf, type Side } from './compare-rows.ts';
import { comparedBy, comparedSettings, otherMode } from './compared-settings.ts';
import { createApp, type RunningApp } from './create-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

class InstantPort implements RunPort {
  onmessage: RunPort['onmessage'] = null;
  isClosed = false;
  private server: RunServer | null = null;

  postMessage(request: RunRequest): void {
    const { revision } = request;
    if (request.type === 'open') this.server = new RunServer(request.run, behaviours, structuredClone);
    else if (request.type === 'commands') this.server?.setCommands(request.commands, request.known);
    else if (request.type === 'want') this.server?.want(request.chunks, request.untilChunk);
    while (this.server !== null && !this.server.isIdle) {
      const { chunk, seconds } = this.server.next();
      if (seconds.length > 0) this.onmessage?.({ data: { type: 'seconds', revision, seconds } });
      if (chunk !== null) this.onmessage?.({ data: { type: 'chunk', revision, chunk } });
    }
  }

  terminate(): void {
    this.isClosed = true;
    this.server = null;
  }
}

class Pair {
  readonly lead: RunningApp;
  readonly port = new InstantPort();
  private nowMs = 0;
  private next: () => void = () => undefined;

  constructor(choice: BesideChoice | null) {
    const beat = { nowMs: () => this.nowMs, next: (callback: () => void) => (this.next = callback) };
    this.lead = createApp({ seed: 7, beat, keeper: null, port: new InstantPort(), analysisPort: null });
    this.frame();
    compareWith(this.lead, choice, { port: this.port, analysisPort: null });
    this.frame();
  }

  get beside(): App {
    const { app } = besideOf(this.lead).getState();
    if (app === null) throw new Error('nothing is compared');
    return app;
  }

  frame(): void {
    this.nowMs += 100;
    this.next();
  }

  at(seconds: number): this {
    this.lead.control.setPlaying(false);
    this.lead.control.seek(seconds * SECOND);
    for (let frame = 0; frame < 12; frame++) this.frame();
    return this;
  }

  targets(app: App): readonly string[] {
    return app.playback.getState().commands.map((command) => command.target);
  }

  notice(app: App): string {
    return app.hand.getState().notice ?? '';
  }
}

/** Digest of who comes when and asks for what, up to a second. */
function arrivalsOf(app: App, seconds: number): string {
  const digest = new Int32Array(DIGEST_WORDS);
  const run = { design: app.design.getState().design, seed: 7, commands: app.playback.getState().commands };
  const timeline = new Timeline(run, behaviours, structuredClone);
  let count = 0;
  for (let second = 0; second < seconds; second++) {
    const { atUs, purpose } = timeline.chunk(second).starts;
    for (let row = 0; row < atUs.length; row++) {
      if (purpose[row] === Purpose.Flood) continue;
      mixDigest(digest, atUs[row] as number, purpose[row] as number, count++);
    }
  }
  return `${count} ${digestText(digest)}`;
}

const design = builtInDesign('distributed', 'classroom');
const fall = comparedSettings(design).find((one) => one.id === 'fall');
const fallTwo: BesideChoice = { type: 'changed', changes: fall?.changes(2) ?? [], words: 'fall 2' };

const CHOICES: readonly (readonly [string, BesideChoice | null])[] = [
  ['the simple stack', { type: 'design', id: 'simple' }],
  ['fall 2 in place of 3', fallTwo],
  ['active-passive', otherMode(design)],
];

test('which setting is compared, and at which value, is read off the choice itself', () => {
  const settings = comparedSettings(design);
  expect(settings.length).toBeGreaterThan(5);
  for (const setting of settings) {
    const value = setting.value + 1;
    const choice: BesideChoice = { type: 'changed', changes: setting.changes(value), words: '' };
    expect(comparedBy(choice, settings)).toEqual({ setting, value });
  }
  expect(comparedBy(otherMode(design), settings)).toBe(null);
  expect(comparedBy({ type: 'as-opened' }, settings)).toBe(null);
});

describe.each(CHOICES)('the classic design with %s beside it', (_, choice) => {
  test('has the same arrivals on both sides, whatever is done to it', () => {
    const pair = new Pair(choice).at(6);
    kill.run(pair.lead, 'server1');
    FAULTS.flood.run(pair.at(15).lead, 'users');
    reconfigure.run(pair.at(25).lead, { target: 'users', patch: { rateRps: 9, writeShare: 0.5 } });
    const arrivals = arrivalsOf(pair.lead, 60);
    expect(Number.parseInt(arrivals, 10)).toBeGreaterThan(250);
    expect(arrivalsOf(pair.beside, 60)).toBe(arrivals);
    expect(pair.beside.design.getState().seed).toBe(pair.lead.design.getState().seed);
  });
});

describe('one fault for both', () => {
  test('given at the left, at the same moment, in the part that stands for it', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(6);
    kill.run(pair.lead, 'server1');
    expect(pair.targets(pair.lead)).toEqual(['server1']);
    expect(pair.beside.playback.getState().commands).toMatchObject([
      { atUs: 6 * SECOND, type: 'kill', target: 'server' },
    ]);
    pair.frame();
    expect(pair.beside.playback.getState().view?.hosts['server']?.state).toBe('down');
  });

  test('given at the right is done at the left too', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(6);
    kill.run(pair.beside, 'mysql');
    expect(pair.targets(pair.lead)).toEqual(['mysql1']);
    expect(pair.targets(pair.beside)).toEqual(['mysql']);
  });

  test('that the other side has no part for is said there', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(6);
    kill.run(pair.lead, 'lb');
    expect(pair.targets(pair.beside)).toEqual([]);
    expect(pair.notice(pair.beside)).toBe('The load balancer is not in this design: nothing was done here.');
  });

  test('is taken back on both sides by one undo', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(6);
    kill.run(pair.beside, 'server');
    undo.run(pair.beside);
    expect([...pair.targets(pair.lead), ...pair.targets(pair.beside)]).toEqual([]);
  });
});

describe('one setting changed', () => {
  test('stays as it was chosen, whatever is changed at the left', () => {
    const pair = new Pair(fallTwo).at(3);
    reconfigure.run(pair.lead, { target: 'haproxy', patch: { servers: { 0: { check: { fall: 5 } } } } });
    reconfigure.run(pair.lead, { target: 'haproxy', patch: { retries: 1 } });
    expect(pair.beside.playback.getState().commands.map((one) => one.type === 'reconfigure' && one.patch)).toEqual([
      { retries: 1 },
    ]);
  });

  test('the design as it was opened has none of the changes', () => {
    const pair = new Pair({ type: 'as-opened' }).at(3);
    reconfigure.run(pair.lead, { target: 'haproxy', patch: { retries: 1 } });
    kill.run(pair.lead, 'server1');
    expect(pair.targets(pair.beside)).toEqual(['server1']);
  });

  test('a smaller fall notices a death sooner', () => {
    const pair = new Pair(fallTwo).at(5);
    kill.run(pair.lead, 'server1');
    pair.at(20);
    const downUs = (app: App): number => {
      let lastUs = 0;
      app.frame.window.forEachStateChange(5 * SECOND, 20 * SECOND, ({ atUs }) => {
        lastUs = atUs;
      });
      return lastUs;
    };
    expect(downUs(pair.beside)).toBeGreaterThan(5 * SECOND);
    expect(downUs(pair.beside)).toBeLessThan(downUs(pair.lead));
  });
});

describe('one clock', () => {
  test('both sides look at the same moment, and the clock waits for both', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(6);
    expect(pair.beside.frame.playheadUs()).toBe(6 * SECOND);
    pair.lead.frame.waitFor(() => 6.05 * SECOND);
    pair.lead.control.setPlaying(true);
    for (let frame = 0; frame < 20; frame++) pair.frame();
    expect(pair.lead.control.now()).toBeLessThan(6.05 * SECOND);
  });

  test('closing lets the second run go', () => {
    const pair = new Pair(null);
    compare.run(pair.lead, null);
    expect(pair.port.isClosed).toBe(true);
    expect(besideOf(pair.lead).getState().app).toBe(null);
  });

  test('when the left opens what stands at the right, the right gives way', () => {
    const pair = new Pair({ type: 'design', id: 'simple' });
    pair.lead.control.open('simple', 'classroom');
    expect(pair.beside.design.getState().id).not.toBe('simple');
  });
});

describe('the difference', () => {
  test('is that of the two runs’ own counts, and says which is better', () => {
    const pair = new Pair({ type: 'design', id: 'simple' }).at(10);
    kill.run(pair.lead, 'server1');
    pair.at(40);
    const nowUs = 40 * SECOND;
    const side = (app: App): Side => ({
      window: app.frame.window,
      design: app.design.getState().design,
      findings: app.findings.getState(),
      p99Ms: null,
    });
    const fault = firstFaultOf(pair.lead.playback.getState().commands, nowUs);
    expect(fault).toEqual({ atUs: 10 * SECOND, noun: 'kill' });
    const rows = compareRows(side(pair.lead), side(pair.beside), fault, nowUs);
    const [answered, , silence] = rows;
    const { answered: first, retried, total } = pair.lead.frame.window.outcomes(10 * SECOND, nowUs);
    expect(answered).toMatchObject({ name: 'Answered since the kill', better: 0 });
    expect(answered?.cells[0]).toMatchObject({ text: String(first + retried), note: `of ${total}` });
    expect(silence?.better).toBe(0);
    expect(silence?.cells[1].text).toMatch(/^\d+ s, and still$/);
    expect(rows.at(-1)).toMatchObject({ name: 'Servers to pay for', better: 1, cells: [{ text: '3' }, { text: '1' }] });
  });
});

// The strip never lags the picture: while the run plays, its sentence is the one that belongs to a moment at most a tenth of a
// second (of the wall) behind the playhead, whatever was said before; after an act or a seek it is there in the same frame.
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { SECOND } from '../foundation/micros.ts';
import { RunServer } from '../timeline/run-server.ts';
import type { RunRequest } from '../workers/protocol.ts';
import type { RunPort } from '../workers/run-client.ts';
import { kill } from './actions/kill.ts';
import { repair } from './actions/repair.ts';
import { createApp, type RunningApp } from './create-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

class InstantPort implements RunPort {
  onmessage: RunPort['onmessage'] = null;
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
    this.server = null;
  }
}

const FRAME_MS = 16;
/** Two views are at most so far apart on the wall, and a frame. */
const MOST_BEHIND_MS = 95 + 2 * FRAME_MS;

class Stage {
  readonly app: RunningApp;
  private nowMs = 0;
  private next: () => void = () => undefined;

  constructor(seed: number) {
    const beat = { nowMs: () => this.nowMs, next: (callback: () => void) => (this.next = callback) };
    this.app = createApp({ seed, beat, keeper: null, port: new InstantPort(), analysisPort: null });
    this.frame();
  }

  frame(): void {
    this.nowMs += FRAME_MS;
    this.next();
  }

  get told(): { readonly nowUs: number; readonly narration: string } {
    const { nowUs = -1, narration = '' } = this.app.playback.getState().view ?? {};
    return { nowUs, narration };
  }
}

describe.each([1, 4, 9])('seed %i', (seed) => {
  test.each([1, 5])('played at speed %i through a death and a repair', (speed) => {
    const played = new Stage(seed);
    played.app.control.setSpeed(speed);
    const acts = [
      { atUs: 12 * SECOND, act: () => kill.run(played.app, 'server1') },
      { atUs: 27 * SECOND, act: () => repair.run(played.app, 'server1') },
    ];
    const heard: { nowUs: number; narration: string }[] = [];
    while (played.app.control.now() < 36 * SECOND) {
      if (played.app.control.now() >= (acts[0]?.atUs ?? Number.POSITIVE_INFINITY)) {
        acts.shift()?.act();
        played.frame();
        // Nothing is waited for after an act.
        expect(played.app.control.now() - played.told.nowUs).toBeLessThanOrEqual(speed * FRAME_MS * 1_000);
      }
      played.frame();
      const { told } = played;
      expect(played.app.control.now() - told.nowUs).toBeLessThanOrEqual(speed * MOST_BEHIND_MS * 1_000);
      if (told.nowUs !== heard.at(-1)?.nowUs) heard.push(told);
    }
    // Whoever goes straight to one of those moments is told the same.
    const sought = new Stage(seed);
    sought.app.control.setPlaying(false);
    for (const act of played.app.history.getState().done) sought.app.control.act(act);
    expect(new Set(heard.map(({ narration }) => narration)).size).toBeGreaterThan(5);
    for (const one of heard.filter((_, index) => index % 7 === 0)) {
      sought.app.control.seek(one.nowUs);
      sought.frame();
      expect(sought.told).toEqual(one);
    }
  });
});

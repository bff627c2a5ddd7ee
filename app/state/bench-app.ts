// The page's state without a page, for tests: the real engine behind a port that answers at once, and a clock that the test turns.
import { behaviours } from '../catalogue/kinds.ts';
import { SECOND } from '../foundation/micros.ts';
import { RunServer } from '../timeline/run-server.ts';
import type { RunRequest } from '../workers/protocol.ts';
import type { RunPort } from '../workers/run-client.ts';
import type { View } from './app.ts';
import { createApp, type RunningApp } from './create-app.ts';

/** The worker without the thread. */
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

export class Bench {
  readonly app: RunningApp;
  private nowMs = 0;
  private next: () => void = () => undefined;

  constructor(seed = 7) {
    const beat = { nowMs: () => this.nowMs, next: (callback: () => void) => (this.next = callback) };
    this.app = createApp({ seed, beat, keeper: null, port: new InstantPort(), analysisPort: null });
    this.frame(0);
  }

  frame(ms: number): void {
    this.nowMs += ms;
    this.next();
  }

  /** Lets the run go on to a moment, or goes back to it. */
  to(seconds: number): View {
    this.app.control.seek(seconds * SECOND);
    this.app.control.setPlaying(false);
    this.frame(100);
    this.frame(100);
    return this.view;
  }

  get view(): View {
    const { view } = this.app.playback.getState();
    if (view === null) throw new Error('there is no view yet');
    return view;
  }

  get refusal(): string | null {
    return this.app.hand.getState().refusal;
  }
}

// A page from its start for tests: what it opens with, its run with the real engine behind a port that answers at once, its keeper,
// and browsers' memories that are full, closed or broken.
import { behaviours } from '../catalogue/kinds.ts';
import { SECOND } from '../foundation/micros.ts';
import { fragmentOf } from '../platform/run-link.ts';
import { RunServer } from '../timeline/run-server.ts';
import type { RunRequest } from '../workers/protocol.ts';
import type { RunPort } from '../workers/run-client.ts';
import { kill } from './actions/kill.ts';
import type { App } from './app.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { compareWith } from './beside-room.ts';
import { createApp, type RunningApp } from './create-app.ts';
import type { Keeper, Keepers } from './remembered.ts';
import { RunKeeper, reopening } from './run-keeper.ts';
import { textOfRun } from './sharing.ts';

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

export class Memory implements Keeper {
  readonly kept = new Map<string, string>();
  room = Number.POSITIVE_INFINITY;
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new Error('QuotaExceededError');
    this.kept.set(key, value);
  }
}

export const memories = (shared = new Memory()): { own: Memory; shared: Memory } => ({ own: new Memory(), shared });

export class Page {
  readonly app: RunningApp;
  readonly port = new InstantPort();
  hash: string;
  private leave: () => void = () => undefined;
  private hashChanged: () => Promise<void> = async () => undefined;
  private nowMs = 0;
  private next: () => void = () => undefined;

  static async open(keepers: Keepers, hash = ''): Promise<Page> {
    return new Page(keepers, hash, await reopening(keepers, hash));
  }

  private constructor(keepers: Keepers, hash: string, opening: Awaited<ReturnType<typeof reopening>>) {
    const beat = { nowMs: () => this.nowMs, next: (callback: () => void) => (this.next = callback) };
    this.app = createApp({ seed: 4, beat, keeper: null, port: this.port, analysisPort: null, opening: opening.run });
    this.app.hand.setState({ notice: opening.notice });
    this.hash = hash;
    const page = {
      hash: () => this.hash,
      clearHash: () => (this.hash = ''),
      onHash: (changed: () => Promise<void>) => (this.hashChanged = changed),
      onLeave: (leaving: () => void) => (this.leave = leaving),
      soon: (work: () => void) => work(),
      compare: (choice: BesideChoice) => this.compare(choice),
    };
    if (opening.beside !== null) page.compare(opening.beside);
    new RunKeeper(this.app, keepers, page, opening.isVisit);
    this.frame();
  }

  frame(): void {
    this.nowMs += 100;
    this.next();
  }

  compare(choice: BesideChoice): this {
    compareWith(this.app, choice, { port: new InstantPort(), analysisPort: null });
    this.frame();
    return this;
  }

  /** The run beside, or null. */
  get beside(): App | null {
    return besideOf(this.app).getState().app;
  }

  at(seconds: number): this {
    this.app.control.setPlaying(false);
    this.app.control.seek(seconds * SECOND);
    this.frame();
    return this;
  }

  killed(target: string): this {
    kill.run(this.app, target);
    this.frame();
    return this;
  }

  close(): void {
    this.leave();
    this.app.stop();
  }

  async follow(hash: string): Promise<void> {
    this.hash = hash;
    await this.hashChanged();
    this.frame();
  }

  async link(): Promise<string> {
    return `#${await fragmentOf(textOfRun(this.app))}`;
  }

  get acts(): readonly string[] {
    return this.app.history.getState().done.map((act) => act.label);
  }

  get notice(): string {
    return this.app.hand.getState().notice ?? '';
  }
}

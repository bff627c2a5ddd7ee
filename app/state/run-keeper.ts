// Keeps the reader's run: it survives a reload, and a link that is opened never takes its place. What a link brings becomes
// the reader's own with the first act in it; the run before is kept then, one act away.
import type { OpenedRun } from '../exchange/link.ts';
import { isRunLink, runOfHash, runOfText } from '../platform/run-link.ts';
import type { App, RunToOpen } from './app.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { type Keepers, RUN_KEY } from './remembered.ts';
import { besideIn, textOfRun, toOpen, welcome, wrongWords } from './sharing.ts';
import { visitOf } from './visit.ts';

/** Whether it played; the runs left for another, newest last; and what could not be read. */
const PLAYS_KEY = 'spofcheck.plays';
const BEFORE_KEY = 'spofcheck.runs-before';
const UNREAD_KEY = 'spofcheck.run.unread';
const MOST_BEFORE = 20;

export interface Opening {
  readonly run: RunToOpen | null;
  /** What stands beside it, or null. */
  readonly beside: BesideChoice | null;
  readonly notice: string | null;
  readonly isVisit: boolean;
}

/** What to begin with: the run of the address, else the reader's last one, else what is built in. Throws nothing. */
export async function reopening(keepers: Keepers, hash: string): Promise<Opening> {
  const own = lastRun(keepers);
  if (!isRunLink(hash)) return { ...own, isVisit: false };
  const linked = await runOfHash(hash);
  if (linked.ok) {
    const { value } = linked;
    return { run: toOpen(value, false), beside: besideIn(value), notice: welcome(value), isVisit: true };
  }
  const instead = own.run === null ? 'Here is design 2 instead.' : 'Here is your own last run instead.';
  return { ...own, notice: `${CANNOT} ${instead} ${wrongWords(linked.problems)}`, isVisit: false };
}

const CANNOT = 'This link holds a design that Spofcheck cannot read.';

function lastRun(keepers: Keepers): Omit<Opening, 'isVisit'> {
  const text = read(keepers.own, RUN_KEY) ?? read(keepers.shared, RUN_KEY);
  if (text === null) return { run: null, beside: null, notice: null };
  const kept = runOfText(text);
  if (kept.ok) {
    const plays = read(keepers.own, PLAYS_KEY) === 'yes';
    return { run: toOpen(kept.value, plays), beside: besideIn(kept.value), notice: null };
  }
  write(keepers.shared, UNREAD_KEY, text);
  const notice = `Your last run cannot be read. Here is design 2 instead. ${wrongWords(kept.problems)} It stays in this browser, under ${UNREAD_KEY}.`;
  return { run: null, beside: null, notice };
}

function read(keeper: Keepers['own'], key: string): string | null {
  try {
    return keeper?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(keeper: Keepers['own'], key: string, text: string): boolean {
  try {
    keeper?.setItem(key, text);
    return keeper !== null;
  } catch {
    return false;
  }
}

/** The page, as far as this file needs it: its address, and the moments at which it may be left. */
export interface Surroundings {
  hash(): string;
  /** Takes the run out of the address: what is open is no longer what the link holds. */
  clearHash(): void;
  onHash(changed: () => Promise<void>): void;
  /** The page may be gone after this: every so often, and when it is hidden. */
  onLeave(leaving: () => void): void;
  /** Puts another design beside the run. */
  compare(choice: BesideChoice): void;
  /** Does it when what a person did has been drawn: writing a large design takes longer than a frame. */
  soon(work: () => void): void;
}

export class RunKeeper {
  private readonly app: App;
  private readonly keepers: Keepers;
  private readonly page: Surroundings;
  private isVisit: boolean;
  /** The reader's own run as it was left for a link. Without a keeper this is all there is. */
  private left: string | null = null;
  private before: string[];
  private written = '';
  private hasComplained = false;

  constructor(app: App, keepers: Keepers, page: Surroundings, isVisit: boolean) {
    this.app = app;
    this.keepers = keepers;
    this.page = page;
    this.isVisit = isVisit;
    this.before = textsOf(read(keepers.shared, BEFORE_KEY));
    if (isVisit) this.left = read(keepers.own, RUN_KEY) ?? read(keepers.shared, RUN_KEY);
    visitOf(app).setState({ goBack: () => this.goBack(), keepAside: () => this.keepAside() });
    this.showWay();
    app.history.subscribe(() => this.changed());
    app.design.subscribe((state, last) => {
      if (state.design !== last.design || state.seed !== last.seed) this.changed();
    });
    page.onLeave(() => this.keep());
    page.onHash(() => this.follow());
  }

  /** The reader has done something: what is open is theirs from now on. */
  private changed(): void {
    if (this.isOpening) return;
    if (this.isVisit) {
      this.isVisit = false;
      this.page.clearHash();
      if (this.left !== null) this.push(this.left);
      this.left = null;
      this.showWay();
    }
    this.page.soon(() => this.keep());
  }

  private isOpening = false;

  private open(run: OpenedRun, isVisit: boolean): void {
    this.isOpening = true;
    besideOf(this.app).getState().close();
    this.app.control.openRun(toOpen(run, false));
    this.isOpening = false;
    const beside = besideIn(run);
    if (beside !== null) this.page.compare(beside);
    this.isVisit = isVisit;
    this.showWay();
  }

  /** A link was put into the address of the open page. */
  private async follow(): Promise<void> {
    const hash = this.page.hash();
    if (!isRunLink(hash)) return;
    const linked = await runOfHash(hash);
    const { hand } = this.app;
    if (!linked.ok) {
      this.page.clearHash();
      hand.setState({ notice: `${CANNOT} What was open stays open. ${wrongWords(linked.problems)}` });
      return;
    }
    this.visit(linked.value);
  }

  private visit(run: OpenedRun): void {
    if (!this.isVisit) {
      this.keep();
      this.left = textOfRun(this.app);
    }
    this.open(run, true);
    this.app.hand.setState({ notice: welcome(run) });
  }

  /** To the run that was left; what is open now is kept in its place. */
  private goBack(): void {
    const wasVisit = this.isVisit;
    const text = wasVisit ? this.left : (this.before.at(-1) ?? null);
    const run = text === null ? null : runOfText(text);
    const now = textOfRun(this.app);
    if (run !== null && !run.ok) {
      this.app.hand.setState({ refusal: `The run before cannot be read. ${wrongWords(run.problems)}` });
      return;
    }
    if (!wasVisit) this.before.pop();
    this.push(now);
    this.left = null;
    this.page.clearHash();
    if (run === null) {
      besideOf(this.app).getState().close();
      this.app.control.open('distributed', 'classroom');
    } else this.open(run.value, false);
    this.isVisit = false;
    this.showWay();
    this.keep();
    this.app.hand.setState({ notice: 'This is your run as you left it. The other one is kept.' });
  }

  /** What a link brought is in the address: only the reader's own run needs keeping. */
  private keepAside(): void {
    if (this.isVisit) return;
    this.push(textOfRun(this.app));
    this.showWay();
  }

  private push(text: string): void {
    this.before = [...this.before.filter((one) => one !== text), text].slice(-MOST_BEFORE);
    this.complainUnless(write(this.keepers.shared, BEFORE_KEY, JSON.stringify(this.before)));
  }

  private showWay(): void {
    const way = this.isVisit ? 'Back to my run' : this.before.length > 0 ? 'Back to the run before' : null;
    visitOf(this.app).setState({ way });
  }

  private keep(): void {
    if (this.isVisit) return;
    const { own, shared } = this.keepers;
    const text = textOfRun(this.app);
    write(own, PLAYS_KEY, this.app.playback.getState().playing ? 'yes' : 'no');
    if (text === this.written) return;
    this.written = text;
    write(own, RUN_KEY, text);
    if (this.isWork()) this.complainUnless(write(shared, RUN_KEY, text));
  }

  /** Another visit begins anew where nothing was done; a reload never does. */
  private isWork(): boolean {
    const isTouched = this.app.history.getState().done.length > 0 || this.app.design.getState().id !== 'distributed';
    return isTouched || read(this.keepers.shared, RUN_KEY) !== null;
  }

  /** Once: the page works all the same. A browser that keeps nothing at all was told to do so. */
  private complainUnless(isWritten: boolean): void {
    if (isWritten || this.hasComplained || this.keepers.shared === null) return;
    this.hasComplained = true;
    const notice = 'This browser has no room left: your run will not survive a reload. Share keeps it as a link.';
    this.app.hand.setState({ notice });
  }
}

function textsOf(kept: string | null): string[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

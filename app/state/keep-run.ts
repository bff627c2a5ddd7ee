// Starts to keep the reader's run on this page: what the keeper must know of the browser.
import { compare } from './actions/compare.ts';
import type { App } from './app.ts';
import type { BesideChoice } from './beside.ts';
import type { Keepers } from './remembered.ts';
import { type Opening, RunKeeper } from './run-keeper.ts';

/** The moment is kept this often; what is done is kept as soon as it is drawn, or the page is left. */
const EVERY_MS = 2_000;
const SOON_MS = 250;

/** What the page began with, and the address's fragment as it was read: one that has been put there since is followed at once. */
export interface Begun {
  readonly opening: Pick<Opening, 'isVisit' | 'beside'> | null;
  readonly openedWith: string;
}

export function keepRun(app: App, keepers: Keepers, { opening, openedWith }: Begun): RunKeeper {
  const page = {
    compare: (choice: BesideChoice) => compare.run(app, choice),
    hash: () => location.hash,
    clearHash: () => history.replaceState(null, '', location.pathname + location.search),
    onHash: (changed: () => Promise<void>) => {
      addEventListener('hashchange', changed);
      if (location.hash !== openedWith) void changed();
    },
    onLeave: (leaving: () => void) => {
      addEventListener('pagehide', leaving);
      document.addEventListener('visibilitychange', leaving);
      setInterval(leaving, EVERY_MS);
    },
    soon: (work: () => void) => {
      setTimeout(work, SOON_MS);
    },
  };
  if (opening !== null && opening.beside !== null) page.compare(opening.beside);
  return new RunKeeper(app, keepers, page, opening?.isVisit ?? false);
}

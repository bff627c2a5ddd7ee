// Starts to keep the reader's run on this page: what the keeper must know of the browser.
import type { App } from './app.ts';
import type { Keepers } from './remembered.ts';
import { RunKeeper } from './run-keeper.ts';

/** The moment is kept this often; what is done is kept as soon as it is drawn, or the page is left. */
const EVERY_MS = 2_000;
const SOON_MS = 250;

/** `openedWith`: the address's fragment as the page read it. One that has been put there since is followed at once. */
export function keepRun(app: App, keepers: Keepers, isVisit: boolean, openedWith: string): RunKeeper {
  const page = {
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
  return new RunKeeper(app, keepers, page, isVisit);
}

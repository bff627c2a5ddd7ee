// The composition root: the only file that knows everything. Builds the state, hands it to React, and shows the shell.
import './ui/tokens.css';
import './ui/base.css';
import './shell.css';
import './panels/projector.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Canvas } from './canvas/canvas.tsx';
import { NarrationStrip } from './panels/narration-strip.tsx';
import { SidePanel } from './panels/side-panel.tsx';
import { TopBar } from './panels/top-bar.tsx';
import { Tray } from './panels/tray.tsx';
import { wearSettings } from './panels/wishes.ts';
import type { App } from './state/app.ts';
import { besideOf } from './state/beside.ts';
import { blastOf } from './state/blast.ts';
import { createApp } from './state/create-app.ts';
import { hasRun, type Keepers } from './state/remembered.ts';
import type { Opening } from './state/run-keeper.ts';
import { AppProvider, useApp, useStoreValue } from './ui/app-context.tsx';

declare module './ui/app-context.tsx' {
  interface Register {
    readonly app: App;
  }
}

/** Time travel comes right after the first picture: there is no time to travel in yet. */
const TokenDrag = lazy(async () => ({ default: (await import('./canvas/gestures/token-drag.ts')).TokenDrag }));
const BlastRadius = lazy(async () => ({ default: (await import('./panels/blast-radius.tsx')).BlastRadius }));
const Compare = lazy(async () => ({ default: (await import('./panels/compare.tsx')).Compare }));
const Timeline = lazy(async () => ({ default: (await import('./panels/timeline.tsx')).Timeline }));

const Inquiry = lazy(async () => ({ default: (await import('./panels/inquiry.tsx')).Inquiry }));

/** Every visit is the same run: a class sees what its teacher sees. */
const SEED = 4;

function Shell() {
  const app = useApp();
  const isCompared = useStoreValue(besideOf(app), (beside) => beside.app !== null);
  const isBlast = useStoreValue(blastOf(app), (blast) => blast.isOpen);
  return (
    <main className="app" data-compared={isCompared}>
      <TopBar />
      {isBlast && (
        <Suspense>
          <BlastRadius />
        </Suspense>
      )}
      <Tray />
      <Suspense>
        <TokenDrag />
      </Suspense>
      <Canvas label={isCompared ? 'Diagram at the left' : 'Diagram'} />
      {isCompared ? (
        <Suspense>
          <Compare diagram={<Canvas label="Diagram at the right" />} />
        </Suspense>
      ) : (
        <>
          <NarrationStrip />
          <Suspense fallback={<div className="timeline" />}>
            <Timeline />
          </Suspense>
          <SidePanel />
          <InquiryRoom />
        </>
      )}
    </main>
  );
}

/** Comes with the first look into something. */
function InquiryRoom() {
  const app = useApp();
  const isOpen = useStoreValue(app.inquiry, (inquiry) => inquiry.page !== null);
  return (
    isOpen && (
      <Suspense>
        <Inquiry />
      </Suspense>
    )
  );
}

function keeper(storage: () => Storage): Storage | null {
  try {
    return storage();
  } catch {
    return null;
  }
}

const KEEPERS: Keepers = { own: keeper(() => sessionStorage), shared: keeper(() => localStorage) };

/** What a person does to the page, or to its window. */
const STIRS = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchstart', 'resize', 'focus'] as const;

/** Calls back after `ms`, or sooner when a person does something. */
function rest(callback: (byPerson: boolean) => void, ms: number): () => void {
  const end = () => {
    clearTimeout(timer);
    for (const stir of STIRS) removeEventListener(stir, stirred, true);
  };
  const timer = setTimeout(() => {
    end();
    callback(false);
  }, ms);
  const stirred = () => {
    end();
    callback(true);
  };
  for (const stir of STIRS) addEventListener(stir, stirred, { capture: true, passive: true });
  return end;
}

function show(root: HTMLElement, opening: Opening | null, openedWith: string): void {
  const beat = {
    nowMs: () => performance.now(),
    next: (callback: () => void) => {
      requestAnimationFrame(callback);
    },
    rest,
  };
  const app = createApp({ seed: SEED, beat, keeper: KEEPERS.shared, opening: opening?.run ?? null });
  if (opening !== null) app.hand.setState({ notice: opening.notice });
  wearSettings(app);
  createRoot(root).render(
    <StrictMode>
      <AppProvider app={app}>
        <Shell />
      </AppProvider>
    </StrictMode>,
  );
  // The keys come after the first picture. Who is quicker is heard all the same.
  const early: KeyboardEvent[] = [];
  const hold = (event: KeyboardEvent): unknown => early.push(event);
  document.addEventListener('keydown', hold);
  import('./panels/keyboard.ts').then(
    ({ listenToKeys }) => {
      document.removeEventListener('keydown', hold);
      listenToKeys(app);
      for (const event of early) event.target?.dispatchEvent(new KeyboardEvent('keydown', event));
    },
    () => document.removeEventListener('keydown', hold), // offline: the page works by pointer
  );
  import('./state/keep-run.ts').then(
    ({ keepRun }) => keepRun(app, KEEPERS, { opening, openedWith }),
    () => undefined, // offline: this run lasts as long as the page
  );
}

/** A run that is to be opened comes first, so that nothing else is seen before it. */
async function openingRun(): Promise<Opening | null> {
  if (location.hash === '' && !hasRun(KEEPERS)) return null;
  const { reopening } = await import('./state/run-keeper.ts');
  return reopening(KEEPERS, location.hash);
}

const root = document.getElementById('root');
if (root) {
  const openedWith = location.hash;
  openingRun().then(
    (opening) => show(root, opening, openedWith),
    () => show(root, null, openedWith),
  );
}

// The strip below the diagram: the one sentence that matters now. What a person just tried and could not do comes first.
import './narration-strip.css';
import { useEffect, useRef, useState } from 'react';
import { formatClock } from '../foundation/micros.ts';
import { reload } from '../state/actions/choose-design.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { computingWords } from '../state/computing.ts';
import { readyWords } from '../state/fault-tools.ts';
import { overlayOf } from '../state/overlay.ts';
import { hostWords } from '../state/truth.ts';
import { visitOf } from '../state/visit.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { byTouch } from '../ui/by-touch.ts';
import { Announcer } from './announcer.ts';
import { Pace } from './pace.ts';
import { Clock } from './top-bar.tsx';
import { WayBack } from './way-back.tsx';

const GO_BACK_US = 5_000_000;

export function NarrationStrip() {
  const app = useApp();
  const sentence = useSentence(app);
  const isRefusal = useStoreValue(app.hand, (hand) => hand.refusal !== null);
  const isStopped = useStoreValue(app.playback, (playback) => playback.stopped !== null);
  const way = useStoreValue(visitOf(app), (visit) => visit.way);
  const pace = usePace(app);
  const isStretched = useStoreValue(overlayOf(app), (overlay) => overlay.stretched);
  return (
    <section className="narration" aria-label="Narration" data-refusal={isRefusal}>
      <Clock />
      <p>{sentence}</p>
      {isStopped && (
        <span className="narration-ways">
          <button type="button" className="button" onClick={() => reload.run(app)}>
            Reload
          </button>
          <button type="button" className="button" onClick={() => seek.run(app, app.control.now() - GO_BACK_US)}>
            Go back 5 s
          </button>
        </span>
      )}
      {!isStopped && way !== null && (
        <span className="narration-ways">
          <WayBack />
        </span>
      )}
      {pace !== '' && <small>{`runs at ${pace}: the computer cannot keep up`}</small>}
      {pace === '' && isStretched && <small>drawn slower than real</small>}
      <Announcements />
    </section>
  );
}

/** `20×` while the computer cannot keep up with the chosen speed, else empty. */
function usePace(app: App): string {
  const [word, setWord] = useState('');
  useEffect(() => {
    const pace = new Pace();
    return app.frame.onFrame(() => {
      const { playing, speed } = app.playback.getState();
      setWord(pace.at({ nowMs: performance.now(), playheadUs: app.frame.playheadUs(), speed, playing }));
    });
  }, [app]);
  return word;
}

/** A refusal, what stopped the run, a ready fault, a notice, how far the run is computed, else the narration. */
function useSentence(app: App): string {
  const refusal = useStoreValue(app.hand, (hand) => hand.refusal);
  const armed = useStoreValue(app.hand, (hand) => hand.armed);
  const notice = useStoreValue(app.hand, (hand) => hand.notice);
  const stopped = useStoreValue(app.playback, (playback) => playback.stopped);
  const narration = useStoreValue(app.playback, (playback) => playback.view?.narration ?? '');
  const first = useStoreValue(app.hand, (hand) => hand.first);
  const design = useStoreValue(app.design, (state) => state.design);
  const computing = useStoreValue(app.playback, (playback) => playback.computing);
  const ready = armed === null ? null : readyWords(armed, first === null ? null : hostWords(design, first), byTouch());
  return refusal ?? stopped ?? ready ?? notice ?? (computing === null ? narration : computingWords(computing));
}

/** Two live regions: the polite one is throttled, the other speaks of death at once. Filled outside React. */
function Announcements() {
  const app = useApp();
  const polite = useRef<HTMLParagraphElement>(null);
  const assertive = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const announcer = new Announcer();
    const say = (region: HTMLElement | null, words: string): void => {
      if (region !== null) region.textContent = words;
    };
    const unsubscribe = [
      app.playback.subscribe((state, before) => {
        if (state.view?.narration !== before.view?.narration) announcer.offer(state.view?.narration ?? '');
        if (state.computing !== null && before.computing === null) announcer.offer(computingWords(state.computing));
        if (state.view?.alarm !== before.view?.alarm) say(assertive.current, state.view?.alarm ?? '');
        if (!state.playing && before.playing) announcer.offer(pauseSummary(app));
      }),
      app.hand.subscribe((state, before) => {
        const sentence = state.refusal ?? state.notice;
        if (sentence !== null && sentence !== (before.refusal ?? before.notice)) say(assertive.current, sentence);
      }),
      app.frame.onFrame(() => {
        const words = announcer.next(performance.now());
        if (words !== null) say(polite.current, words);
      }),
    ];
    return () => {
      for (const stop of unsubscribe) stop();
    };
  }, [app]);
  return (
    <>
      <p ref={polite} className="unseen" role="status" />
      <p ref={assertive} className="unseen" role="alert" />
    </>
  );
}

/** `Paused at 00:31.4. Server 1 is dead. Server 1 is UP 1/3. 16 of 176 requests failed ${view.since.title.toLowerCase()}.` */
function pauseSummary(app: App): string {
  const { view } = app.playback.getState();
  const paused = `Paused at ${formatClock(app.frame.playheadUs())}.`;
  if (view === null) return paused;
  if (view.since === null) return `${paused} ${view.narration}`;
  const { counts, statements } = view.since;
  const facts = statements.slice(0, 2).map((statement) => `${statement.text}.`);
  return [paused, ...facts, `${counts.failed} of ${counts.total} requests failed since the kill.`].join(' ');
}

// The table behind the charts: the stretch that the timeline shows, in words and numbers, with its sum. For those who do not
// see the charts it is always there; a button shows it to everybody. Renewed when the run stands still, and now and then.
import { useEffect, useState } from 'react';
import { formatClock, formatDuration, type Micros, SECOND } from '../foundation/micros.ts';
import { timeViewOf } from '../state/time-view.ts';
import { type Bin, binOf, binsOf } from '../timeline/second-bins.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

/** So many rows are read at most. */
const MOST_ROWS = 60;
const BINS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
const RENEW_MS = 3_000;

interface Stretch {
  readonly bins: readonly Bin[];
  readonly sum: Bin;
}

export function TimelineTable({ isShown }: { readonly isShown: boolean }) {
  const { bins, sum } = useStretch();
  const range = `${clock(sum.fromUs)} to ${clock(sum.untilUs)}`;
  return (
    <section
      className={isShown ? 'timeline-table' : 'unseen'}
      aria-label="Figures of the timeline"
      tabIndex={isShown ? 0 : -1}
    >
      <table>
        <caption>Answers, latency, errors and lag, {range}</caption>
        <thead>
          <tr>
            {['From', 'Right away', 'Second try', 'Failed', 'Waiting at its end', 'p50', 'p99', 'Writes behind'].map(
              (head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <Row key={bin.fromUs} bin={bin} head={clock(bin.fromUs)} />
          ))}
        </tbody>
        <tfoot>
          <Row bin={sum} head="In all" />
        </tfoot>
      </table>
    </section>
  );
}

function Row({ bin, head }: { readonly bin: Bin; readonly head: string }) {
  return (
    <tr>
      <th scope="row">{head}</th>
      <td>{bin.answered}</td>
      <td>{bin.retried}</td>
      <td>{bin.failed}</td>
      <td>{bin.waiting}</td>
      <td>{latency(bin.p50Us)}</td>
      <td>{latency(bin.p99Us)}</td>
      <td>{bin.behind}</td>
    </tr>
  );
}

const clock = (us: Micros): string => formatClock(us).slice(0, -2);
const latency = (us: Micros | null): string => (us === null ? '' : formatDuration(Math.round(us)));

/** What the charts show up to the playhead, whole seconds only. */
function useStretch(): Stretch {
  const app = useApp();
  const isPlaying = useStoreValue(app.playback, (playback) => playback.playing);
  const commands = useStoreValue(app.playback, (playback) => playback.commands);
  const pausedUs = useStoreValue(app.playback, (playback) => (playback.playing ? -1 : (playback.view?.nowUs ?? 0)));
  const view = useStoreValue(timeViewOf(app), (state) => state);
  const [, renew] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => renew((count) => count + 1), RENEW_MS);
    return () => clearInterval(timer);
  }, []);
  const [shown, setShown] = useState<Stretch | null>(null);
  const known = app.frame.window.seconds;
  const tick = isPlaying ? Math.floor(app.frame.playheadUs() / RENEW_MS / 1_000) : pausedUs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the seconds are read when one of these has changed
  useEffect(() => {
    const { window } = app.frame;
    const untilS = Math.min(
      Math.floor(app.frame.playheadUs() / SECOND),
      Math.ceil((view.fromUs + view.spanUs) / SECOND),
    );
    const binS = BINS_S.find((seconds) => view.spanUs / SECOND / seconds <= MOST_ROWS) ?? 3_600;
    const fromS = Math.floor(view.fromUs / SECOND / binS) * binS;
    const end = Math.max(fromS, Math.min(untilS, window.seconds));
    setShown({ bins: binsOf(window, fromS, end, binS), sum: binOf(window, fromS, end) });
  }, [app, view, commands, tick, known]);
  return shown ?? { bins: [], sum: binOf(app.frame.window, 0, 0) };
}

// The explanation: five points in a few sentences each, and a button that shows each on the running diagram.
import './explanation-tab.css';
import { Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Design } from '../design/design.ts';
import { playLesson, stopLesson } from '../state/actions/lesson.ts';
import type { TaughtPoint } from '../state/lesson-player.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

/** The lessons come with their player, not with the page. */
export function ExplanationTab({ taughtOn }: { readonly taughtOn: (design: Design) => readonly TaughtPoint[] }) {
  const app = useApp();
  const design = useStoreValue(app.design, (state) => state.design);
  return (
    <ol className="explanation">
      {taughtOn(design).map((lesson) => (
        <Point key={lesson.point} lesson={lesson} />
      ))}
    </ol>
  );
}

function Point({ lesson }: { readonly lesson: TaughtPoint }) {
  const app = useApp();
  const step = useStoreValue(app.settings, (settings) =>
    settings.lesson?.point === lesson.point ? settings.lesson.step : 0,
  );
  const row = useRef<HTMLLIElement>(null);
  const isPlaying = step > 0;
  useEffect(() => {
    if (isPlaying) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isPlaying]);
  return (
    <li ref={row} className={isPlaying ? 'point playing' : 'point'}>
      <h3>
        <i>{lesson.point}</i>
        {lesson.title}
      </h3>
      <p>{lesson.text}</p>
      <div className="point-play">
        {isPlaying ? (
          <>
            <button type="button" className="button filled" onClick={() => stopLesson.run(app)}>
              <Square size={14} aria-hidden="true" />
              Stop
            </button>
            <Steps step={step} of={lesson.steps ?? 0} />
          </>
        ) : lesson.steps === null ? (
          <span>To be seen in design 2.</span>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={`Show me: ${lesson.title}`}
            onClick={() => playLesson.run(app, lesson.point)}
          >
            <Play size={14} aria-hidden="true" />
            Show me
          </button>
        )}
      </div>
    </li>
  );
}

function Steps({ step, of }: { readonly step: number; readonly of: number }) {
  return (
    <>
      <span>{`step ${step} of ${of}`}</span>
      <svg
        className="blocks"
        width={of * 15}
        height="8"
        viewBox={`0 0 ${of * 15} 8`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {Array.from({ length: of }, (_, index) => index).map((index) => (
          <rect
            key={index}
            className={index < step ? 'block done' : 'block'}
            x={index * 15 + 0.75}
            y="0.75"
            width="12"
            height="6"
          />
        ))}
      </svg>
    </>
  );
}

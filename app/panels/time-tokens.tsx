// What a person did, on the timeline's track: a token each, and a bar as long as a fault lasted. A token is dragged to another
// moment, moved by the arrow keys, deleted; a press goes there. Not needed for the first picture.
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { iconPath } from '../drawing/icons.ts';
import { formatClock, type Micros, MS, SECOND } from '../foundation/micros.ts';
import { actOn } from '../state/actions/lesson.ts';
import { deleteFromRun, moveInTime } from '../state/actions/retime.ts';
import { seek } from '../state/actions/transport.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { byTouch } from '../ui/by-touch.ts';
import { LineIcon } from '../ui/line-icon.tsx';
import type { Scale } from './timeline-frames.ts';
import { nextOf, type TimelineToken, type TokenGroup, tokenGroups, tokensOf } from './timeline-tokens.ts';

/** Less than this is a press that shook. */
const SHAKE_PX = 4;

const NO_FAULT = 'Drag a fault onto a part to begin.';
const NO_FAULT_BY_TOUCH = 'Tap a fault, then a part to begin.';

export function TimeTokens(scale: Scale) {
  const app = useApp();
  const commands = useStoreValue(app.playback, (playback) => playback.commands);
  const design = useStoreValue(app.design, (state) => state.design);
  const tokens = useMemo(() => tokensOf(design, commands), [design, commands]);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const away = (event: Event) => {
      if ((event.target as Element).closest('.time-token, .time-token-ways') === null) setChosen(null);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, []);
  if (tokens.length === 0) return <span className="no-tokens">{byTouch() ? NO_FAULT_BY_TOUCH : NO_FAULT}</span>;
  const untilUs = scale.fromUs + scale.spanUs;
  const shown = tokens.filter((token) => token.atUs >= scale.fromUs && token.atUs <= untilUs);
  const groups = tokenGroups(shown, (scale.width * SECOND) / scale.spanUs);
  return (
    <>
      {tokens.map((token) => (
        <Duration key={`${token.atUs} ${token.text}`} token={token} scale={scale} />
      ))}
      {keysOf(groups).map(([key, group], index) => (
        <Token
          key={key}
          group={group}
          scale={scale}
          isLast={index === groups.length - 1}
          isChosen={chosen === key}
          choose={(is) => setChosen(is ? key : null)}
        />
      ))}
    </>
  );
}

/** Keys that stay when an act is moved, so that it keeps the focus. */
function keysOf(groups: readonly TokenGroup[]): readonly (readonly [string, TokenGroup])[] {
  const seen = new Map<string, number>();
  return groups.map((group) => {
    const { text } = group[0];
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return [`${text} ${count}`, group];
  });
}

interface TokenProps {
  readonly group: TokenGroup;
  readonly scale: Scale;
  readonly isLast: boolean;
  readonly isChosen: boolean;
  choose(is: boolean): void;
}

/** One act, or several that stand too close: each press goes on to the next of them, and they move together. */
function Token({ group, scale, isLast, isChosen, choose }: TokenProps) {
  const app = useApp();
  const [first] = group;
  const newest = group.at(-1) ?? first;
  const words = group.map((token) => `${token.text}, ${whenWords(token)}`);
  const commands = group.map((token) => token.command);
  const { byUs, wasDragged, handlers } = useDragInTime(scale, (us) => actOn(app, moveInTime, { commands, byUs: us }));
  const { icon } = group.find((token) => token.icon !== 'wrench') ?? first;
  const atUs = Math.max(0, first.atUs + (byUs ?? 0));
  const pressed = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? SECOND : 100 * MS;
    const by = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0;
    if (by !== 0) actOn(app, moveInTime, { commands, byUs: by, stepwise: true });
    else if (event.key === 'Delete' || event.key === 'Backspace') actOn(app, deleteFromRun, commands);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        type="button"
        className="time-token"
        data-dragged={byUs !== null}
        style={{ left: place(atUs, scale) }}
        aria-label={`${words.join('; ')}. Go there`}
        aria-description="Left and right move it, Delete takes it out of the run"
        title={`${words.join('\n')}\nDrag it to another moment`}
        onKeyDown={pressed}
        {...handlers}
        onClick={() => {
          if (wasDragged()) return;
          choose(true);
          seek.run(app, nextOf(group, app.control.now()));
        }}
      >
        <span>
          <LineIcon d={iconPath(icon)} size={14} />
          {group.length > 1 && <i>{group.length}</i>}
        </span>
        {byUs !== null && <em className="time-token-clock">{formatClock(atUs)}</em>}
        {byUs === null && isLast && newest.untilUs === null && <em>{newest.text}</em>}
      </button>
      {isChosen && byUs === null && <Ways commands={commands} atUs={atUs} scale={scale} close={() => choose(false)} />}
    </>
  );
}

interface WaysProps {
  readonly commands: readonly TimelineToken['command'][];
  readonly atUs: Micros;
  readonly scale: Scale;
  close(): void;
}

/** The same by taps: under the token that was pressed last. */
function Ways({ commands, atUs, scale, close }: WaysProps) {
  const app = useApp();
  const move = (byUs: Micros) => actOn(app, moveInTime, { commands, byUs, stepwise: true });
  const isRight = (atUs - scale.fromUs) / scale.spanUs > 0.6;
  return (
    <span className="time-token-ways" data-right={isRight} style={{ left: place(atUs, scale) }}>
      <button type="button" onClick={() => move(-SECOND)}>
        1 s earlier
      </button>
      <button type="button" onClick={() => move(SECOND)}>
        1 s later
      </button>
      <button
        type="button"
        onClick={() => {
          close();
          actOn(app, deleteFromRun, commands);
        }}
      >
        Delete
      </button>
    </span>
  );
}

/** A drag along the track: how far, while it lasts. */
function useDragInTime({ spanUs, width }: Scale, dropped: (byUs: Micros) => void) {
  const [byUs, setByUs] = useState<Micros | null>(null);
  const fromX = useRef<number | null>(null);
  const dragged = useRef(false);
  const grainUs = spanUs > 10 * SECOND ? 100 * MS : 10 * MS;
  const byOf = (event: PointerEvent): Micros =>
    Math.round((((event.clientX - (fromX.current ?? 0)) / width) * spanUs) / grainUs) * grainUs;
  const end = (): void => {
    fromX.current = null;
    setByUs(null);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      [fromX.current, dragged.current] = [event.clientX, false];
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (fromX.current === null) return;
      if (Math.abs(event.clientX - fromX.current) > SHAKE_PX) dragged.current = true;
      if (dragged.current) setByUs(byOf(event));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (fromX.current !== null && dragged.current) dropped(byOf(event));
      end();
    },
    onPointerCancel: end,
  };
  /** Said once: the click that follows a drag is none. */
  const wasDragged = (): boolean => {
    const was = dragged.current;
    dragged.current = false;
    return was;
  };
  return { byUs, wasDragged, handlers };
}

/** `at 00:12.0`, `00:12.0 to 00:19.0`. */
const whenWords = ({ atUs, untilUs }: TimelineToken): string =>
  untilUs === null ? `at ${formatClock(atUs)}` : `${formatClock(atUs)} to ${formatClock(untilUs)}`;

/** A fault that has ended: a white bar as long as it lasted, with its words where they fit. */
function Duration({ token, scale }: { readonly token: TimelineToken; readonly scale: Scale }) {
  const { fromUs, spanUs } = scale;
  if (token.untilUs === null) return null;
  const [begin, end] = [Math.max(fromUs, token.atUs), Math.min(fromUs + spanUs, token.untilUs)];
  if (end <= begin) return null;
  const width = `${(((end - begin) * 100) / spanUs).toFixed(3)}%`;
  return (
    <span className="time-bar" style={{ left: place(begin, scale), width }} aria-hidden="true">
      {token.text}
    </span>
  );
}

/** Where a moment stands on the track. */
const place = (us: Micros, { fromUs, spanUs }: Scale): string => `${(((us - fromUs) * 100) / spanUs).toFixed(3)}%`;

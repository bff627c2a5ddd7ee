// What a person did, on the timeline's track: a token each, and a bar as long as a fault lasted. Not needed for the first picture.
import { useMemo } from 'react';
import { iconPath } from '../drawing/icons.ts';
import { formatClock, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';
import { type TimelineToken, tokensOf } from './timeline-tokens.ts';

const TOKEN_PITCH = '26px';

export function TimeTokens({ spanS }: { readonly spanS: number }) {
  const app = useApp();
  const commands = useStoreValue(app.playback, (playback) => playback.commands);
  const design = useStoreValue(app.design, (state) => state.design);
  const tokens = useMemo(() => tokensOf(design, commands), [design, commands]);
  if (tokens.length === 0) return <span className="no-tokens">Drag a fault onto a part to begin.</span>;
  const places = placesOf(tokens, spanS);
  return (
    <>
      {tokens.map((token, index) => (
        <Duration key={`${token.atUs} ${token.text}`} token={token} left={places[index] ?? '0'} spanS={spanS} />
      ))}
      {tokens.map((token, index) => (
        <button
          key={`${token.atUs} ${token.text}`}
          type="button"
          className="time-token"
          style={{ left: places[index] }}
          aria-label={`${token.text}, ${whenWords(token)}. Go there`}
          title={`${token.text}, ${whenWords(token)}`}
          onClick={() => seek.run(app, token.atUs)}
        >
          <span>
            <LineIcon d={iconPath(token.icon)} size={14} />
          </span>
          {index === tokens.length - 1 && token.untilUs === null && <em>{token.text}</em>}
        </button>
      ))}
    </>
  );
}

/** `at 00:12.0`, `00:12.0 to 00:19.0`. */
const whenWords = ({ atUs, untilUs }: TimelineToken): string =>
  untilUs === null ? `at ${formatClock(atUs)}` : `${formatClock(atUs)} to ${formatClock(untilUs)}`;

/** A fault that has ended: a white bar as long as it lasted, with its words where they fit. */
function Duration({
  token,
  left,
  spanS,
}: {
  readonly token: TimelineToken;
  readonly left: string;
  readonly spanS: number;
}) {
  if (token.untilUs === null) return null;
  const width = `${(((token.untilUs - token.atUs) / SECOND / spanS) * 100).toFixed(3)}%`;
  return (
    <span className="time-bar" style={{ left, width }} aria-hidden="true">
      {token.text}
    </span>
  );
}

/** Where tokens stand: at their time, but never on top of the one before, so that each can be hit. */
function placesOf(tokens: readonly TimelineToken[], spanS: number): readonly string[] {
  return tokens.reduce<string[]>((places, token) => {
    const own = `${((token.atUs / SECOND / spanS) * 100).toFixed(3)}%`;
    const before = places.at(-1);
    places.push(before === undefined ? own : `max(${own}, ${before} + ${TOKEN_PITCH})`);
    return places;
  }, []);
}

// What a person did, on the timeline's track: a token each, and a bar as long as a fault lasted. Not needed for the first picture.
import { useMemo } from 'react';
import { iconPath } from '../drawing/icons.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';
import { nextOf, type TimelineToken, type TokenGroup, tokenGroups, tokensOf } from './timeline-tokens.ts';

/** Shows this many seconds on so many px. */
export function TimeTokens({ spanS, width }: { readonly spanS: number; readonly width: number }) {
  const app = useApp();
  const commands = useStoreValue(app.playback, (playback) => playback.commands);
  const design = useStoreValue(app.design, (state) => state.design);
  const tokens = useMemo(() => tokensOf(design, commands), [design, commands]);
  if (tokens.length === 0) return <span className="no-tokens">Drag a fault onto a part to begin.</span>;
  const groups = tokenGroups(tokens, width / spanS);
  return (
    <>
      {tokens.map((token) => (
        <Duration key={`${token.atUs} ${token.text}`} token={token} spanS={spanS} />
      ))}
      {groups.map((group, index) => (
        <Token
          key={`${group[0].atUs} ${group[0].text}`}
          group={group}
          spanS={spanS}
          isLast={index === groups.length - 1}
        />
      ))}
    </>
  );
}

interface TokenProps {
  readonly group: TokenGroup;
  readonly spanS: number;
  readonly isLast: boolean;
}

/** One act, or several that stand too close: each press goes on to the next of them. */
function Token({ group, spanS, isLast }: TokenProps) {
  const app = useApp();
  const [first] = group;
  const newest = group.at(-1) ?? first;
  const words = group.map((token) => `${token.text}, ${whenWords(token)}`);
  const { icon } = group.find((token) => token.icon !== 'wrench') ?? first;
  return (
    <button
      type="button"
      className="time-token"
      style={{ left: share(first.atUs, spanS) }}
      aria-label={`${words.join('; ')}. Go there`}
      title={words.join('\n')}
      onClick={() => seek.run(app, nextOf(group, app.control.now()))}
    >
      <span>
        <LineIcon d={iconPath(icon)} size={14} />
        {group.length > 1 && <i>{group.length}</i>}
      </span>
      {isLast && newest.untilUs === null && <em>{newest.text}</em>}
    </button>
  );
}

/** `at 00:12.0`, `00:12.0 to 00:19.0`. */
const whenWords = ({ atUs, untilUs }: TimelineToken): string =>
  untilUs === null ? `at ${formatClock(atUs)}` : `${formatClock(atUs)} to ${formatClock(untilUs)}`;

/** A fault that has ended: a white bar as long as it lasted, with its words where they fit. */
function Duration({ token, spanS }: { readonly token: TimelineToken; readonly spanS: number }) {
  if (token.untilUs === null) return null;
  const [left, width] = [share(token.atUs, spanS), share(token.untilUs - token.atUs, spanS)];
  return (
    <span className="time-bar" style={{ left, width }} aria-hidden="true">
      {token.text}
    </span>
  );
}

/** How much of the track so long a time takes. */
const share = (us: Micros, spanS: number): string => `${((us / SECOND / spanS) * 100).toFixed(3)}%`;

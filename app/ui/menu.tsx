// A few commands behind one button: a native disclosure that closes when a command is chosen, on Esc, and when the focus leaves.
import { type KeyboardEvent, type ReactNode, useRef } from 'react';

interface Item {
  readonly label: string;
  readonly note?: string;
  readonly onChoose: () => void;
}

interface Props {
  readonly label: string;
  readonly summary: ReactNode;
  readonly items: readonly Item[];
}

export function Menu({ label, summary, items }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (details.current !== null) details.current.open = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || details.current?.open !== true) return;
    event.stopPropagation();
    close();
    details.current.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={details}
      className="menu"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary className="button" aria-label={label}>
        {summary}
      </summary>
      <div>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            onClick={() => {
              close();
              item.onChoose();
            }}
          >
            {item.label}
            {item.note !== undefined && <small>{item.note}</small>}
          </button>
        ))}
      </div>
    </details>
  );
}

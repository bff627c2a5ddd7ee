// What stands in place of the diagram while a person looks into something: the way of one request, HAProxy's statistics. The
// top bar and the panel stay; what is covered is out of reach until it is closed.
import './inquiry.css';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { closeInquiry, showRequest, showStatistics } from '../state/actions/inquiry.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { OneRequest } from './one-request.tsx';
import { Statistics } from './statistics.tsx';

export function Inquiry() {
  const app = useApp();
  const page = useStoreValue(app.inquiry, (inquiry) => inquiry.page);
  const request = useStoreValue(app.inquiry, (inquiry) => inquiry.request);
  const design = useStoreValue(app.design, (state) => state.design);
  const room = useRef<HTMLElement>(null);
  useCover(room);
  if (page === null) return null;
  const balances = design.components.some((part) => part.kind === 'load-balancer');
  return (
    <section
      ref={room}
      className="inquiry"
      aria-label={page === 'request' ? 'One request' : "HAProxy's statistics"}
      tabIndex={-1}
    >
      <nav aria-label="What is looked into">
        <button type="button" className="inquiry-back" onClick={() => closeInquiry.run(app)}>
          <ArrowLeft size={16} aria-hidden="true" />
          Diagram
        </button>
        {request !== null && (
          <Tab isCurrent={page === 'request'} onChoose={() => showRequest.run(app, request)}>
            {`Request ${request}`}
          </Tab>
        )}
        {balances && (
          <Tab isCurrent={page === 'statistics'} onChoose={() => showStatistics.run(app)}>
            HAProxy's statistics
          </Tab>
        )}
      </nav>
      {page === 'request' && request !== null ? <OneRequest request={request} /> : <Statistics />}
    </section>
  );
}

interface TabProps {
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Tab({ isCurrent, onChoose, children }: TabProps) {
  return (
    <button type="button" aria-current={isCurrent ? 'page' : undefined} onClick={onChoose}>
      {children}
    </button>
  );
}

/** Takes the focus, puts what lies below out of reach, and gives both back. */
function useCover(room: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const before = document.activeElement;
    const covered = [...document.querySelectorAll<HTMLElement>('.tray, .canvas, .narration, .timeline')];
    for (const element of covered) element.inert = true;
    room.current?.focus();
    return () => {
      for (const element of covered) element.inert = false;
      if (before instanceof HTMLElement) before.focus();
    };
  }, [room]);
}

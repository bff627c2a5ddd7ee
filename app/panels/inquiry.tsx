// What stands in place of the diagram while a person looks into something: the way of one request, HAProxy's statistics. The
// top bar and the panel stay; what is covered is out of reach until it is closed.
import './inquiry.css';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { closeInquiry, showRequest } from '../state/actions/inquiry.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { OneRequest } from './one-request.tsx';

export function Inquiry() {
  const app = useApp();
  const page = useStoreValue(app.inquiry, (inquiry) => inquiry.page);
  const request = useStoreValue(app.inquiry, (inquiry) => inquiry.request);
  const room = useRef<HTMLElement>(null);
  useCover(room);
  if (page === null) return null;
  return (
    <section ref={room} className="inquiry" aria-label="One request" tabIndex={-1}>
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
      </nav>
      {request !== null && <OneRequest request={request} />}
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

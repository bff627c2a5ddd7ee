// Writes by name: the confirmed ones that are lost, the failed ones that are stored all the same, the rows of one database only.
// Each opens its whole way.
import './write-names.css';
import { useState } from 'react';
import { showRequest } from '../state/actions/inquiry.ts';
import { isUp } from '../state/database-facts.ts';
import { type WriteSection, writeName, writeSections } from '../state/write-words.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { useLedger } from './use-ledger.ts';

/** So many are named before somebody asks for all. */
const FEW = 5;

export function WriteNames() {
  const app = useApp();
  const design = useStoreValue(app.playback, (playback) => playback.view?.design ?? null);
  const told = useLedger();
  if (told === null || design === null) return null;
  const sections = writeSections(design, told.ledger, (id) => isUp(app.frame.window, id, told.atUs));
  if (sections.length === 0) return null;
  return (
    <section className="write-names" aria-label="Writes by name">
      {sections.map((section) => (
        <Section key={section.key} section={section} />
      ))}
    </section>
  );
}

function Section({ section }: { readonly section: WriteSection }) {
  const app = useApp();
  const [isOpen, setOpen] = useState(false);
  const { writes, rest } = section;
  const shown = isOpen ? writes : writes.slice(0, FEW);
  const hidden = writes.length - shown.length;
  return (
    <>
      <h3 data-tone={section.tone}>{section.title}</h3>
      <p>{section.text}</p>
      <ul>
        {shown.map((write) => (
          <li key={write.request}>
            <button type="button" className="outcome-example" onClick={() => showRequest.run(app, write.request)}>
              {writeName(write)}
              <span className="unseen">. Show its way</span>
            </button>
          </li>
        ))}
      </ul>
      {writes.length > FEW && (
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Name fewer' : `Name ${hidden} more`}
        </button>
      )}
      {rest !== '' && (isOpen || hidden === 0) && <p>{rest}</p>}
    </>
  );
}

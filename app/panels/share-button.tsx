// Copies a link to this run at this moment; where the browser does not let the page copy, shows it to be copied by hand.
import './share-button.css';
import { useEffect, useRef } from 'react';
import { actOn } from '../state/actions/lesson.ts';
import { share } from '../state/actions/share.ts';
import { visitOf } from '../state/visit.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';

export function ShareButton() {
  const app = useApp();
  const link = useStoreValue(visitOf(app), (visit) => visit.link);
  return (
    <>
      <button
        type="button"
        className="button share-button"
        aria-label="Share"
        title="Copy a link to this run (Y)"
        onClick={() => actOn(app, share, undefined)}
      >
        <LineIcon d={LINK_ICON} size={16} />
        <span>Share</span>
      </button>
      {link !== null && <LinkDialog link={link} />}
    </>
  );
}

const LINK_ICON = 'M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.8 1.7M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7 7l1.8-1.7';

function LinkDialog({ link }: { readonly link: string }) {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    field.current?.select();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet-dialog link-dialog"
      aria-labelledby="link-dialog-title"
      onClose={() => visitOf(app).setState({ link: null })}
    >
      <h2 id="link-dialog-title">A link to this run</h2>
      <p>The browser does not let this page copy. Copy the link by hand: it is selected.</p>
      <textarea ref={field} readOnly rows={6} aria-label="Link" value={link} />
      <button type="button" className="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

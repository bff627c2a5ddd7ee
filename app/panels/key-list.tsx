// The list of keys, in a dialog of the browser's own.
import './key-list.css';
import { CircleHelp, X } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { toggleLetterKeys } from '../state/actions/settings.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { KEY_LIST_ID } from './keyboard.ts';

const KeyTable = lazy(async () => ({ default: (await import('./key-table.tsx')).KeyTable }));

export function KeyList() {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOn = useStoreValue(app.settings, (settings) => settings.letterKeys);
  return (
    <>
      <button
        type="button"
        className="icon-button key-list-button"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => dialog.current?.showModal()}
      >
        <CircleHelp size={18} aria-hidden="true" />
      </button>
      <dialog ref={dialog} id={KEY_LIST_ID} className="sheet-dialog" aria-labelledby="key-list-title">
        <header>
          <h2 id="key-list-title">Keys</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
            <X size={18} aria-hidden="true" />
          </button>
        </header>
        <Suspense>
          <KeyTable />
        </Suspense>
        <label className="letter-keys">
          <input type="checkbox" checked={isOn} onChange={() => toggleLetterKeys.run(app)} />
          Keys of a single letter
        </label>
      </dialog>
    </>
  );
}

// The list of keys, in a dialog of the browser's own.
import { CircleHelp, X } from 'lucide-react';
import { useRef } from 'react';
import { toggleLetterKeys } from '../state/actions/settings.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Tab', 'top bar, tray, diagram, narration, timeline, panel'],
  ['Arrow keys', 'in the diagram: to the nearest part or line; on the timeline: 0.1 s, with Shift 1 s'],
  ['Enter', 'open the part, or drop the ready fault on it'],
  ['K', 'kill the focused part; with none: make Kill ready'],
  ['U', 'repair the focused part'],
  ['Ctrl+Z, Ctrl+Shift+Z', 'undo, redo the last act'],
  ['Space', 'play or pause'],
  ['. and ,', 'step, step back'],
  ['[ and ]', 'slower, faster'],
  ['1, 2', 'design'],
  ['I, then a number', 'go to that issue on the diagram'],
  ['T, M, ?', 'theme, motion, this list'],
  ['Esc', 'put the fault back, close, clear the selection'],
];

export const KEY_LIST_ID = 'key-list';

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
        <table className="keys">
          <tbody>
            {KEYS.map(([keys, does]) => (
              <tr key={keys}>
                <th scope="row">{keys}</th>
                <td>{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label className="letter-keys">
          <input type="checkbox" checked={isOn} onChange={() => toggleLetterKeys.run(app)} />
          Keys of a single letter
        </label>
      </dialog>
    </>
  );
}

// Keys of the whole page, mapped to actions. Single letters work only outside text fields, and can be turned off.

import { arm, cancel } from '../state/actions/arm.ts';
import { blastRadius } from '../state/actions/blast-radius.ts';
import { chooseDesign } from '../state/actions/choose-design.ts';
import { compare } from '../state/actions/compare.ts';
import { inflict } from '../state/actions/inflict.ts';
import { actOn } from '../state/actions/lesson.ts';
import { repair } from '../state/actions/repair.ts';
import { toggleMotion, toggleProjector, toggleTheme } from '../state/actions/settings.ts';
import { share } from '../state/actions/share.ts';
import { showIssue } from '../state/actions/show-issue.ts';
import { faster, playPause, slower, step, stepBack } from '../state/actions/transport.ts';
import { redo, undo } from '../state/actions/undo.ts';
import type { App, Tool } from '../state/app.ts';
import { sideOf } from '../state/beside.ts';
import { blastOf } from '../state/blast.ts';
import { TOOLS } from '../state/fault-tools.ts';
import { storyIfLoaded } from '../state/story.ts';
import { systemWishes } from './wishes.ts';

/** The dialog of key-list.tsx. */
export const KEY_LIST_ID = 'key-list';

/** After `I`, this long a number is waited for. */
const NUMBER_WAIT_MS = 3_000;

/** Listens from now on; returns the way to stop. */
export function listenToKeys(app: App): () => void {
  let issueUntilMs = 0;
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || isText(event.target) || document.querySelector('dialog[open]'))
      return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      actOn(app, event.shiftKey ? redo : undo, undefined);
      return;
    }
    const waits = event.timeStamp < issueUntilMs && /^[1-9]$/.test(event.key);
    issueUntilMs = event.key.toLowerCase() === 'i' ? event.timeStamp + NUMBER_WAIT_MS : 0;
    if (waits) goToIssue(app, Number(event.key));
    else if (!act(app, event)) return;
    event.preventDefault();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

export const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=radio], [type=checkbox], [type=range]), textarea, select') !== null;

/** True when the key meant something. */
function act(app: App, event: KeyboardEvent): boolean {
  if (event.key === 'Escape') {
    cancel.run(app);
    return true;
  }
  if (event.key === ' ') {
    if (isPressable(event.target)) return false;
    playPause.run(app);
    return true;
  }
  if (!app.settings.getState().letterKeys) return false;
  if (event.shiftKey && event.key.toLowerCase() === 'p') {
    toggleProjector.run(app);
    return true;
  }
  if (event.shiftKey && /^[a-z]$/i.test(event.key)) return false;
  if (blastOf(app).getState().isOpen && OF_THE_DIAGRAM.test(event.key)) return false;
  const run = LETTERS[event.key.toLowerCase()];
  run?.(app);
  return run !== undefined;
}

/** Keys that act on what is away while the blast radius stands in its place. */
const OF_THE_DIAGRAM = /^[khscflpruivwj]$/i;

/** Space presses what is focused, if that can be pressed. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, summary, input:not([type=range]), [role=tab], a[href]') !== null;

/** What each letter and sign does. keys.ts has the words. */
export const LETTERS: Readonly<Record<string, (app: App) => void>> = {
  '.': (app) => step.run(app),
  ',': (app) => stepBack.run(app),
  '[': (app) => slower.run(app),
  ']': (app) => faster.run(app),
  '1': (app) => chooseDesign.run(app, 'simple'),
  '2': (app) => chooseDesign.run(app, 'distributed'),
  '3': (app) => chooseDesign.run(app, 'secured'),
  '4': (app) => chooseDesign.run(app, 'scaled-up'),
  '5': (app) => chooseDesign.run(app, 'hardened'),
  ...Object.fromEntries(TOOLS.map(({ tool, key }) => [key.toLowerCase(), (app: App) => strike(app, tool)])),
  u: (app) => {
    const side = sideOf(app, document.activeElement);
    actOn(side, repair, focusedElement() ?? side.playback.getState().faults.at(-1)?.target ?? '');
  },
  w: (app) => order(app, 'promote'),
  j: (app) => order(app, 'rejoin'),
  b: (app) => actOn(app, blastRadius, undefined),
  v: (app) => actOn(app, compare, null),
  t: (app) => toggleTheme.run(app, systemWishes()),
  m: (app) => toggleMotion.run(app, systemWishes()),
  y: (app) => actOn(app, share, undefined),
  i: () => undefined,
  '?': () => document.querySelector<HTMLDialogElement>(`#${KEY_LIST_ID}`)?.showModal(),
};

/** With an element focused the fault acts on it; with none it is made ready. */
function strike(app: App, tool: Tool): void {
  const target = focusedElement();
  if (target === null) arm.run(app, tool);
  else actOn(sideOf(app, document.activeElement), inflict, { tool, target });
}

/** To the database that has the focus, or that is meant. */
function order(app: App, word: 'promote' | 'rejoin'): void {
  const action = storyIfLoaded()?.orders[word];
  if (action !== undefined) actOn(sideOf(app, document.activeElement), action, focusedElement() ?? '');
}

/** Id of the part, host or line that has the focus, or null. */
function focusedElement(): string | null {
  const element = document.activeElement?.closest<HTMLElement>('[data-element], [data-repairs]');
  return element?.dataset['element'] ?? element?.dataset['repairs'] ?? null;
}

function goToIssue(app: App, number: number): void {
  showIssue.run(app, number);
  document.querySelector<HTMLElement>(`.canvas [data-issue="${number}"]`)?.focus();
}

// The faults of the tray: their names, keys and icons, and what each can be dropped on. One table for tray, keys and inspector.
import { type Design, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { IconName } from '../drawing/icons.ts';
import type { Tool } from './app.ts';
import { componentNamed, hostNamed } from './truth.ts';

export interface ToolFacts {
  readonly tool: Tool;
  readonly label: string;
  readonly key: string;
  readonly icon: IconName;
  /** What it is dropped on, for the words under the tray's head and at the token. */
  readonly onto: string;
}

export const TOOLS: readonly ToolFacts[] = [
  { tool: 'kill', label: 'Kill', key: 'K', icon: 'power-off', onto: 'a server or a part' },
  { tool: 'hang', label: 'Hang', key: 'H', icon: 'hourglass', onto: 'a server or a part' },
  { tool: 'slow', label: 'Slow', key: 'S', icon: 'snail', onto: 'a server or a part' },
  { tool: 'cut', label: 'Cut', key: 'C', icon: 'scissors', onto: 'a line' },
  { tool: 'flood', label: 'Flood', key: 'F', icon: 'waves', onto: 'the users' },
  { tool: 'lossy', label: 'Lossy', key: 'L', icon: 'holes', onto: 'a line' },
  { tool: 'part', label: 'Part', key: 'P', icon: 'unlink', onto: 'two servers, one after the other' },
  { tool: 'restart', label: 'Restart', key: 'R', icon: 'restart', onto: 'a server or a part' },
];

export const toolFacts = (tool: Tool): ToolFacts => TOOLS.find((one) => one.tool === tool) as ToolFacts;

/** Whether it can ever be dropped on an element of this sort; whether now, says the action. */
export function takes(design: Design, tool: Tool, id: string): boolean {
  const isLine = wiringOf(design).link(id) !== undefined;
  if (tool === 'flood') return id === USERS;
  if (tool === 'cut' || tool === 'lossy') return isLine;
  const isHost = hostNamed(design, id) !== undefined;
  return tool === 'part' ? isHost || isLine : isHost || componentNamed(design, id) !== undefined;
}

/** What is ready, and what it waits for: `Kill is ready. Choose a server or a part, or press Esc to put it back.` */
export function readyWords(tool: Tool, firstWords: string | null, byTouch: boolean): string {
  const back = byTouch ? '' : ', or press Esc to put it back';
  if (firstWords !== null)
    return `Now ${byTouch ? 'tap' : 'choose'} the server that ${firstWords} cannot reach${back}.`;
  const { label, onto } = toolFacts(tool);
  return byTouch ? `${label} is ready. Now tap ${onto}.` : `${label} is ready. Choose ${onto}${back}.`;
}

// The faults that a person can put on the run, by drag, token, tap, key or button. Kill stands in kill.ts; each of the others
// is here: what it refuses and the command that it is.
import { type Design, type Link, USERS } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import type { Command } from '../../simulation/command.ts';
import type { Action, ActiveFault, App, FaultKind, Tool } from '../app.ts';
import { componentNamed, hostNamed, hostWords, RESTART_US, sentenceCase, targetWords, truthAt } from '../truth.ts';
import { defineAction } from './action.ts';
import { kill } from './kill.ts';

const SLOW_FACTOR = 5;
const LOSS_SHARE = 0.3;
const DELAY_MS = 100;
/** A flood asks for so many times what the users ask for, and for no less than this. */
const FLOOD_FACTOR = 10;
const LEAST_FLOOD_RPS = 20;

/** The act is over: the hand is empty, and the panel tells what follows. */
function inflict(app: App, label: string, ...commands: readonly Command[]): void {
  app.hand.setState({ armed: null, first: null, drag: null, hint: false });
  app.control.act({ label, commands });
  app.settings.setState({ tab: 'since' });
}

const designOf = (app: App): Design => app.design.getState().design;
const truthNow = (app: App) => truthAt(designOf(app), app.playback.getState().commands, app.control.now());
const onNow = (app: App, target: string, kind: FaultKind): ActiveFault | undefined => truthNow(app).on(target, kind);
const named = (app: App, id: string): string => sentenceCase(targetWords(designOf(app), id));

const hang = defineAction<string>({
  id: 'hang',
  label: 'Hang',
  keys: ['H'],
  refusal: (app, target) => {
    const why = noProcess(app, target, 'Hang stops a process: drop it on a server or on a part.');
    if (why !== null) return why;
    const hostId = componentNamed(designOf(app), target)?.hostId ?? target;
    const place = [hostId, target].find((id) => onNow(app, id, 'hang') !== undefined);
    return place === undefined ? null : `${named(app, place)} already hangs. Repair it first.`;
  },
  perform: (app, target) => {
    const command: Command = { type: 'hang', atUs: app.control.now(), target };
    inflict(app, `hang ${targetWords(designOf(app), target)}`, command);
  },
});

const slow = defineAction<string>({
  id: 'slow',
  label: 'Slow',
  keys: ['S'],
  refusal: (app, target) => {
    const why = noProcess(app, target, 'Slow acts on a processor: drop it on a server or on a part.');
    if (why !== null) return why;
    return onNow(app, target, 'slow') === undefined ? null : `${named(app, target)} is already slow. Repair it first.`;
  },
  perform: (app, target) => {
    const command: Command = { type: 'slow', atUs: app.control.now(), target, factor: SLOW_FACTOR };
    inflict(app, `slow ${targetWords(designOf(app), target)}`, command);
  },
});

/** Why there is no process here that runs, or null. */
function noProcess(app: App, target: string, wrongPlace: string): string | null {
  const design = designOf(app);
  const component = componentNamed(design, target);
  if (component === undefined && hostNamed(design, target) === undefined) return wrongPlace;
  if (component?.kind === 'files') return 'Files are no process. Choose the app server that reads them.';
  const truth = truthNow(app);
  if (component !== undefined && truth.isHostOff(component.hostId)) {
    return `${sentenceCase(hostWords(design, component.hostId))} is already dead. Repair it first.`;
  }
  return truth.isDead(target) ? `${named(app, target)} is already dead. Repair it first.` : null;
}

const cut = defineAction<string>({
  id: 'cut',
  label: 'Cut',
  keys: ['C'],
  refusal: (app, target) => {
    const why = noLine(designOf(app), target, 'Cut acts on a line: drop it on the line between two parts.');
    if (why !== null) return why;
    return onNow(app, target, 'cut') === undefined ? null : 'This line is already cut. Repair it first.';
  },
  perform: (app, target) => {
    inflict(app, `cut ${targetWords(designOf(app), target)}`, { type: 'cut', atUs: app.control.now(), target });
  },
});

const lossy = defineAction<string>({
  id: 'lossy',
  label: 'Lossy',
  keys: ['L'],
  refusal: (app, target) => {
    const why = noLine(designOf(app), target, 'Lossy acts on a line: drop it on the line between two parts.');
    if (why !== null) return why;
    return onNow(app, target, 'degrade') === undefined ? null : 'This line is already lossy. Repair it first.';
  },
  perform: (app, target) => {
    const measure = { lossShare: LOSS_SHARE, delayMs: DELAY_MS };
    const command: Command = { type: 'degrade', atUs: app.control.now(), target, ...measure };
    inflict(app, `degrade ${targetWords(designOf(app), target)}`, command);
  },
});

const lineNamed = (design: Design, id: string): Link | undefined => wiringOf(design).link(id);

function noLine(design: Design, target: string, wrongPlace: string): string | null {
  const link = lineNamed(design, target);
  if (link === undefined) return wrongPlace;
  return link.protocol === 'file' ? 'The files are on the same disk: nothing travels on this line.' : null;
}

const flood = defineAction<string>({
  id: 'flood',
  label: 'Flood',
  keys: ['F'],
  refusal: (app, target) => {
    if (target !== USERS) return 'A flood comes from outside: drop it on the internet users.';
    return onNow(app, USERS, 'flood') === undefined ? null : 'A flood is already on. Repair it first.';
  },
  perform: (app) => {
    const { rateRps } = designOf(app).traffic;
    const flooding = Math.max(LEAST_FLOOD_RPS, Math.round(rateRps * FLOOD_FACTOR));
    inflict(app, 'flood the site', { type: 'flood', atUs: app.control.now(), target: USERS, rateRps: flooding });
  },
});

const restart = defineAction<string>({
  id: 'restart',
  label: 'Restart',
  keys: ['R'],
  refusal: (app, target) => kill.refusal(app, target)?.replace(/^Kill works/, 'Restart works') ?? null,
  perform: (app, target) => {
    const atUs = app.control.now();
    const back: Command = { type: 'repair', atUs: atUs + RESTART_US, target, fault: 'kill' };
    inflict(app, `restart ${targetWords(designOf(app), target)}`, { type: 'kill', atUs, target }, back);
  },
});

/** Takes two servers, one after the other, or the line between them. */
const part = defineAction<string>({
  id: 'part',
  label: 'Part',
  keys: ['P'],
  refusal: (app, target) => {
    const { first } = app.hand.getState();
    const why = noPair(designOf(app), first, target);
    const pair = why === null ? pairOf(designOf(app), first, target) : null;
    if (pair === null) return why;
    const [a, b] = pair;
    const isOn = truthNow(app).faults.some(
      ({ kind, target: one, other }) => kind === 'part' && ((one === a && other === b) || (one === b && other === a)),
    );
    return isOn ? `${named(app, a)} and ${hostWords(designOf(app), b)} are already parted. Repair them first.` : null;
  },
  perform: (app, target) => {
    const design = designOf(app);
    const pair = pairOf(design, app.hand.getState().first, target);
    if (pair === null) {
      app.hand.setState({ armed: 'part', first: target, drag: null });
      return;
    }
    const [a, b] = pair;
    const command: Command = { type: 'cut', atUs: app.control.now(), target: a, other: b };
    inflict(app, `part ${hostWords(design, a)} and ${hostWords(design, b)}`, command);
  },
});

type Pair = readonly [string, string];

/** The two hosts, or null while the second is still to be chosen. */
function pairOf(design: Design, first: string | null, target: string): Pair | null {
  const link = lineNamed(design, target);
  if (link !== undefined) return hostsOf(design, link);
  return first === null ? null : [first, target];
}

function hostsOf(design: Design, { from, to }: Link): Pair | null {
  const [a, b] = [componentNamed(design, from)?.hostId, componentNamed(design, to)?.hostId];
  return a === undefined || b === undefined || a === b ? null : [a, b];
}

function noPair(design: Design, first: string | null, target: string): string | null {
  const link = lineNamed(design, target);
  if (link !== undefined) {
    if (link.from === USERS) return 'The users are no server. Cut this line instead.';
    const hostId = componentNamed(design, link.to)?.hostId ?? '';
    const inside = `Both ends are on ${hostWords(design, hostId)}. Choose a line between two servers.`;
    return hostsOf(design, link) === null ? inside : null;
  }
  if (hostNamed(design, target) === undefined) {
    return 'A partition takes two servers: drop it on one, then on the other, or on the line between them.';
  }
  if (first === target) return 'Choose a second server.';
  const pairs = design.links.flatMap((one) => {
    const pair = hostsOf(design, one);
    return pair?.includes(target) ? [pair] : [];
  });
  const name = sentenceCase(hostWords(design, target));
  if (pairs.length === 0) return `${name} has no line to another server.`;
  if (first === null || pairs.some((pair) => pair.includes(first))) return null;
  return `No line runs between ${hostWords(design, first)} and ${hostWords(design, target)}.`;
}

/** By the token of the tray. */
export const FAULTS: Readonly<Record<Tool, Action<string>>> = {
  kill,
  hang,
  slow,
  cut,
  flood,
  lossy,
  part,
  restart,
};

// Repair: a command at the playhead like any other. Power comes back to a host, a process starts again or goes on, a line
// carries again, a flood ends. A wrench ends one fault; repairing the element ends all that are on it.
import { type Component, USERS } from '../../design/design.ts';
import type { Command } from '../../simulation/command.ts';
import type { App, FaultKind } from '../app.ts';
import {
  commandFault,
  componentNamed,
  hostNamed,
  hostWords,
  sentenceCase,
  type Truth,
  targetWords,
  truthAt,
} from '../truth.ts';
import { defineAction } from './action.ts';

/** The element, with all its faults or one of them; of its partitions, the one from `other`. */
type Repair = string | { readonly target: string; readonly fault: FaultKind; readonly other?: string };

export const repair = defineAction<Repair>({
  id: 'repair',
  label: 'Repair',
  keys: ['U'],
  refusal: (app, input) => {
    const target = typeof input === 'string' ? input : input.target;
    const { design } = app.design.getState();
    const isLine = design.links.some((link) => link.id === target);
    const component = componentNamed(design, target);
    if (!isLine && target !== USERS && component === undefined && hostNamed(design, target) === undefined) {
      return 'Only what a fault is on can be repaired.';
    }
    const truth = truthNow(app);
    const has = (id: string) => truth.faults.some((fault) => fault.target === id || fault.other === id);
    if (has(target)) return null;
    if (component !== undefined) {
      const host = sentenceCase(hostWords(design, component.hostId));
      if (truth.isHostOff(component.hostId)) return `${host} is powered off. Repair the server first.`;
      if (truth.on(component.hostId, 'hang') !== undefined) return `${host} hangs. Repair the server first.`;
    }
    const parts = design.components.filter((one) => one.hostId === target);
    if (parts.some((one) => truth.isDead(one.id) || truth.isHung(one.id))) return null;
    // A monitor has powered it off: nobody's fault, and a repair all the same.
    const hostId = component?.hostId ?? target;
    const isOff = app.playback.getState().view?.hosts[hostId]?.state === 'down';
    if (isOff && design.components.some(canFence)) {
      return component === undefined
        ? null
        : `${sentenceCase(hostWords(design, hostId))} is powered off. Repair the server first.`;
    }
    const works = component?.kind === 'files' ? 'work' : 'works';
    return `${sentenceCase(targetWords(design, target))} ${works}. There is nothing to repair.`;
  },
  perform: (app, input) => {
    const target = typeof input === 'string' ? input : input.target;
    const { design } = app.design.getState();
    const other = typeof input === 'string' ? undefined : input.other;
    const second = other === undefined ? '' : ` and ${targetWords(design, other)}`;
    const label = `repair ${targetWords(design, target)}${second}`;
    const command: Command = { type: 'repair', atUs: app.control.now(), target };
    const fault = typeof input === 'string' ? {} : { fault: commandFault(input.fault) };
    app.control.act({ label, commands: [{ ...command, ...fault, ...(other === undefined ? {} : { other }) }] });
  },
});

const truthNow = (app: App): Truth =>
  truthAt(app.design.getState().design, app.playback.getState().commands, app.control.now());

/** A monitor with a power board is the only one that switches a server off by itself. */
const canFence = ({ config }: Component): boolean =>
  (config['monitor'] as { readonly stonithMs?: number | null } | null | undefined)?.stonithMs != null;

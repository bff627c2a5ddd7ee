// Repair: a command at the playhead like any other. Power comes back to a host, a process starts again.
import { componentNamed, hostNamed, hostWords, sentenceCase, targetWords, truthAt } from '../truth.ts';
import { defineAction } from './action.ts';

export const repair = defineAction<string>({
  id: 'repair',
  label: 'Repair',
  keys: ['U'],
  refusal: (app, target) => {
    const { design } = app.design.getState();
    if (hostNamed(design, target) === undefined && componentNamed(design, target) === undefined) {
      return 'Only a server or a part can be repaired.';
    }
    const truth = truthAt(design, app.playback.getState().commands, app.control.now());
    const hostId = componentNamed(design, target)?.hostId;
    if (hostId !== undefined && truth.isHostOff(hostId)) {
      return `${sentenceCase(hostWords(design, hostId))} is powered off. Repair the server first.`;
    }
    const parts = design.components.filter((component) => component.hostId === target);
    const isBroken = truth.isDead(target) || parts.some((component) => truth.isDead(component.id));
    const works = componentNamed(design, target)?.kind === 'files' ? 'work' : 'works';
    return isBroken ? null : `${sentenceCase(targetWords(design, target))} ${works}. There is nothing to repair.`;
  },
  perform: (app, target) => {
    const { design } = app.design.getState();
    const label = `repair ${targetWords(design, target)}`;
    app.control.act({ label, commands: [{ type: 'repair', atUs: app.control.now(), target }] });
  },
});

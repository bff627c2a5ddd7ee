// Kill: a host is powered off, a part's process dies. By drag, token, tap or key, always this.
import type { Design } from '../../design/design.ts';
import { DNS, USERS } from '../../design/design.ts';
import type { App } from '../app.ts';
import { componentNamed, hostNamed, hostWords, sentenceCase, targetWords, truthAt } from '../truth.ts';
import { defineAction } from './action.ts';

export const kill = defineAction<string>({
  id: 'kill',
  label: 'Kill',
  keys: ['K'],
  refusal: (app, target) => killRefusal(app, target),
  perform: (app, target) => {
    const { design } = app.design.getState();
    const atUs = app.control.now();
    const isHost = hostNamed(design, target) !== undefined;
    const label = `${isHost ? 'power off' : 'kill'} ${targetWords(design, target)}`;
    app.hand.setState({ armed: null, first: null, drag: null, hint: false });
    app.control.act({ label, commands: [{ type: 'kill', atUs, target }] });
    app.settings.setState({ tab: 'since' });
  },
});

/** Why this cannot be killed now, or null. The sentence says what to do instead. */
function killRefusal(app: App, target: string): string | null {
  const { design } = app.design.getState();
  if (hostNamed(design, target) === undefined && componentNamed(design, target) === undefined) {
    return noTarget(design, target);
  }
  const component = componentNamed(design, target);
  if (component?.kind === 'files') return 'Files are no process. Kill the app server that reads them.';
  return alreadyDead(app, design, target);
}

function noTarget(design: Design, target: string): string {
  if (target === USERS || target === DNS)
    return 'Kill works on servers and their parts. This one is not yours to switch off.';
  const isLink = design.links.some((link) => link.id === target);
  return isLink ? 'A line cannot be killed. Drop it on a server or on a part.' : 'Drop it on a server or on a part.';
}

function alreadyDead(app: App, design: Design, target: string): string | null {
  const truth = truthAt(design, app.playback.getState().commands, app.control.now());
  const hostId = componentNamed(design, target)?.hostId;
  if (hostId !== undefined && truth.isHostOff(hostId)) {
    return `${sentenceCase(hostWords(design, hostId))} is already dead. Repair it first.`;
  }
  const isDead = hostId === undefined ? truth.isHostOff(target) : truth.isDead(target);
  return isDead ? `${sentenceCase(targetWords(design, target))} is already dead. Repair it first.` : null;
}

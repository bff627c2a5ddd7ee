// The switch between active-active and active-passive: a reload of HAProxy's settings while the run goes on, and of the
// application servers' reads, so that the standby's replica still earns its keep.
import type { Component, Design } from '../../design/design.ts';
import type { Command } from '../../simulation/command.ts';
import type { Mode } from '../app.ts';
import { balancerOf } from '../beliefs.ts';
import { designNow } from '../design-now.ts';
import { defineAction } from './action.ts';

export const setMode = defineAction<Mode>({
  id: 'set-mode',
  label: 'Switch active-active or active-passive',
  refusal: (app, mode) => {
    if (balancerOf(app.design.getState().design) === undefined)
      return 'This design has one server: nothing can stand by.';
    return app.design.getState().mode === mode ? `The site is ${mode} already.` : null;
  },
  perform: (app, mode) => {
    const opened = app.design.getState().design;
    app.control.act({
      label: `switch to ${mode}`,
      commands: modeCommands(designNow(app), opened, mode, app.control.now()),
    });
    app.design.setState({ mode });
  },
});

/** `backup` on every server but the first, or on none; reads from both databases, or from where they were opened with. */
export function modeCommands(design: Design, opened: Design, mode: Mode, atUs: number): readonly Command[] {
  const balancers = design.components.filter((component) => component.kind === 'load-balancer');
  const patchOf = ({ config }: Component) => {
    const servers = Array.isArray(config['servers']) ? config['servers'] : [];
    return Object.fromEntries(servers.map((_, index) => [index, { backup: mode === 'active-passive' && index > 0 }]));
  };
  const apps = design.components.filter((component) => component.kind === 'app-server');
  return [
    ...balancers.map(
      (one): Command => ({ type: 'reconfigure', atUs, target: one.id, patch: { servers: patchOf(one) } }),
    ),
    ...apps.map((component): Command => {
      const before = opened.components.find((one) => one.id === component.id)?.config['readsFrom'] ?? 'local';
      return {
        type: 'reconfigure',
        atUs,
        target: component.id,
        patch: { readsFrom: mode === 'active-passive' ? 'both' : before },
      };
    }),
  ];
}

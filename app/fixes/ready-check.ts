// Health checks that ask for a page of the application, so that a server whose application or data is gone is taken for DOWN.
import { kindsById } from '../catalogue/kinds.ts';
import type { Component } from '../design/design.ts';
import type { Fix } from './fix.ts';

interface Server {
  readonly name: string;
  readonly check: { readonly type: string; readonly uri?: string } | null;
}

export const readyCheck: Fix = (design) => {
  const mended = design.components.map(asking);
  const changed = mended.filter((component, index) => component !== design.components[index]);
  if (changed.length === 0) return null;
  return {
    design: { ...design, components: mended },
    changes: [
      `lets ${changed.map(({ name }) => name).join(' and ')} check GET /ready, which needs the application and its data`,
    ],
  };
};

const isDeep = ({ check }: Server): boolean => check === null || (check.type === 'http' && check.uri === '/ready');

function asking(component: Component): Component {
  if (kindsById[component.kind]?.role !== 'balances') return component;
  const servers = component.config['servers'] as readonly Server[];
  if (servers.every(isDeep)) return component;
  const deep = servers.map((server) =>
    isDeep(server) ? server : { ...server, check: { ...server.check, type: 'http', uri: '/ready' } },
  );
  return { ...component, config: { ...component.config, servers: deep } };
}

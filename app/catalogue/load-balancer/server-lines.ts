// The server lines of a design's balancers as the rules read them: each with its balancer and the component that it leads to.
import type { FindingPlace, Knowledge } from '../../analysis/finding.ts';
import type { Component, Design } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import type { LoadBalancerConfig, ServerConfig } from './config.ts';

export interface ServerLine {
  readonly balancer: Component;
  readonly config: LoadBalancerConfig;
  readonly server: ServerConfig;
  readonly target: Component;
}

export const configOf = ({ config }: Component): LoadBalancerConfig => config as unknown as LoadBalancerConfig;

export const balancersOf = (design: Design, knowledge: Knowledge): readonly Component[] =>
  design.components.filter((component) => knowledge.role(component) === 'balances');

/** Of the balancers that have a choice: with one server there is nothing to decide. */
export function serverLines(design: Design, knowledge: Knowledge): readonly ServerLine[] {
  const wiring = wiringOf(design);
  return balancersOf(design, knowledge).flatMap((balancer) => {
    const config = configOf(balancer);
    if (config.servers.length < 2) return [];
    return config.servers.flatMap((server): ServerLine[] => {
      const target = wiring.component(wiring.link(server.link)?.to ?? '');
      return target === undefined ? [] : [{ balancer, config, server, target }];
    });
  });
}

/** What dies when such a server is lost: its host, or where the balancer stands on the same host, the component alone. */
export const lossOf = ({ balancer, target }: ServerLine): string =>
  balancer.hostId === target.hostId ? target.id : target.hostId;

export const atChecks = (lines: readonly ServerLine[]): readonly FindingPlace[] =>
  lines.map(({ server }) => ({ type: 'check', id: server.link }));

/** `Server 1, Server 2`, each once. */
export const serverNames = (lines: readonly ServerLine[]): string =>
  [...new Set(lines.map(({ server }) => server.name))].join(', ');

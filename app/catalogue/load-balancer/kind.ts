// The load balancer: HAProxy in front of a backend of servers.
import type { Component, Design } from '../../design/design.ts';
import type { Problem } from '../../foundation/result.ts';
import { defineKind } from '../kind.ts';
import { loadBalancerBehaviour } from './behaviour.ts';
import { type LoadBalancerConfig, loadBalancerSchema } from './config.ts';
import { figure } from './figure.ts';

export const loadBalancer = defineKind({
  id: 'load-balancer',
  label: 'HAProxy',
  term: 'load balancer',
  schema: loadBalancerSchema,
  behaviour: loadBalancerBehaviour,
  figure,
  port: 80,
  role: 'balances',
  problems: serverProblems,
});

/** Every server is reached on a link that starts at this balancer, and none is listed twice. */
function serverProblems(component: Component, design: Design): readonly Problem[] {
  const index = design.components.indexOf(component);
  const { servers } = component.config as unknown as LoadBalancerConfig;
  const seen = new Set<string>();
  return servers.flatMap((server, position) => {
    const path = `components[${index}].config.servers[${position}].link`;
    const link = design.links.find((one) => one.id === server.link);
    if (seen.has(server.link)) {
      return [
        { path, reason: `Two servers share the link "${server.link}".`, repair: 'Give each server a link of its own.' },
      ];
    }
    seen.add(server.link);
    if (link !== undefined && link.from === component.id) return [];
    return [
      {
        path,
        reason: `No link "${server.link}" starts at ${component.name}.`,
        repair: 'Give the id of a link from the load balancer to the server.',
      },
    ];
  });
}

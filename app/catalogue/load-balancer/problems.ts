// What a load balancer's settings can get wrong about the rest of the design.
import type { Component, Design } from '../../design/design.ts';
import type { Problem } from '../../foundation/result.ts';
import type { LoadBalancerConfig } from './config.ts';

/** Every server is reached on a link that starts at this balancer, and none is listed twice. */
export function serverProblems(component: Component, design: Design): readonly Problem[] {
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

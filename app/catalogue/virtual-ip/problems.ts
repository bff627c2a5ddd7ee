// What a keepalived's settings can get wrong about the rest of the design.
import type { Component, Design } from '../../design/design.ts';
import type { Problem } from '../../foundation/result.ts';
import type { VirtualIpConfig } from './config.ts';

/** The interval is one that the version can say, and the process that is tracked is on the same host. */
export function virtualIpProblems(component: Component, design: Design): readonly Problem[] {
  const path = `components[${design.components.indexOf(component)}].config`;
  const { version, advertIntMs, track } = component.config as unknown as VirtualIpConfig;
  const unitMs = version === 2 ? 1_000 : 10;
  const found: Problem[] = [];
  if (advertIntMs % unitMs !== 0) {
    const repair = version === 2 ? 'Give whole seconds: 1000, 2000 and so on.' : 'Give a multiple of 10 ms.';
    found.push({
      path: `${path}.advertIntMs`,
      reason: `VRRP version ${version} cannot say ${advertIntMs} ms.`,
      repair,
    });
  }
  const isThere = (id: string) => design.components.some((one) => one.id === id && one.hostId === component.hostId);
  if (track !== null && !isThere(track.process)) {
    found.push({
      path: `${path}.track.process`,
      reason: `There is no component "${track.process}" on the same host.`,
      repair: 'Give the id of the load balancer beside it, or null for "track".',
    });
  }
  return found;
}

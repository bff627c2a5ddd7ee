// Whether the other keepalived hear that the holder of the address can no longer do its work: its host is silent, keepalived
// itself is dead, or the process that it tracks does not run. A process that is stopped still runs.
import type { Component, Design, Link } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import type { VirtualIpConfig } from './config.ts';

/** `entrance`: the users' line to the balancer on the holder's host. False where the address does not move. */
export function takesOver(
  design: Design,
  entrance: Link,
  gone: ReadonlySet<string>,
  how: 'refuses' | 'unreachable' | 'hangs',
): boolean {
  const hostId = wiringOf(design).component(entrance.to)?.hostId ?? '';
  const isOurs = ({ kind, config }: Component) =>
    kind === 'virtual-ip' && config['virtualIpaddress'] === design.dns.address;
  const keepalived = wiringOf(design).componentsOn(hostId).find(isOurs);
  const others = design.components.filter((one) => isOurs(one) && one !== keepalived && !gone.has(one.id));
  if (keepalived === undefined || others.length === 0) return false;
  if (gone.has(hostId) || gone.has(keepalived.id)) return true;
  const { track } = keepalived.config as unknown as VirtualIpConfig;
  return how === 'refuses' && track !== null && gone.has(track.process);
}

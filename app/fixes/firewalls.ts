// A firewall on every host, with a door for each line of the design and no other: default deny.
import type { Host } from '../design/design.ts';
import { neededDoors } from './doors.ts';
import type { Fix } from './fix.ts';

export const firewalls: Fix = (design) => {
  const hosts = design.hosts.map((host) => ({ ...host, firewall: { rules: neededDoors(design, host) } }));
  const built = design.hosts.filter(({ firewall }) => firewall === null).length;
  const narrowed = design.hosts.filter((host, index) => isOpener(host, hosts[index] as Host)).map(({ name }) => name);
  if (built === 0 && narrowed.length === 0) return null;
  return {
    design: { ...design, hosts },
    changes: [
      ...(built > 0
        ? [`adds ${built === 1 ? 'a firewall' : `${built} firewalls`}, closed but for the lines of the drawing`]
        : []),
      ...(narrowed.length > 0 ? [`closes every needless door of ${narrowed.join(', ')}`] : []),
    ],
  };
};

/** It lets somebody in who is not let in after it. */
function isOpener(before: Host, after: Host): boolean {
  const doors = after.firewall?.rules ?? [];
  return (before.firewall?.rules ?? []).some(
    (rule) => !doors.some(({ from, port }) => from === rule.from && port === rule.port),
  );
}

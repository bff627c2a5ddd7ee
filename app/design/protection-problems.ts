// What walls, certificates and monitoring get wrong about the rest of the design: hosts and components that are not there.
import type { Problem } from '../foundation/result.ts';
import { ANYONE, type Design } from './design.ts';

type Protected = Pick<Design, 'hosts' | 'components' | 'certificates' | 'monitoring'>;

export function protectionProblems({ hosts, components, certificates, monitoring }: Protected): readonly Problem[] {
  const hostIds = new Set(hosts.map((host) => host.id));
  const componentIds = new Set(components.map((component) => component.id));
  const noHost = (path: string, id: string, repair: string): readonly Problem[] =>
    hostIds.has(id) ? [] : [{ path, reason: `There is no host "${id}".`, repair }];
  return [
    ...hosts.flatMap((host, index) =>
      (host.firewall?.rules ?? []).flatMap(({ from }, rule) =>
        from === ANYONE
          ? []
          : noHost(
              `hosts[${index}].firewall.rules[${rule}].from`,
              from,
              'Give "anyone", or the id of a host of this design.',
            ),
      ),
    ),
    ...certificates.flatMap(({ component }, index) =>
      componentIds.has(component)
        ? []
        : [
            {
              path: `certificates[${index}].component`,
              reason: `There is no component "${component}".`,
              repair: 'Give the id of a component of this design.',
            },
          ],
    ),
    ...(monitoring === null || monitoring.hostId === null
      ? []
      : noHost('monitoring.hostId', monitoring.hostId, 'Give null, or the id of a host of this design.')),
  ];
}

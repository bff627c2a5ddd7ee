// What gives a load balancer away: statistics that strangers read, and a runtime socket on TCP that takes orders from anybody.
import { drawnAt, unsaid } from '../../analysis/drawn.ts';
import type { FindingRule } from '../../analysis/finding.ts';
import { counted } from '../../analysis/in-words.ts';
import { reaches } from '../../analysis/reachability.ts';
import { ANYONE, type Component } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import type { LoadBalancerConfig } from './config.ts';

const settingsOf = ({ config }: Component) => config as unknown as LoadBalancerConfig;

/** SE-13. */
export const adminInterfaceRule: FindingRule = (design) => {
  const balancers = design.components.filter(({ kind }) => kind === 'load-balancer');
  const withPage = balancers.filter((part) => settingsOf(part).stats != null);
  const unlocked = withPage.filter((part) => settingsOf(part).stats?.auth === false);
  const open = withPage.filter((part) => {
    const host = wiringOf(design).host(part.hostId);
    const port = settingsOf(part).stats?.port ?? 0;
    return host !== undefined && reaches(ANYONE, { host, port });
  });
  const commanded = balancers.filter((part) => settingsOf(part).statsSocket === 'tcp');
  const of = counted(balancers.length, 'load balancer');
  return [
    ...drawnAt(design, [...new Set([...open, ...unlocked, ...commanded])], {
      id: 'SE-13@design',
      severity: 'high',
      title: 'Others read and steer the load balancer',
      evidence: [
        open.length > 0 && `a stranger reached the statistics of ${open.length} of ${of}`,
        unlocked.length > 0 && `no password is asked for the statistics of ${unlocked.length} of ${of}`,
        commanded.length > 0 && `orders are taken on a TCP port at ${commanded.length} of ${of}`,
      ],
      fix: 'A password, a private port, a socket file',
    }),
    ...unsaid(design, 'SE-13', balancers, [
      ['who reads its statistics', (part) => settingsOf(part).stats],
      ['who reaches its runtime socket', (part) => settingsOf(part).statsSocket],
    ]),
  ];
};

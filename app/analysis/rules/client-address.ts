// Who the client is, as the servers behind a balancer see it: the address is lost on the way, or anybody can write another one.
import type { Component, Design } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawnAt, unsaid } from '../drawn.ts';
import type { Knowledge, Suspicion, Unknown } from '../finding.ts';
import { counted } from '../in-words.ts';

/**
 * SE-17. A balancer has to say it, and the first server behind it has to believe the balancer and nobody else. Where users come
 * without a balancer, nobody is to be believed.
 */
export function clientAddressRule(design: Design, knowledge: Knowledge): readonly (Suspicion | Unknown)[] {
  const wiring = wiringOf(design);
  const balancers = design.components.filter((part) => knowledge.role(part) === 'balances');
  const targets = balancers.flatMap((part) => knowledge.servers(part).map(({ link }) => wiring.link(link)?.to ?? ''));
  const isAnswering = (part: Component) => ['serves', 'computes'].includes(knowledge.role(part));
  const behind = design.components.filter((part) => targets.includes(part.id) && isAnswering(part));
  const direct = entries(design).flatMap(({ to }) => wiring.component(to) ?? []);
  const alone = [...new Set(direct)].filter((part) => isAnswering(part) && !behind.includes(part));
  const servers = [...behind, ...alone];
  const passesOn = (part: Component) => knowledge.states(part).passesClientOn;
  const believes = (part: Component) => knowledge.states(part).believes;
  const gullible = servers.filter((part) => believes(part) === 'anyone');
  const blind = behind.filter((part) => believes(part) === 'nobody');
  const mute = balancers.filter((part) => passesOn(part) === false);
  const of = counted(servers.length, 'server');
  return [
    ...drawnAt(design, [...mute, ...gullible, ...blind], {
      id: 'SE-17@design',
      severity: 'medium',
      title: gullible.length > 0 ? 'Clients can forge their address' : 'The address of the client is lost',
      evidence: [
        gullible.length > 0 && `any client may name its address at ${gullible.length} of ${of}`,
        mute.length > 0 && `no address is passed on by ${mute.length} of ${counted(balancers.length, 'balancer')}`,
        blind.length > 0 && `the balancer is taken for the client at ${blind.length} of ${of}`,
      ],
      fix: 'Set at the balancer, believed from it alone',
    }),
    ...unsaid(design, 'SE-17', balancers, [['whether it passes the address of the client on', passesOn]]),
    ...unsaid(design, 'SE-17', servers, [['whom it believes about the address of the client', believes]]),
  ];
}

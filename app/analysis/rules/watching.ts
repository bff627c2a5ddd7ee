// What monitoring is told, keeps and says: no place for it (MO-02), a place that falls with the site (MO-03), nobody who hears
// (MO-04), signals that nobody watches (MO-05 to MO-07), logs that stay where they are written (MO-08).
import type { Component, Design, Monitoring, Watch } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { drawn, drawnAt, unsaid } from '../drawn.ts';
import type { Finding, FindingPlace, Knowledge, Suspicion, Unknown } from '../finding.ts';
import { counted, listed } from '../in-words.ts';

const PILL: readonly FindingPlace[] = [{ type: 'missing-monitoring' }];

/** Without any monitoring MO-02 says all that there is to say; the rest is about one that is there. */
export function watchingRule(design: Design, knowledge: Knowledge): readonly (Suspicion | Unknown)[] {
  const { monitoring } = design;
  if (monitoring === null) return [nowhere(design)];
  return [
    ...sharedFate(design, monitoring),
    ...silence(monitoring),
    ...signals(design, monitoring, knowledge),
    ...logs(design, monitoring, knowledge),
  ];
}

function nowhere(design: Design): Suspicion {
  const collecting = design.hosts.filter(({ collector }) => collector !== null).length;
  return drawn({
    id: 'MO-02@design',
    severity: 'high',
    title: 'What is measured has nowhere to go',
    places: PILL,
    where: 'Monitoring',
    evidence: `Collectors on ${collecting} of ${counted(design.hosts.length, 'server')}, and no place that keeps what they say.`,
    fix: 'A place that keeps and shows it',
  });
}

/** A host that carries nothing but monitoring falls alone. */
function sharedFate(design: Design, { hostId }: Monitoring): readonly Suspicion[] {
  const host = hostId === null ? undefined : wiringOf(design).host(hostId);
  if (host === undefined || wiringOf(design).componentsOn(host.id).length === 0) return [];
  const reporting = design.hosts.filter(({ collector }) => collector !== null).length;
  const of = counted(design.hosts.length, 'server');
  return drawnAt(design, [host], {
    id: `MO-03@${host.id}`,
    severity: 'medium',
    title: 'Monitoring dies with what it watches',
    evidence: [`${reporting} of ${of} report to ${host.name}, which serves the site itself`],
    fix: 'Monitoring outside of the site',
  });
}

function silence({ alerts, onCall }: Monitoring): readonly Suspicion[] {
  if (alerts.length > 0 && onCall !== null) return [];
  return [
    drawn({
      id: 'MO-04@design',
      severity: 'high',
      title: 'Monitoring tells nobody',
      places: PILL,
      where: 'Monitoring',
      evidence: `${counted(alerts.length, 'alert rule')}, ${onCall === null ? 'and nobody is on call' : 'and who is on call never hears'}.`,
      fix: 'Alert rules, and somebody who is told',
    }),
  ];
}

function signals(design: Design, { watches, alerts }: Monitoring, knowledge: Knowledge): readonly Suspicion[] {
  const balances = design.components.some((part) => knowledge.role(part) === 'balances');
  const copies = design.components.some((part) => knowledge.dataRole(part) === 'replica');
  const hasHttps = entries(design).some((link) => link.encrypted);
  const warns = alerts.some(({ type }) => type === 'certificate');
  const unseen = (
    weak: Pick<Finding, 'id' | 'title' | 'fix'>,
    wanted: readonly (Watch | false)[],
    more = 0,
  ): readonly Suspicion[] => {
    const all = wanted.filter((watch) => watch !== false);
    const missing = all.filter((watch) => !watches.includes(watch)).map((watch) => watch.replace('-', ' '));
    const lacking = [...missing, ...(more > 0 && !warns ? ['a warning before the certificate expires'] : [])];
    if (lacking.length === 0) return [];
    const count = all.length + more;
    const evidence = `Watched: ${count - lacking.length} of ${counted(count, 'signal')}; not seen: ${listed(lacking)}.`;
    return [drawn({ ...weak, severity: 'medium', places: PILL, where: 'Monitoring', evidence })];
  };
  return [
    ...unseen({ id: 'MO-05@design', title: 'Traffic is not watched', fix: 'Watch requests, errors and latency' }, [
      'qps',
      'errors',
      'latency',
    ]),
    ...unseen(
      {
        id: 'MO-06@design',
        title: 'Trouble that builds up is not watched',
        fix: 'Watch queues, server states and lag',
      },
      [balances && 'queue', balances && 'server-states', copies && 'replication-lag'],
    ),
    ...unseen(
      { id: 'MO-07@design', title: 'Nobody looks from outside', fix: 'Ask the site from outside, as users do' },
      ['public-url', hasHttps && 'certificate'],
      hasHttps ? 1 : 0,
    ),
  ];
}

/** A server without a collector keeps its logs as well. */
function logs(design: Design, { watches }: Monitoring, knowledge: Knowledge): readonly (Suspicion | Unknown)[] {
  const stay = design.hosts.filter(({ collector }) => !(collector?.logs === true && watches.includes('logs')));
  const balancers = design.components.filter((part) => knowledge.role(part) === 'balances');
  const isLogging = (part: Component) => knowledge.states(part).logsRequests;
  const mute = balancers.filter((part) => isLogging(part) === false);
  return [
    ...drawnAt(design, [...stay, ...mute], {
      id: 'MO-08@design',
      severity: 'medium',
      title: 'Logs are lost with the server',
      evidence: [
        stay.length > 0 && `logs stay on ${stay.length} of ${counted(design.hosts.length, 'server')}`,
        mute.length > 0 && `no request is written down at ${mute.length} of ${counted(balancers.length, 'balancer')}`,
      ],
      fix: 'Ship logs, write requests down',
    }),
    ...unsaid(design, 'MO-08', balancers, [['whether it writes requests down', isLogging]]),
  ];
}

// What a balancer's retries do not save.
import { FAULT_US, faultRun, measureKill } from '../../analysis/blast-radius.ts';
import type { FaultMeasure } from '../../analysis/fault-measure.ts';
import type { Evidence, FindingRule } from '../../analysis/finding.ts';
import { elementOf, requestsBetween } from '../../analysis/reading.ts';
import { atParts, designUnsaid, suspect } from '../../analysis/suspect.ts';
import type { Design } from '../../design/design.ts';
import { SECOND } from '../../foundation/micros.ts';
import { HopSign, signOf } from '../../simulation/trace.ts';
import { hasCookies } from './config.ts';
import { balancersOf, configOf, lossOf, type ServerLine, serverLines } from './server-lines.ts';

const isSticky = ({ config, server }: ServerLine): boolean =>
  config.balance === 'source' || (hasCookies(config) && server.cookie !== undefined);

/** AV-13: users stay with the server that their cookie or address names, dead or not. */
export const stickyRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter((line) => isSticky(line) && line.config.redispatch === null);
  const [first] = lines;
  if (first === undefined) return [];
  return [
    suspect(
      {
        id: 'AV-13@design',
        severity: 'high',
        title: 'Users stay with a dead server',
        ...atParts([...new Set(lines.map(({ balancer }) => balancer))], design),
        fix: 'Let a retry go to another server',
        comesTrueWith: lines.map(({ target }) => target.hostId),
      },
      ({ kills, measure }) => {
        const lost = lossOf(first);
        const kill = kills.get(lost) ?? measureKill(design, lost, knowledge, measure);
        const failed = failures(kill);
        const saved = failures(measureKill(redispatching(design), lost, knowledge, measure));
        if (failed <= saved) return null;
        return `Killed ${first.server.name}: ${failed} of ${kill.requests} requests failed; with redispatch ${saved} do.`;
      },
    ),
  ];
};

const failures = ({ requests, answered }: FaultMeasure): number => requests - answered;

/** The same design with `option redispatch` at every balancer. */
const redispatching = (design: Design): Design => ({
  ...design,
  components: design.components.map((one) =>
    'redispatch' in one.config ? { ...one, config: { ...one.config, redispatch: -1 } } : one,
  ),
});

/** Requests that start so soon after every server has died meet a balancer that does not know it yet. */
const UNNOTICED_US = 2 * SECOND;

/** CA-05: each layer tries again what the one behind it has tried already. */
export const multipliedRule: FindingRule = (design, knowledge) => {
  const balancers = balancersOf(design, knowledge).filter((one) => configOf(one).retries > 0);
  const [first] = balancers;
  if (first === undefined) return [];
  const { retries } = design.traffic;
  if (retries === undefined) return designUnsaid('CA-05', "how often the users' programs ask again");
  if (retries === 0) return [];
  return [
    suspect(
      {
        id: 'CA-05@design',
        severity: 'medium',
        title: 'Each layer tries again',
        ...atParts(balancers, design),
        fix: 'Retries in one layer, with pauses that grow',
      },
      (evidence) => {
        const tries = mostTries(evidence);
        if (tries < 2) return null;
        const asks = retries + 1;
        return `Killed every server: ${first.name} made ${tries} tries for a request, asked ${asks} times it makes ${tries * asks}.`;
      },
    ),
  ];
};

/** For one request, while every server is dead. */
function mostTries({ design, knowledge, measure }: Evidence): number {
  const lines = serverLines(design, knowledge);
  const kills = [...new Set(lines.map(({ target }) => target.id))];
  const { commands, endUs } = faultRun(
    design,
    kills.map((target) => ({ type: 'kill', target })),
    knowledge,
  );
  const run = measure(design, commands, endUs);
  const asked = new Set(requestsBetween(run, FAULT_US, FAULT_US + UNNOTICED_US));
  const links = new Set(lines.map(({ server }) => elementOf(design, server.link)));
  const tries = new Map<number, number>();
  for (const { hops } of run.chunks) {
    for (let row = 0; row < hops.link.length; row++) {
      const request = hops.request[row] as number;
      const isTry = signOf(hops.what[row] as number) === HopSign.Ask && links.has(hops.link[row] as number);
      if (isTry && asked.has(request)) tries.set(request, (tries.get(request) ?? 0) + 1);
    }
  }
  return Math.max(0, ...tries.values());
}

// What a balancer's retries do not save.
import { measureKill } from '../../analysis/blast-radius.ts';
import type { FaultMeasure } from '../../analysis/fault-measure.ts';
import type { FindingRule } from '../../analysis/finding.ts';
import { suspect } from '../../analysis/suspect.ts';
import type { Design } from '../../design/design.ts';
import { hasCookies } from './config.ts';
import { balancerName, lossOf, type ServerLine, serverLines } from './server-lines.ts';

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
        places: [...new Set(lines.map(({ balancer }) => balancer.id))].map((id) => ({ type: 'component', id })),
        where: balancerName(lines, design),
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

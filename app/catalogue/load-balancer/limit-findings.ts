// What a balancer's limits, weights and algorithm let through: no timeouts, all of an overload, unequal shares, a cold start.
import { computingBehind } from '../../analysis/behind.ts';
import { FAULT_US } from '../../analysis/blast-radius.ts';
import { drawn } from '../../analysis/drawn.ts';
import type { Evidence, FindingRule } from '../../analysis/finding.ts';
import { listed, sentence } from '../../analysis/in-words.ts';
import { partLoads } from '../../analysis/load-reading.ts';
import { overloadRun } from '../../analysis/overload.ts';
import { elementOf, fieldValues, requestsBetween, requestsOnLinks } from '../../analysis/reading.ts';
import { calmRun } from '../../analysis/shared-runs.ts';
import { atParts, hasRate, partOnHost, suspect, suspectUnseen } from '../../analysis/suspect.ts';
import { formatDuration, SECOND } from '../../foundation/micros.ts';
import { Belief, BeliefState } from '../../simulation/trace.ts';
import { atChecks, balancersOf, configOf, type ServerLine, serverLines, serverNames } from './server-lines.ts';

const TIMEOUTS = [
  ['timeoutClientMs', 'timeout client'],
  ['timeoutConnectMs', 'timeout connect'],
  ['timeoutServerMs', 'timeout server'],
] as const;

/** CA-02: without a timeout HAProxy waits for ever. */
export const timeoutRule: FindingRule = (design, knowledge) => {
  const open = balancersOf(design, knowledge).flatMap((balancer) => {
    const missing = TIMEOUTS.filter(([key]) => configOf(balancer)[key] === null).map(([, name]) => name);
    return missing.length === 0 ? [] : [{ balancer, missing }];
  });
  const [first] = open;
  if (first === undefined) return [];
  const { balancer, missing } = first;
  return [
    drawn({
      id: 'CA-02@design',
      severity: 'high',
      title: `${balancer.name} waits for ever`,
      ...atParts(
        open.map((one) => one.balancer),
        design,
      ),
      evidence: `${missing.length} of ${TIMEOUTS.length} timeouts are not set: ${listed(missing)}.`,
      fix: 'Set all three timeouts',
    }),
  ];
};

/** CA-03: an overload waits in the application servers, where it costs most. */
export const unlimitedRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(({ server }) => (server.maxconn ?? 0) === 0);
  const [first] = lines;
  if (first === undefined || !hasRate(design)) return [];
  return [
    suspect(
      {
        id: 'CA-03@design',
        severity: 'medium',
        title: 'An overload is passed on whole',
        places: lines.map(({ server }) => ({ type: 'link', id: server.link })),
        where: serverNames(lines),
        fix: 'A maxconn for each server',
      },
      (evidence) => {
        const overload = overloadRun(evidence);
        if (overload === null) return null;
        const { run, rateRps, fromUs, toUs } = overload;
        const loads = partLoads(run, fromUs, toUs);
        const app = computingBehind(first.target, design, knowledge);
        const [there, here] = [loads.get(app?.id ?? '')?.mostQueued ?? 0, loads.get(first.balancer.id)?.mostHeld ?? 0];
        if (app === undefined || there === 0) return null;
        const who = partOnHost(app, design, knowledge);
        return `At ${rateRps} requests a second up to ${there} waited for ${who}, and ${here} in ${first.balancer.name}.`;
      },
    ),
  ];
};

/** One is so many times as busy as another one, and busy at all. */
const UNEQUAL = 1.5;
const AT_ALL = 0.3;
/** A shorter request is over before a count of connections means anything. */
const SHORT_US = SECOND;
/** Give each server its share whatever it can do; the other algorithms look at the servers, or at who asks, and mean to be unequal. */
const BY_SHARE = ['roundrobin', 'static-rr', 'random'];

/** CA-07: turns do not fit servers of unequal strength, and a count of connections does not fit short requests. */
export const algorithmRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(({ server }) => !server.backup && server.weight > 0);
  const [first] = lines;
  if (first === undefined || !hasRate(design)) return [];
  const counting = lines.find(({ config }) => config.balance === 'leastconn');
  if (counting === undefined && !BY_SHARE.includes(first.config.balance)) return [];
  return [
    suspectUnseen(
      {
        id: 'CA-07@design',
        severity: 'low',
        title: 'The turns do not fit the servers',
        ...atParts([(counting ?? first).balancer], design),
        fix: 'Weights by what each server can do',
      },
      (evidence) => {
        if (counting === undefined) return unequalInWords(lines, evidence);
        const meanUs = meanActiveUs(evidence);
        if (meanUs === null || meanUs >= SHORT_US) return null;
        return {
          title: 'leastconn counts what is soon over',
          evidence: `A request holds its server for ${formatDuration(meanUs)} on average.`,
          fix: 'Let the servers take turns',
        };
      },
    ),
  ];
};

function unequalInWords(lines: readonly ServerLine[], evidence: Evidence): string | null {
  const { design, knowledge } = evidence;
  const { run, fromUs, toUs } = calmRun(evidence);
  const loads = partLoads(run, fromUs, toUs);
  const apps = lines.flatMap(({ target }) => {
    const app = computingBehind(target, design, knowledge);
    return app === undefined ? [] : [{ app, share: loads.get(app.id)?.share ?? 0 }];
  });
  const [most] = apps.sort((a, b) => b.share - a.share);
  const least = apps.at(-1);
  if (most === undefined || least === undefined || most.share < AT_ALL || most.share < UNEQUAL * least.share)
    return null;
  const [busy, idle] = [most, least].map(({ share }) => Math.round(share * 100));
  const [hard, easy] = [most, least].map(({ app }) => partOnHost(app, design, knowledge));
  return sentence([`${hard} was busy ${busy} % of the time, and ${easy} ${idle} %`]);
}

/** HAProxy's Ta, over the requests of the site as it is. */
function meanActiveUs(evidence: Evidence): number | null {
  let [sum, count] = [0, 0];
  for (const { ends } of calmRun(evidence).run.chunks) {
    for (const activeUs of ends.activeUs) {
      if (activeUs < 0) continue;
      sum += activeUs;
      count++;
    }
  }
  return count === 0 ? null : sum / count;
}

const AWAY_US = 12 * SECOND;
const FIRST_US = 5 * SECOND;

/** CA-08: a server that comes back gets its whole share at once, with nothing in its caches. */
export const coldStartRule: FindingRule = (design, knowledge) => {
  const lines = serverLines(design, knowledge).filter(
    ({ server, config }) =>
      server.check !== null &&
      !server.backup &&
      (server.slowstartMs ?? 0) === 0 &&
      ['roundrobin', 'leastconn'].includes(config.balance),
  );
  const [first] = lines;
  if (first === undefined || lines.length < 2 || !hasRate(design)) return [];
  return [
    suspect(
      {
        id: 'CA-08@design',
        severity: 'low',
        title: 'A server comes back to its whole load',
        places: atChecks(lines),
        where: serverNames(lines),
        fix: 'A slowstart for each server',
      },
      ({ measure }) => {
        const { target, server } = first;
        const repairUs = FAULT_US + AWAY_US;
        const back = [
          { type: 'kill', atUs: FAULT_US, target: target.id },
          { type: 'repair', atUs: repairUs, target: target.id },
        ] as const;
        const run = measure(design, back, repairUs + AWAY_US + FIRST_US);
        const beliefs = fieldValues(
          run,
          elementOf(design, server.link),
          Belief.State,
          repairUs,
          run.untilUs - FIRST_US,
        );
        const up = beliefs.slice(1).find(({ value }) => value === BeliefState.Up);
        if (up === undefined) return null;
        const all = requestsBetween(run, up.atUs, up.atUs + FIRST_US);
        const asked = requestsOnLinks(run, [server.link]);
        const got = all.filter((request) => asked.has(request)).length;
        return got === 0
          ? null
          : `Back UP, ${server.name} got ${got} of ${all.length} requests in its first ${formatDuration(FIRST_US)}.`;
      },
    ),
  ];
};

// Weaknesses of application servers: sessions that lie in the memory of one of them.
import { computingBehind } from '../../analysis/behind.ts';
import { FAULT_US, faultRun } from '../../analysis/blast-radius.ts';
import { unsaid } from '../../analysis/drawn.ts';
import type { Evidence, FindingRule, Knowledge } from '../../analysis/finding.ts';
import { faultyRun, type WatchedRun } from '../../analysis/shared-runs.ts';
import { atParts, hostName, suspect } from '../../analysis/suspect.ts';
import { type Component, type Design, USERS } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { wiringOf } from '../../design/wiring.ts';
import { Purpose } from '../../simulation/message.ts';
import type { AppServerConfig } from './config.ts';

const sessionsOf = ({ config }: Component) => (config as unknown as AppServerConfig).sessions;

/** AV-14: another application server does not know the user. */
const sessionRule: FindingRule = (design, knowledge) => {
  const all = design.components.filter(({ kind }) => kind === 'app-server');
  if (all.length < 2) return [];
  const forgetful = all.filter((one) => sessionsOf(one) === 'memory');
  const unknowns = unsaid(design, 'AV-14', all, [["where the users' sessions are kept", sessionsOf]]);
  const [first] = forgetful;
  if (first === undefined) return unknowns;
  return [
    ...unknowns,
    suspect(
      {
        id: 'AV-14@design',
        severity: 'medium',
        title: 'Sessions lie in the memory of one server',
        ...atParts(forgetful, design),
        fix: 'A session store that all servers share',
        comesTrueWith: forgetful.flatMap(({ id, hostId }) => [hostId, id]),
      },
      (evidence) => {
        const whole = movesOf(outOfStep(evidence), design, knowledge);
        if (whole.moved > 0) return inWords(whole);
        const after = movesOf(faultyRun(evidence, 'kill', first.hostId), design, knowledge);
        if (after.moved === 0) return null;
        return { severity: 'low', evidence: `Killed ${hostName(first, design)}: ${inWords(after)}` };
      },
    ),
  ];
};

export const APP_SERVER_RULES: readonly FindingRule[] = [sessionRule];

/**
 * The site as it is, with a number of users that servers cannot be in step with: users who take turns as the servers do would
 * always meet the same one, which no user of a real site does.
 */
function outOfStep({ design, measure, knowledge }: Evidence): WatchedRun {
  const { commands, lastUs, endUs } = faultRun(design, [], knowledge);
  const users = primeAbove(Math.max(design.traffic.users, LEAST_USERS));
  const patch = { atUs: 0, type: 'reconfigure', target: USERS, patch: { users } } as const;
  return { run: measure(design, [patch, ...commands], endUs), fromUs: FAULT_US, toUs: lastUs };
}

const LEAST_USERS = 11;

function primeAbove(least: number): number {
  let candidate = least;
  const isPrime = (number: number) => {
    for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
    return true;
  };
  while (!isPrime(candidate)) candidate++;
  return candidate;
}

interface Moves {
  /** Users who came again, and those of them who once came to another application server than before. */
  readonly users: number;
  readonly moved: number;
}

const inWords = ({ moved, users }: Moves): string =>
  `${moved} of ${users} users came to an app server that did not know them.`;

function movesOf({ run, fromUs, toUs }: WatchedRun, design: Design, knowledge: Knowledge): Moves {
  const apps = appsBehind(design, knowledge);
  const before = new Map<number, string>();
  const movers = new Set<number>();
  const seen = new Set<number>();
  for (const { ends } of run.chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const app = apps.get(ends.server[row] as number);
      const user = ends.address[row] as number;
      const startUs = ends.startUs[row] as number;
      if (app === undefined || ends.purpose[row] === Purpose.Flood || ends.status[row] !== 200) continue;
      const known = before.get(user);
      before.set(user, app);
      if (known === undefined || startUs < fromUs || startUs >= toUs) continue;
      seen.add(user);
      if (known !== app) movers.add(user);
    }
  }
  return { moved: movers.size, users: seen.size };
}

/** By element of a balancer's link: the application server that computes the answers of that server. */
function appsBehind(design: Design, knowledge: Knowledge): ReadonlyMap<number, string> {
  const elements = elementsOf(design);
  const wiring = wiringOf(design);
  const apps = new Map<number, string>();
  for (const { link } of design.components.flatMap((one) => knowledge.servers(one))) {
    const part = computingBehind(wiring.component(wiring.link(link)?.to ?? ''), design, knowledge);
    if (part !== undefined) apps.set(elements.indexOf(link), part.id);
  }
  return apps;
}

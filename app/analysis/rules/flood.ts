// Nothing holds a flood back: no limit for each address, no web application firewall. Proven by a flood: the requests of the users
// beside it are counted, and held against the same run without it.
import { ANYONE, type Component, type Design, USERS } from '../../design/design.ts';
import { entries } from '../../design/graph.ts';
import { wiringOf } from '../../design/wiring.ts';
import { FAULT_US, untilQuiet, watchedUs } from '../blast-radius.ts';
import { unsaid } from '../drawn.ts';
import type { Evidence, Finding, Knowledge, Suspicion, Unknown } from '../finding.ts';
import { partsInWords } from '../in-words.ts';
import { reaches } from '../reachability.ts';
import { sharesOf } from '../reading.ts';

/** A flood is so many times what the users ask; the next one where the one before does no harm. */
const TIMES = [10, 100];
const MOST_RPS = 5_000;
/** Share of the users' requests that must fail more than without the flood. */
const HARM = 0.05;

/** SE-16. A limit anywhere on the way will do; where there is none, those answer at which the users arrive. */
export function floodRule(design: Design, knowledge: Knowledge): readonly (Suspicion | Unknown)[] {
  const wiring = wiringOf(design);
  const edge = [...new Set(entries(design).flatMap(({ to }) => wiring.component(to) ?? []))];
  const exposed = edge.filter((part) => isPublic(design, part));
  const holdsBack = (part: Component) => {
    const { limitsRate, hasWaf } = knowledge.states(part);
    return limitsRate === true || hasWaf === true;
  };
  if (exposed.length === 0 || design.components.some(holdsBack)) return [];
  const open = unsaid(design, 'SE-16', exposed, [
    ['whether it limits the requests of one address', (part) => knowledge.states(part).limitsRate],
    ['whether a web application firewall reads them', (part) => knowledge.states(part).hasWaf],
  ]);
  if (open.length > 0) return open;
  const finding: Finding = {
    id: 'SE-16@design',
    rule: 'SE-16',
    severity: 'medium',
    title: 'Nothing holds a flood back',
    places: exposed.map(({ id }) => ({ type: 'component', id })),
    where: partsInWords(design, exposed),
    evidence: null,
    fix: 'A limit for each address',
    comesTrueWith: [],
  };
  return [{ finding, prove: (evidence) => flooded(finding, evidence) }];
}

const isPublic = (design: Design, part: Component): boolean => {
  const host = wiringOf(design).host(part.hostId);
  const ports = wiringOf(design)
    .linksTo(part.id)
    .filter(({ from }) => from === USERS)
    .map(({ port }) => port);
  return host !== undefined && ports.some((port) => reaches(ANYONE, { host, port }));
};

function flooded(finding: Finding, { design, measure }: Evidence): Finding | null {
  const lastUs = FAULT_US + watchedUs(design);
  const { quiet, endUs } = untilQuiet(design, lastUs);
  const usersIn = (rateRps: number) => {
    const flood = [
      { atUs: FAULT_US, type: 'flood', target: USERS, rateRps },
      { atUs: lastUs, type: 'repair', target: USERS, fault: 'flood' },
    ] as const;
    const run = measure(design, [...(rateRps > 0 ? flood : []), quiet], endUs);
    const { reads, readsAnswered, writes, writesAnswered } = sharesOf(run, FAULT_US, lastUs);
    return { all: reads + writes, answered: readsAnswered + writesAnswered };
  };
  const calm = usersIn(0);
  const failing = ({ all, answered }: typeof calm) => (all === 0 ? 0 : (all - answered) / all);
  for (const times of TIMES) {
    const rateRps = Math.min(MOST_RPS, Math.ceil(design.traffic.rateRps * times));
    const users = usersIn(rateRps);
    if (failing(users) <= failing(calm) + HARM) continue;
    const of = `${users.answered} of ${users.all} requests of the users were answered`;
    return { ...finding, evidence: `A flood of ${rateRps} requests a second: ${of}.` };
  }
  return null;
}

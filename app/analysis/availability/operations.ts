// How a site is kept running: how often what fails, who is told and when, and how long people take. What a design does not say is
// taken from what has been published, each figure with its source; where nobody has published one, it says so.
import type { Design, FailureTimes, Operations } from '../../design/design.ts';

/** Everything stated. */
export interface Operating extends Required<Omit<Operations, 'failures'>> {
  /** Of a host (`host`), a line (`link`) or the programs of a kind. */
  failureTimes(what: string): FailureTimes;
}

export interface UsualFailure extends Omit<FailureTimes, 'what'> {
  readonly source: string;
}

const VIRTUALIZED =
  'Nguyen, Kim, Park, A comprehensive availability modeling and analysis of a virtualized servers system, The Scientific World Journal 2014, table 3';

/** Whose times are usual: a machine, a line between two of them, and a program of any kind. */
const USUAL_FAILURES: Readonly<Record<'host' | 'link' | 'program', UsualFailure>> = {
  host: {
    mtbfH: 8_760,
    repairMin: 355,
    source: `Fails once a year: ${VIRTUALIZED}. Repair: mean of 23,000 failures at Los Alamos, Schroeder and Gibson, A large-scale study of failures in high-performance computing systems, DSN 2006.`,
  },
  // -8760 h / ln 0.95: exponential, and 5 of 100 have failed after a year.
  link: {
    mtbfH: 170_800,
    repairMin: 210,
    source:
      'Fails as the switch of a rack: 5 of 100 in a year, Gill, Jain, Nagappan, Understanding network failures in data centers, SIGCOMM 2011. Repair: 1 to 6 hours until a rack is back, J. Dean, Google I/O 2008.',
  },
  program: {
    mtbfH: 2_893,
    repairMin: 30,
    source: `As the software of a virtual machine: ${VIRTUALIZED}.`,
  },
};

type Stated<Value> = { readonly value: Value; readonly source: string };

/** What is usual of people and programs. */
const USUAL: { readonly [Name in keyof Omit<Operating, 'failureTimes'>]: Stated<Operating[Name]> } = {
  hangShare: {
    value: 0.1,
    source:
      'No study counts hangs against crashes: an assumption. That server programs do hang: 307 confirmed bugs in MySQL, PostgreSQL, Apache and Firefox, Song, Chen, Zang, Why software hangs, DSN 2010.',
  },
  who: { value: 'Person on call', source: '' },
  reactMin: {
    value: 5,
    source: 'For what users see: Beyer and others, Site Reliability Engineering (2016), chapter 11, Being on-call.',
  },
  complainMin: {
    value: 30,
    source:
      'No study says when a user finds somebody to tell: an assumption. 44 of 100 asked need 30 minutes or more to notice an outage that matters, New Relic, Observability Forecast 2023.',
  },
  unseenH: {
    value: 24,
    source: 'Seen by whoever looks at the servers once a day: an assumption.',
  },
  promoteMin: {
    value: 10,
    source:
      'No study says: an assumption. A practised runbook is said to end it 15 minutes after the alert, 5 to react included.',
  },
  promotionSuccess: { value: 1, source: 'No study says: an assumption.' },
  recoverMin: { value: 60, source: 'No study says: an assumption.' },
};

/** What the design says, else what is usual. */
export function operatingOf({ operations = {} }: Design): Operating {
  const { failures = [] } = operations;
  const stated = <Name extends keyof typeof USUAL>(name: Name) => operations[name] ?? USUAL[name].value;
  return {
    hangShare: stated('hangShare') as number,
    who: stated('who') as string,
    reactMin: stated('reactMin') as number,
    complainMin: stated('complainMin') as number,
    unseenH: stated('unseenH') as number,
    promoteMin: stated('promoteMin') as number,
    promotionSuccess: stated('promotionSuccess') as number,
    recoverMin: stated('recoverMin') as number,
    failureTimes: (what) => failures.find((one) => one.what === what) ?? { what, ...usualFailure(what) },
  };
}

/** Of anything that is neither a host nor a line: of a program. */
const usualFailure = (what: string): UsualFailure =>
  what === 'host' || what === 'link' ? USUAL_FAILURES[what] : USUAL_FAILURES.program;

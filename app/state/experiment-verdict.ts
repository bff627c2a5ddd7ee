// The verdict of an experiment: whether what is served once things have settled is what the drawing says, what that means, and
// the issue that it proves. Where nothing was foretold it says so, and why.
import type { Expectation, Served } from '../analysis/expectation.ts';
import type { Finding } from '../analysis/finding.ts';
import type { SiteLoad } from '../analysis/site-load.ts';
import type { Component, Design } from '../design/design.ts';
import { percent } from '../drawing/words.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { classOf, type Measured, SERVED, type ServedCount, settledUs } from './experiment-measured.ts';
import { doneTo } from './fault-words.ts';
import type { WhyNot } from './foretold.ts';
import { hasComeTrue } from './pins.ts';
import { hostNamed, hostWords, sentenceCase, targetWords, truthAt } from './truth.ts';

export interface Verdict {
  readonly title: string;
  readonly text: string;
  readonly finding: Finding | null;
}

export function verdictOf(run: Measured): Verdict {
  const { expected, whyNot } = run;
  if (expected === null || (expected.reads === null && expected.writes === null)) {
    return { title: 'Not predicted', text: whyNot === null ? '' : whyWords(run.design, whyNot), finding: null };
  }
  const fromUs = settledUs(run);
  const untilUs = nextActUs(run);
  if (untilUs !== null && untilUs <= fromUs + SECOND) {
    const text = `What is served for good would have shown from ${formatClock(fromUs + SECOND)} on. Before that ${
      run.endUs === untilUs ? 'it ended' : 'something else was done'
    }, at ${formatClock(untilUs)}.`;
    return { title: 'Ended before it settled', text, finding: null };
  }
  const judged = judge(run, expected, fromUs, Math.min(run.toUs, untilUs ?? run.toUs));
  if (judged === null) {
    const text = `What is served for good shows from ${formatClock(fromUs + SECOND)} on.`;
    return { title: 'Not settled yet', text, finding: null };
  }
  const finding = judged.length === 0 ? findingOf(run, expected) : null;
  const title =
    judged.length === 0 ? `As expected: ${outcomeWord(run, expected)}` : `Not as expected: ${judged.join('; ')}`;
  return { title, text: meaning(run, expected, finding), finding };
}

/** The first act after the fault that is not its own end by itself; null where nothing was done since. */
function nextActUs({ commands, fault, nowUs, isRestart }: Measured): Micros | null {
  const own = isRestart ? fault.backUs : null;
  const next = commands.find(({ atUs }) => atUs > fault.sinceUs && atUs <= nowUs && atUs !== own);
  return next?.atUs ?? null;
}

// ---- held against the run ----------------------------------------------------------------------------------------

/** Fewer have ended than would show that some are served and others not. */
const LEAST_FOR_SOME = 10;
/** Of nearly all, at least so many. */
const NEARLY = 0.98;

/** What is not as expected; null while too little has ended to say. */
function judge(run: Measured, expected: Expectation, fromUs: Micros, untilUs: Micros): readonly string[] | null {
  if (untilUs <= fromUs + SECOND) return null;
  const settled = run.window.outcomes(fromUs, untilUs);
  const [reads, writes] = [classOf(run, 'reads', settled), classOf(run, 'writes', settled)];
  const isSilent = settled.waiting > 0 && reads.all + writes.all === 0;
  if (expected.load !== null && expected.reads === 'some' && expected.writes !== 'none') {
    const both = { all: reads.all + writes.all, answered: reads.answered + writes.answered };
    const agrees = agreement(both, 'some', isSilent);
    return agrees === null ? null : agrees ? [] : [`${shareWord(both)}, expected not all`];
  }
  const { writeShare } = run.design.traffic;
  const classes = [
    ...(writeShare < 1 ? ([['reads', reads, expected.reads]] as const) : []),
    ...(writeShare > 0 ? ([['writes', writes, expected.writes]] as const) : []),
  ];
  const wrong: string[] = [];
  for (const [name, count, served] of classes) {
    if (served === null) continue;
    const agrees = agreement(count, served, isSilent);
    if (agrees === null) return null;
    if (!agrees) wrong.push(`${name} ${shareWord(count)}, expected ${SERVED[served]}`);
  }
  return wrong;
}

type Counted = Pick<ServedCount, 'all' | 'answered'>;

/** Null while too few have ended. Where nothing ends and requests wait, none is served. */
function agreement({ all, answered }: Counted, expected: Served, isSilent: boolean): boolean | null {
  if (isSilent) return expected === 'none' || expected === 'some';
  if (all === 0 || (expected === 'some' && all < LEAST_FOR_SOME)) return null;
  switch (expected) {
    case 'all':
      return answered === all;
    case 'nearly all':
      return answered >= NEARLY * all || all - answered <= 1;
    case 'some':
      return answered < all;
    case 'none':
      return answered === 0;
  }
}

const shareWord = ({ all, answered }: Counted): string => `${answered} of ${all} served`;

// ---- what it means -----------------------------------------------------------------------------------------------

function outcomeWord({ isRestart, fault }: Measured, { reads, writes, load }: Expectation): string {
  if (isRestart) return 'everything is served again';
  const sorts = [...new Set([reads, writes].filter((served) => served !== null))];
  const [only] = sorts;
  if (sorts.length > 1) {
    const named = (served: Served | null, name: string) =>
      served === null || served === 'all' ? [] : [`${served === 'none' ? 'no' : SERVED[served]} ${name}`];
    return [...named(reads, 'reads'), ...named(writes, 'writes')].join(', ');
  }
  if (only === 'all') return 'everything is served';
  if (only === 'nearly all') return 'nearly everything is served';
  if (only === 'none') return 'nothing is served';
  return load !== null && fault.kind !== 'hang' ? 'the site cannot keep up' : 'not everything is served';
}

function meaning(run: Measured, expected: Expectation, finding: Finding | null): string {
  const { design, fault, isRestart } = run;
  const load = expected.load === null ? '' : `${loadWords(design, expected.load)} `;
  const behind = expected.fallsBehind ? 'The replica falls behind for as long as it lasts. ' : '';
  if (finding !== null) return `${load}${behind}${finding.title}. ${finding.evidence ?? ''}`.trim();
  if (load !== '' || behind !== '') return `${load}${behind}`.trim();
  const isServed = [expected.reads, expected.writes].every((served) => served === 'all' || served === null);
  if (isRestart) return 'No issue is about it: what was away came back, and nothing stays of it.';
  const where = hostNamed(design, fault.target) === undefined ? doneTo(design, fault.command) : partsWords(run);
  return isServed ? `No issue is about ${where}: the site goes on without it.` : `No issue is about ${where} yet.`;
}

const partsWords = ({ design, fault }: Measured): string =>
  fault.other === undefined ? hostWords(design, fault.target) : doneTo(design, fault.command);

/** `The app server on Server 1 has 1.2 times as much to do as its 5 workers can.` */
function loadWords(design: Design, { busiest: { component, share } }: SiteLoad): string {
  const name = sentenceCase(targetWords(design, component.id));
  const places = placesOf(component);
  if (share <= 1) return `${name} is busiest: ${percent(share)} of what its ${places} can do.`;
  return `${name} has ${share.toFixed(1)} times as much to do as its ${places} can.`;
}

function placesOf({ config }: Component): string {
  const { workers, threads, connections, workerConnections } = config as Readonly<Record<string, unknown>>;
  if (typeof workers === 'number') return workers === 1 ? '1 worker' : `${workers} workers`;
  if (typeof threads === 'number') return `${threads} threads`;
  return `${String(connections ?? workerConnections ?? '')} connections`.trim();
}

function whyWords(design: Design, why: WhyNot): string {
  switch (why.type) {
    case 'others':
      return 'Another fault was on at the same time.';
    case 'not-whole':
      return 'HAProxy did not use all servers when it began.';
    case 'chance':
      return 'What the line loses is chance, and TCP sends it again later: the drawing does not say which requests run into a timeout.';
    case 'near':
      return `${loadWords(design, why.load)} That is too near to say whether its queue outlasts the timeouts.`;
    case 'way':
      return 'Which server gets how many requests depends on the run: the drawing does not say.';
    case 'two-holders':
      return 'Two balancers that do not hear each other both take the address: the drawing does not say which one the users reach.';
    case 'check':
      return 'HAProxy asks for a page that depends on it: the drawing does not say how many checks in a row fail.';
    case 'promotion':
      return 'The replica steps in when it takes the primary for dead, be it so or not: the drawing does not say who writes where then.';
    case 'timeout':
      return 'The delay is as long as a timeout: the drawing does not say which of them comes first.';
  }
}

// ---- the issue that it proves --------------------------------------------------------------------------------------

/** One whose element the fault puts out of action, or whose weakness it is. Nothing is proven where everything is served. */
function findingOf(run: Measured, expected: Expectation): Finding | null {
  const { findings, fault, isRestart, base, gone } = run;
  const alone = truthAt(base, [fault.command], fault.sinceUs);
  if (isRestart) {
    if (run.outcomes.failed === 0) return null;
    const deploy = findings.find(({ rule, places }) => rule === 'AV-16' && isOn(places, gone));
    return deploy ?? findings.find((one) => hasComeTrue(one, alone)) ?? null;
  }
  const came = findings.find((one) => hasComeTrue(one, alone));
  if (came !== undefined) return came;
  if (fault.kind === 'cut' || fault.kind === 'part') return cutOff(run, expected);
  const isOver = (fault.kind === 'slow' || fault.kind === 'flood') && expected.reads === 'some';
  return isOver ? (findings.find(({ rule }) => rule === 'AV-05') ?? null) : null;
}

const isOn = (places: Finding['places'], gone: ReadonlySet<string>): boolean =>
  places.some((place) => 'id' in place && gone.has(place.id));

/** A line as single as what it leads to: with it cut, as little is served as with that dead. */
function cutOff({ findings, design, gone }: Measured, { reads, writes }: Expectation): Finding | null {
  if (reads !== 'none' && writes !== 'none') return null;
  const ends = design.links.filter(({ id }) => gone.has(id)).map(({ to }) => to);
  const denies = reads === 'none' && writes === 'none' ? 'AV-01' : 'AV-02';
  return (
    findings.find(({ rule, comesTrueWith }) => rule === denies && ends.some((id) => comesTrueWith.includes(id))) ?? null
  );
}

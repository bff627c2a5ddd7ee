// The experiment of a fault: what the drawing foretold, what the run measured since, and whether the one is the other. All
// counts are those of the requests that were open when it began, or came until it ended.
import { type Expectation, expectationOf, type Foretold } from '../analysis/expectation.ts';
import type { Finding } from '../analysis/finding.ts';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { fallsWith, type Reach } from '../design/graph.ts';
import { formatClock, formatDuration, type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { Belief, BeliefState, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import { lastFailed } from '../timeline/summarise.ts';
import { chunkAt, type Outcomes, type TraceWindow } from '../timeline/trace-window.ts';
import type { ActiveFault } from './app.ts';
import { serversIn } from './beliefs.ts';
import { designAfter } from './design-at.ts';
import { failureLines } from './failures.ts';
import { doneTo, said } from './fault-words.ts';
import { hasComeTrue } from './pins.ts';
import { hostWords, type Truth, truthAt } from './truth.ts';

export interface ExperimentRow {
  readonly name: string;
  readonly expected: string;
  /** With "of" what. */
  readonly measured: string;
  readonly cause: string;
}

export interface Experiment {
  readonly number: number;
  readonly command: Command;
  /** `Power off Server 1 at 00:20.0, active-active`. */
  readonly title: string;
  /** `ended at 00:50.0`, or `still on`. */
  readonly state: string;
  readonly rows: readonly ExperimentRow[];
  readonly verdict: { readonly title: string; readonly text: string; readonly finding: Finding | null } | null;
  /** Answered at once, on another try, failed, still waiting: they add up to all. */
  readonly counts: Pick<Outcomes, 'answered' | 'retried' | 'failed' | 'waiting' | 'total'>;
}

export interface ExperimentInput {
  readonly base: Design;
  readonly commands: readonly Command[];
  readonly findings: readonly Finding[];
  readonly window: TraceWindow;
  readonly nowUs: Micros;
}

/** What is settled is only said so long after everybody should have noticed: the requests of before have ended by then. */
const SETTLING_US = 8 * SECOND;

/** One a fault, in the order in which they were done. */
export function experimentsOf(input: ExperimentInput): readonly Experiment[] {
  const { base, commands, nowUs } = input;
  const faults = commands.flatMap((command): ActiveFault[] => {
    if (command.atUs > nowUs) return [];
    const before = truthAt(base, commands, command.atUs - 1).faults;
    // A stronger one of the same sort is an experiment of its own, from when it was done.
    return truthAt(base, commands, command.atUs)
      .faults.filter((fault) => fault.command === command && !before.some((one) => one.command === command))
      .map((fault) => ({ ...fault, sinceUs: command.atUs }));
  });
  return faults.map((fault, index) => experimentOf(input, fault, index + 1));
}

function experimentOf(input: ExperimentInput, fault: ActiveFault, number: number): Experiment {
  const { base, commands, window, nowUs } = input;
  const { command, sinceUs } = fault;
  const design = designAfter(
    base,
    commands.filter(({ atUs }) => atUs <= sinceUs),
  );
  const endUs = endOf(input, fault);
  const toUs = endUs ?? nowUs;
  const outcomes = window.outcomes(sinceUs, toUs);
  const foretold = foretoldBy(design, fault);
  const expected = foretold === null ? null : expectedOf(design, foretold);
  const run: Measured = { ...input, design, fault, toUs, outcomes, truth: truthAt(base, commands, sinceUs) };
  const words = said(design, command);
  return {
    number,
    command,
    title: `${words?.name ?? 'Fault'}, ${doneTo(design, command)}, at ${formatClock(sinceUs)}`,
    state: endUs === null ? 'still on' : `ended at ${formatClock(endUs)}`,
    rows: rowsOf(run, expected),
    verdict: verdictOf(run, expected),
    counts: outcomes,
  };
}

const expectations = new WeakMap<Design, Map<string, Expectation>>();

/** What the drawing says of a fault stays as long as the drawing: not asked anew for each picture of a large site. */
function expectedOf(design: Design, foretold: Foretold): Expectation {
  const known = expectations.get(design) ?? new Map<string, Expectation>();
  expectations.set(design, known);
  const key = `${foretold.how} ${foretold.target}`;
  const expected = known.get(key) ?? expectationOf(design, foretold, knowledge, checkTimesOf(design));
  known.set(key, expected);
  return expected;
}

interface Measured extends ExperimentInput {
  readonly design: Design;
  readonly fault: ActiveFault;
  readonly toUs: Micros;
  readonly outcomes: Outcomes;
  /** When it began. */
  readonly truth: Truth;
}

/** The act after which the fault is no longer on, or null. */
function endOf({ base, commands, nowUs }: ExperimentInput, fault: ActiveFault): Micros | null {
  for (const { atUs } of commands) {
    if (atUs <= fault.sinceUs || atUs > nowUs) continue;
    if (!truthAt(base, commands, atUs).faults.some((one) => one.command === fault.command)) return atUs;
  }
  return null;
}

/** Deaths and hangs can be foretold from the drawing; what is slow, lossy or flooded cannot. */
function foretoldBy(design: Design, { kind, target }: ActiveFault): Foretold | null {
  if (kind === 'hang') return { target, how: 'silent' };
  if (kind !== 'kill') return null;
  return { target, how: design.hosts.some(({ id }) => id === target) ? 'silent' : 'dead' };
}

function rowsOf(run: Measured, expected: Expectation | null): ExperimentRow[] {
  const { outcomes, fault, toUs } = run;
  const reads = classOf(run, 'reads');
  const writes = classOf(run, 'writes');
  const detectUs = detectedAfter(run);
  const rows: ExperimentRow[] = [
    { name: 'Reads served', expected: reachWord(expected?.reads), ...servedWords(reads) },
    { name: 'Writes served', expected: reachWord(expected?.writes), ...servedWords(writes) },
    {
      name: 'Answered late',
      expected: NOT_PREDICTED,
      measured: `${outcomes.retried} of ${outcomes.total}`,
      cause: outcomes.retried === 0 ? '' : 'on another try',
    },
    {
      name: 'Still waiting',
      expected: NOT_PREDICTED,
      measured: `${outcomes.waiting} of ${outcomes.total}`,
      cause: outcomes.waiting === 0 ? '' : `at ${formatClock(toUs)}`,
    },
    {
      name: 'Time to detect',
      expected: expected === null ? NOT_PREDICTED : rangeWord(expected.detectUs),
      measured: detectUs === null ? 'not noticed' : formatDuration(detectUs),
      cause: detectUs === null ? `in the ${formatDuration(toUs - fault.sinceUs)} so far` : 'marked DOWN by HAProxy',
    },
    recoverRow(run, 'reads', expected?.reads, expected?.detectUs ?? null),
    recoverRow(run, 'writes', expected?.writes, expected?.detectUs ?? null),
    ...lostRow(run),
  ];
  return rows.filter(({ name }) => name !== 'Still waiting' || outcomes.waiting > 0);
}

/** Confirmed writes that the log of record no longer has; nothing where the window holds no more of that time. */
function lostRow({ window, fault, toUs }: Measured): readonly ExperimentRow[] {
  const lostAt = (us: Micros) => window.fieldsAt(us)?.[USERS_ELEMENT * FIELDS + Field.WritesLost] ?? null;
  const [before, after] = [lostAt(fault.sinceUs), lostAt(toUs)];
  if (before === null || after === null) return [];
  const lost = after - before;
  const cause = lost === 0 ? '' : 'confirmed, and not in the log of the primary of now';
  return [{ name: 'Confirmed writes lost', expected: NOT_PREDICTED, measured: `${lost}`, cause }];
}

const NOT_PREDICTED = 'not predicted';
const reachWord = (reach: Reach | undefined): string => reach ?? NOT_PREDICTED;

function rangeWord(range: readonly [Micros, Micros] | null): string {
  if (range === null) return 'never';
  const [least, most] = range.map((us) => (us / SECOND).toFixed(1).replace('.0', ''));
  return `${least} to ${most} s`;
}

type Class = 'reads' | 'writes';

interface Served {
  readonly all: number;
  readonly answered: number;
  /** Why most of those that failed did. */
  readonly cause: string;
}

/** Of those that ended. */
function classOf({ outcomes, design, window, truth }: Measured, which: Class, of: Outcomes = outcomes): Served {
  const isMine = (purpose: number) => (purpose === Purpose.Write) === (which === 'writes');
  const failures = of.failures.filter(({ purpose }) => isMine(purpose));
  const lines = failureLines([{ failures, design, truth }], window.elements);
  const most = [...lines].sort((a, b) => b.count - a.count)[0];
  const ended = of.answered + of.retried + of.failed;
  const all = which === 'writes' ? of.writes : ended - of.writes;
  const failed = which === 'writes' ? of.writesFailed : of.failed - of.writesFailed;
  return { all, answered: all - failed, cause: most === undefined ? '' : `${most.count} ${most.text}` };
}

const servedWords = ({ all, answered, cause }: Served) => ({
  measured: all === 0 ? 'none ended' : `${answered} of ${all}`,
  cause,
});

/** From the fault until HAProxy marked the first server that it concerns DOWN; null when it did not. */
function detectedAfter({ design, fault, window, toUs }: Measured): Micros | null {
  const gone = new Set([...fallsWith(design, fault.target), fault.target, fault.other ?? '']);
  const links = new Set(
    serversIn(design, window.elements)
      .filter(({ linkId, componentId, hostId }) => gone.has(linkId) || gone.has(componentId) || gone.has(hostId))
      .map(({ linkElement }) => linkElement),
  );
  let atUs: Micros | null = null;
  window.forEachStateChange(fault.sinceUs, toUs, ({ element, field, value, atUs: changedUs }) => {
    if (links.has(element) && field === Belief.State && value === BeliefState.Down) atUs ??= changedUs;
  });
  return atUs === null ? null : atUs - fault.sinceUs;
}

/** Recovered: since the last one that failed, others were answered for a while. */
function recoverRow(
  run: Measured,
  which: Class,
  reach: Reach | undefined,
  detect: Expectation['detectUs'],
): ExperimentRow {
  const { fault, toUs, window } = run;
  const name = `Time to recover, ${which}`;
  const expected =
    reach === undefined
      ? NOT_PREDICTED
      : reach === 'all'
        ? detect === null
          ? 'at once'
          : rangeWord(detect)
        : 'not by itself';
  const lastUs = lastFailedAt(run, which);
  const soFar = formatDuration(toUs - fault.sinceUs);
  if (lastUs === null) return { name, expected, measured: 'at once', cause: `no ${which.slice(0, -1)} failed` };
  const since = classOf(run, which, window.outcomes(lastUs, toUs));
  const isOver = since.answered >= 3 && toUs - lastUs >= 2 * SECOND;
  return isOver
    ? {
        name,
        expected,
        measured: formatDuration(lastUs - fault.sinceUs),
        cause: `until the last ${which.slice(0, -1)} failed`,
      }
    : { name, expected, measured: 'not yet', cause: `in the ${soFar} so far` };
}

/** When the last of them failed since the fault; null when none did. */
function lastFailedAt({ window, fault, toUs }: Measured, which: Class): Micros | null {
  const at = which === 'reads' ? 0 : 1;
  let lastUs = -1;
  for (let index = chunkAt(fault.sinceUs); index < chunkAt(toUs); index++) {
    lastUs = Math.max(lastUs, window.second(index)?.lastFailedUs[at] ?? -1);
  }
  window.forEachEnd(Math.max(fault.sinceUs, chunkAt(toUs) * SECOND - 1), toUs, (ends, row) => {
    lastUs = Math.max(lastUs, lastFailed(ends, row, row + 1)[at]);
  });
  return lastUs <= fault.sinceUs ? null : lastUs;
}

/** Whether what is served once things have settled is what the drawing says. */
function verdictOf(run: Measured, expected: Expectation | null): Experiment['verdict'] {
  const { fault, window, toUs, design } = run;
  if (expected === null)
    return {
      title: 'Not predicted',
      text: 'The drawing alone says nothing of such a fault: look at what was measured.',
      finding: null,
    };
  if (isAmongOthers(run))
    return { title: 'Not predicted', text: 'Another fault was on at the same time.', finding: null };
  const settledUs = fault.sinceUs + (expected.detectUs?.[1] ?? 0) + SETTLING_US;
  if (toUs <= settledUs + SECOND)
    return {
      title: 'Not settled yet',
      text: `What is served for good shows from ${formatClock(settledUs + SECOND)} on.`,
      finding: null,
    };
  const settled = window.outcomes(settledUs, toUs);
  const [reads, writes] = [classOf(run, 'reads', settled), classOf(run, 'writes', settled)];
  const alone = aloneTruth(run);
  const finding = run.findings.find((one) => hasComeTrue(one, alone)) ?? null;
  const wrong = [
    ...(agrees(reads, expected.reads) ? [] : [`reads ${shareWord(reads)}, expected ${expected.reads}`]),
    ...(agrees(writes, expected.writes) ? [] : [`writes ${shareWord(writes)}, expected ${expected.writes}`]),
  ];
  const title = wrong.length === 0 ? `As expected: ${outcomeWord(expected)}` : `Not as expected: ${wrong.join('; ')}`;
  const where = design.hosts.some(({ id }) => id === fault.target)
    ? hostWords(design, fault.target)
    : doneTo(design, fault.command);
  const text =
    finding === null
      ? `No issue is about ${where}: the site goes on without it.`
      : `${finding.title}. ${finding.evidence ?? ''}`;
  return { title, text: text.trim(), finding };
}

function isAmongOthers({ base, commands, fault, truth, toUs }: Measured): boolean {
  if (truth.faults.length > 1) return true;
  const later = commands.filter(({ atUs }) => atUs > fault.sinceUs && atUs < toUs);
  return later.some(({ atUs }) => truthAt(base, commands, atUs).faults.some((one) => one.command !== fault.command));
}

/** The fault as if it were the only one. */
const aloneTruth = ({ base, fault }: Measured): Truth => truthAt(base, [fault.command], fault.sinceUs);

function agrees({ all, answered }: Served, expected: Reach): boolean {
  if (all === 0) return true;
  if (expected === 'all') return answered === all;
  return expected === 'none' ? answered === 0 : answered < all;
}

const shareWord = ({ all, answered }: Served): string => `${answered} of ${all} served`;

function outcomeWord({ reads, writes }: Expectation): string {
  if (reads === 'all' && writes === 'all') return 'everything is served';
  if (reads === 'none' && writes === 'none') return 'nothing is served';
  const words = { all: 'all', some: 'some', none: 'no' };
  return reads === 'all' || writes === 'all'
    ? reads === 'all'
      ? `${words[writes]} writes`
      : `${words[reads]} reads`
    : `${words[reads]} reads, ${words[writes]} writes`;
}

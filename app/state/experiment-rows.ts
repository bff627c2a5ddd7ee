// The rows of an experiment's table: what was expected beside what was measured, with the cause below. A figure that nobody can
// foretell from the drawing says so.
import type { Expectation, Served } from '../analysis/expectation.ts';
import { milliseconds } from '../drawing/words.ts';
import { formatClock, formatDuration, type Micros, SECOND } from '../foundation/micros.ts';
import { Belief, BeliefState, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import { meanLatencyUs } from '../timeline/second-bins.ts';
import { lastFailed } from '../timeline/summarise.ts';
import { chunkAt } from '../timeline/trace-window.ts';
import { serversIn } from './beliefs.ts';
import { type Class, classOf, type Measured, SERVED, type ServedCount, settledUs } from './experiment-measured.ts';

export interface ExperimentRow {
  readonly name: string;
  readonly expected: string;
  /** With "of" what. */
  readonly measured: string;
  readonly cause: string;
}

const NOT_PREDICTED = 'not predicted';

export function rowsOf(run: Measured): ExperimentRow[] {
  const { expected, outcomes, isRestart, toUs } = run;
  // While a restarting part is away, nobody foretells who is lucky.
  const share = (served: Served | null | undefined): string =>
    isRestart || served == null ? NOT_PREDICTED : SERVED[served];
  return [
    { name: 'Reads served', expected: share(expected?.reads), ...servedWords(classOf(run, 'reads')) },
    { name: 'Writes served', expected: share(expected?.writes), ...servedWords(classOf(run, 'writes')) },
    {
      name: 'Answered late',
      expected: NOT_PREDICTED,
      measured: `${outcomes.retried} of ${outcomes.total}`,
      cause: outcomes.retried === 0 ? '' : 'on another try',
    },
    ...(outcomes.waiting === 0
      ? []
      : [
          {
            name: 'Still waiting',
            expected: NOT_PREDICTED,
            measured: `${outcomes.waiting} of ${outcomes.total}`,
            cause: `at ${formatClock(toUs)}`,
          },
        ]),
    ...durationRow(run),
    detectRow(run),
    recoverRow(run),
    ...afterRow(run),
    ...behindRow(run),
    ...lostRow(run),
  ];
}

// ---- who is served ------------------------------------------------------------------------------------------------

const servedWords = ({ all, answered, cause }: ServedCount) => ({
  measured: all === 0 ? 'none ended' : `${answered} of ${all}`,
  cause,
});

function afterRow(run: Measured): readonly ExperimentRow[] {
  if (!run.isRestart || run.expected?.reads == null) return [];
  const fromUs = settledUs(run);
  if (run.toUs <= fromUs) {
    return [{ name: 'Served after it', expected: 'all', measured: 'not yet', cause: `from ${formatClock(fromUs)} on` }];
  }
  const after = run.window.outcomes(fromUs, run.toUs);
  const ended = after.answered + after.retried + after.failed;
  const measured = ended === 0 ? 'none ended' : `${ended - after.failed} of ${ended}`;
  return [{ name: 'Served after it', expected: 'all', measured, cause: `from ${formatClock(fromUs)} on` }];
}

// ---- how long it takes --------------------------------------------------------------------------------------------

/** The mean is compared with that of as long before; only for faults that make requests slow. */
function durationRow({ fault, toUs, window, expected }: Measured): readonly ExperimentRow[] {
  if (!['slow', 'flood', 'degrade'].includes(fault.kind)) return [];
  const [fromS, untilS] = [Math.ceil(fault.sinceUs / SECOND), Math.floor(toUs / SECOND)];
  const beforeS = Math.max(0, 2 * fromS - untilS - 1);
  const before = meanLatencyUs(window, beforeS, Math.floor(fault.sinceUs / SECOND));
  const during = meanLatencyUs(window, fromS, untilS);
  return [
    {
      name: 'A request takes',
      expected: durationWord(expected),
      measured: during === null ? 'none ended' : milliseconds(during / 1000),
      cause: before === null ? 'on average' : `on average, ${milliseconds(before / 1000)} before`,
    },
  ];
}

/** Waits in lines come on top of it: few where all are served, and no end of them where not. */
function durationWord(expected: Expectation | null): string {
  if (expected === null || expected.meanMs === null || expected.reads === 'some') return NOT_PREDICTED;
  const mean = milliseconds(expected.meanMs);
  return expected.reads === 'all' ? `about ${mean}` : `${mean} or more`;
}

function detectRow(run: Measured): ExperimentRow {
  const { expected } = run;
  const atUs = detectedAfter(run);
  return {
    name: 'Time to detect',
    expected: expected === null ? NOT_PREDICTED : detectWord(run, expected),
    measured: atUs === null ? 'not noticed' : formatDuration(atUs),
    cause: atUs === null ? watchedWord(run) : 'marked DOWN by HAProxy',
  };
}

function detectWord({ isRestart }: Measured, { detect }: Expectation): string {
  if (detect === 'unknown') return NOT_PREDICTED;
  if (detect === 'never') return 'never';
  return isRestart ? `${rangeWord(detect)} or never` : rangeWord(detect);
}

function rangeWord(range: readonly [Micros, Micros]): string {
  const [least, most] = range.map((us) => (us / SECOND).toFixed(1).replace('.0', ''));
  return `${least} to ${most} s`;
}

/** From the fault until HAProxy marked the first server that it concerns DOWN; null when it did not. */
function detectedAfter({ design, fault, window, toUs, gone }: Measured): Micros | null {
  const balancers = design.components.filter(({ kind }) => kind === 'load-balancer');
  const servers = balancers.flatMap((balancer) => serversIn(design, window.elements, balancer));
  const isGone = (...ids: readonly string[]) => gone.size === 0 || ids.some((id) => gone.has(id));
  const links = new Set(
    servers.filter(({ linkId, componentId }) => isGone(linkId, componentId)).map(({ linkElement }) => linkElement),
  );
  let atUs: Micros | null = null;
  window.forEachStateChange(fault.sinceUs, toUs, ({ element, field, value, atUs: changedUs }) => {
    if (links.has(element) && field === Belief.State && value === BeliefState.Down) atUs ??= changedUs;
  });
  return atUs === null ? null : atUs - fault.sinceUs;
}

/** Recovered: since the last one that failed, others were answered for a while. */
function recoverRow(run: Measured): ExperimentRow {
  const { expected, isRestart } = run;
  const reads = recovery(run, 'reads');
  const writes = recovery(run, 'writes');
  const foretold = (served: Served | null | undefined) =>
    isRestart ? NOT_PREDICTED : recoveryExpected(served ?? null, expected);
  const isOpen = reads === 'not yet' || writes === 'not yet';
  const cause = isOpen
    ? watchedWord(run)
    : reads === AT_ONCE && writes === AT_ONCE
      ? 'none failed'
      : 'until the last one failed';
  return {
    name: 'Time to recover',
    expected: both(foretold(expected?.reads), foretold(expected?.writes)),
    measured: both(reads, writes),
    cause,
  };
}

const watchedWord = ({ fault, toUs, nowUs }: Measured): string =>
  `in the ${formatDuration(toUs - fault.sinceUs)}${toUs === nowUs ? ' so far' : ' of it'}`;

const AT_ONCE = 'at once';
const both = (reads: string, writes: string): string => (reads === writes ? reads : `reads ${reads}, writes ${writes}`);

function recoveryExpected(served: Served | null, expected: Expectation | null): string {
  if (served === null || expected === null || expected.movesAddress) return NOT_PREDICTED;
  if (served === 'some' || served === 'none') return 'not by itself';
  const { detect } = expected;
  return detect === 'never' || detect === 'unknown' ? AT_ONCE : rangeWord(detect);
}

function recovery(run: Measured, which: Class): string {
  const { fault, toUs, window } = run;
  const lastUs = lastFailedAt(run, which);
  if (lastUs === null) return AT_ONCE;
  const since = classOf(run, which, window.outcomes(lastUs, toUs));
  return since.answered >= 3 && toUs - lastUs >= 2 * SECOND ? formatDuration(lastUs - fault.sinceUs) : 'not yet';
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

// ---- what becomes of the data --------------------------------------------------------------------------------------

/** Only where a replica is expected to fall behind. */
function behindRow({ expected, window, fault, toUs }: Measured): readonly ExperimentRow[] {
  if (expected?.fallsBehind !== true) return [];
  let most = 0;
  for (let index = chunkAt(fault.sinceUs); index < chunkAt(toUs); index++) {
    most = Math.max(most, window.second(index)?.behind ?? 0);
  }
  const measured = `${most} ${most === 1 ? 'write' : 'writes'}`;
  return [{ name: 'Replica behind', expected: 'ever further', measured, cause: 'at most' }];
}

/** Confirmed writes that the log of record no longer has; nothing while the page does not know that time. */
function lostRow({ window, fault, toUs, design }: Measured): readonly ExperimentRow[] {
  const lostAt = (us: Micros): number | null =>
    window.fieldsAt(us)?.[USERS_ELEMENT * FIELDS + Field.WritesLost] ??
    (us % SECOND === 0 ? window.second(us / SECOND - 1)?.writesLost : null) ??
    null;
  const [before, after] = [lostAt(fault.sinceUs), lostAt(toUs)];
  if (before === null || after === null) return [];
  const lost = after - before;
  const cause = lost === 0 ? '' : 'confirmed, and not in the log of the primary of now';
  return [{ name: 'Confirmed writes lost', expected: lossWord(design), measured: `${lost}`, cause }];
}

/** Every database that writes a commit to its disk at once keeps it; a replica that is promoted may not have it. */
function lossWord({ components }: Measured['design']): string {
  const databases = components.filter(({ kind }) => kind === 'database').map(({ config }) => config);
  const isDurable = databases.every(
    ({ innodbFlushLogAtTrxCommit = 1, syncBinlog = 1 }) => innodbFlushLogAtTrxCommit === 1 && syncBinlog === 1,
  );
  if (!isDurable || databases.some(({ monitor }) => monitor !== undefined)) return NOT_PREDICTED;
  return databases.length > 1 ? '0 unless promoted' : '0';
}

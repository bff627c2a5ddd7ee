// Reads of a headless run what a fault did: who noticed it first, when requests were answered again, what was lost.
import { elementsOf } from '../design/elements.ts';
import { wiringOf } from '../design/wiring.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { Belief, BeliefState, DatabaseSign, FIELDS, Field, Told, USERS_ELEMENT } from '../simulation/trace.ts';
import type { FaultOutcome, SecondCounts } from './fault-measure.ts';
import type { Knowledge, RunMeasure } from './finding.ts';
import { fieldValues } from './reading.ts';

const FAILED = OUTCOMES.indexOf('failed');
const RETRIED = OUTCOMES.indexOf('answered-after-retry');

/** So many requests in a row must be answered before a class counts as answered again. */
export const RECOVERY_ANSWERS = 10;
/** And for this part of the time watched: two servers of which one is dead answer every other request for good. */
const RECOVERY_SHARE = 0.25;

/** What somebody does when a change of a field says that he has noticed. */
type Sign = (value: number) => boolean;
interface Watched {
  readonly by: string | null;
  readonly field: number;
  readonly isSign: Sign;
  /** Last value: a sign counts when it comes, not while it lasts. */
  value: number;
}

/** Of the changes in [fromUs, toUs). */
export function detection(
  run: RunMeasure,
  knowledge: Knowledge,
  fromUs: Micros,
  toUs: Micros,
): Pick<FaultOutcome, 'detectUs' | 'detectedBy' | 'toldUs'> {
  const watched = watchedElements(run, knowledge);
  let detect: { readonly atUs: Micros; readonly by: string } | null = null;
  let toldUs: Micros | null = null;
  for (const { changes } of run.chunks) {
    for (let row = 0; row < changes.atUs.length; row++) {
      const sign = watched.get(changes.element[row] as number);
      if (sign === undefined || changes.field[row] !== sign.field) continue;
      const value = changes.value[row] as number;
      const isNew = sign.isSign(value) && !sign.isSign(sign.value);
      sign.value = value;
      const atUs = changes.atUs[row] as number;
      if (!isNew || atUs < fromUs || atUs >= toUs) continue;
      if (sign.by === null) toldUs ??= atUs - fromUs;
      else detect ??= { atUs, by: sign.by };
    }
  }
  return { detectUs: detect === null ? null : detect.atUs - fromUs, detectedBy: detect?.by ?? null, toldUs };
}

/** By element: whose change of which field shows that somebody has noticed something. Monitoring has no component's id. */
function watchedElements({ design, chunks }: RunMeasure, knowledge: Knowledge): ReadonlyMap<number, Watched> {
  const elements = elementsOf(design);
  const wiring = wiringOf(design);
  const watched = new Map<number, Watched>();
  const watch = (element: number, field: number, by: string | null, isSign: Sign) =>
    watched.set(element, { by, field, isSign, value: chunks[0]?.base[element * FIELDS + field] ?? 0 });
  for (const component of design.components) {
    for (const { link } of knowledge.servers(component)) {
      watch(elements.indexOf(link), Belief.State, component.id, (value) => value === BeliefState.Down);
    }
    if (knowledge.dataRole(component) !== null) {
      const isPromoting: Sign = (signs) => (signs & DatabaseSign.Promoting) !== 0;
      watch(elements.indexOf(component.id), Field.Signs, component.id, isPromoting);
    }
  }
  for (const host of design.hosts) {
    const keeper = wiring.componentsOn(host.id).find((one) => one.config['virtualIpaddress'] === design.dns.address);
    if (keeper !== undefined) watch(elements.indexOf(host.id), Field.HoldsAddress, keeper.id, (holds) => holds === 1);
  }
  if (design.monitoring !== null) watch(elements.monitoring, Told.Somebody, null, (isTold) => isTold === 1);
  return watched;
}

/** Of the requests that started in [fromUs, toUs). */
export function recovery(
  run: RunMeasure,
  fromUs: Micros,
  toUs: Micros,
): Pick<FaultOutcome, 'recoverUs' | 'readsRecoverUs' | 'writesRecoverUs'> {
  const starts = startsByPurpose(run, fromUs, toUs);
  const recovered = [Purpose.Read, Purpose.Write, Purpose.Static].map((purpose) =>
    recoveredUs(starts.get(purpose), fromUs, toUs),
  );
  const [readsRecoverUs = null, writesRecoverUs = null] = recovered;
  const all = [...starts.values()].reduce<Starts>(
    (sum, one) => ({
      answered: [...sum.answered, ...one.answered],
      lastFailedUs: Math.max(sum.lastFailedUs, one.lastFailedUs),
    }),
    NONE_STARTED,
  );
  return {
    recoverUs: recovered.includes(null) ? null : recoveredUs(all, fromUs, toUs),
    readsRecoverUs,
    writesRecoverUs,
  };
}

/** When those that were answered started, and the last one that failed; -1 when none did. */
interface Starts {
  readonly answered: Micros[];
  lastFailedUs: Micros;
}

const NONE_STARTED: Starts = { answered: [], lastFailedUs: -1 };

function startsByPurpose({ chunks }: RunMeasure, fromUs: Micros, toUs: Micros): ReadonlyMap<number, Starts> {
  const starts = new Map<number, Starts>();
  for (const { ends } of chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const startUs = ends.startUs[row] as number;
      if (startUs < fromUs || startUs >= toUs) continue;
      const purpose = ends.purpose[row] as number;
      const mine = starts.get(purpose) ?? { answered: [], lastFailedUs: -1 };
      starts.set(purpose, mine);
      if (ends.outcome[row] === FAILED) mine.lastFailedUs = Math.max(mine.lastFailedUs, startUs);
      else mine.answered.push(startUs);
    }
  }
  return starts;
}

function recoveredUs({ answered, lastFailedUs }: Starts = NONE_STARTED, fromUs: Micros, toUs: Micros): Micros | null {
  if (lastFailedUs < 0) return 0;
  const since = answered.filter((startUs) => startUs > lastFailedUs);
  const hasTime = toUs - lastFailedUs >= (toUs - fromUs) * RECOVERY_SHARE;
  if (since.length < RECOVERY_ANSWERS || !hasTime) return null;
  return since.reduce((first, startUs) => Math.min(first, startUs)) - fromUs;
}

/** Of the requests that started before `toUs`, by the second in which they started. */
export function secondCounts({ chunks }: RunMeasure, toUs: Micros): readonly SecondCounts[] {
  const seconds = Array.from({ length: Math.ceil(toUs / SECOND) }, () => ({ answered: 0, retried: 0, failed: 0 }));
  for (const { ends } of chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const startUs = ends.startUs[row] as number;
      const second = seconds[Math.floor(startUs / SECOND)];
      if (startUs >= toUs || second === undefined) continue;
      const outcome = ends.outcome[row];
      second[outcome === FAILED ? 'failed' : outcome === RETRIED ? 'retried' : 'answered']++;
    }
  }
  return seconds;
}

/** Answered on another try, of the requests that started in [fromUs, toUs). */
export function retriedCount({ chunks }: RunMeasure, fromUs: Micros, toUs: Micros): number {
  let retried = 0;
  for (const { ends } of chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const startUs = ends.startUs[row] as number;
      if (startUs >= fromUs && startUs < toUs && ends.outcome[row] === RETRIED) retried++;
    }
  }
  return retried;
}

/** Writes acknowledged and lost, by the end of the run more than at `fromUs`: the run's own truth (simulation/writes.ts). */
export function lostWrites(run: RunMeasure, fromUs: Micros): number {
  const values = fieldValues(run, USERS_ELEMENT, Field.WritesLost, fromUs, run.untilUs + 1);
  return Math.max(0, (values.at(-1)?.value ?? 0) - (values[0]?.value ?? 0));
}

// A recording of the real HAProxy, schema haproxy-trace/1 (haproxy/README.md says what each field means): its types, how an
// unknown file is read, its repetitions, and what in it the simulation does not model yet.
import { failure, type Result, success } from '../foundation/result.ts';

export interface RecordedCheck {
  readonly type: 'tcp' | 'http';
  readonly inter: number;
  readonly fall: number;
  readonly rise: number;
  readonly fastinter?: number;
  readonly downinter?: number;
}

export interface RecordedServer {
  readonly name: string;
  readonly weight: number;
  readonly backup: boolean;
  readonly check?: RecordedCheck | null;
  readonly maxconn?: number | null;
  readonly maxqueue?: number | null;
  readonly slowstartMs?: number | null;
  readonly cookie?: string | null;
  /** Further words on the server line. */
  readonly extra?: string | null;
  readonly [further: string]: unknown;
}

export interface RecordedModel {
  readonly balance: string;
  readonly retries: number;
  readonly redispatch: number | null;
  readonly timeouts: Readonly<Record<string, number | undefined>>;
  readonly servers: readonly RecordedServer[];
  readonly backendLines?: readonly string[];
  readonly globalLines?: readonly string[];
}

export interface RecordedRequest {
  readonly id: number;
  readonly atMs: number;
  readonly status: number;
  readonly server: string | null;
  readonly latencyMs: number;
  readonly serviceMs?: number;
  readonly retries?: number;
  readonly redispatched?: boolean;
  readonly termination?: string;
  readonly lbServer?: string | null;
  readonly timers?: { readonly Tw: number; readonly Tc: number; readonly Tr: number; readonly Ta: number };
  readonly srvQueueAhead?: number;
  readonly backendQueueAhead?: number;
  /** Address of the client, and its number where clients have cookies. */
  readonly src?: string;
  readonly client?: number;
  readonly error?: string;
}

export interface ScheduleEntry {
  readonly atMs: number;
  readonly action: string;
  readonly target: string;
  readonly beforeRequest?: number;
}

interface ServerEvent {
  readonly atMs: number;
  readonly server: string;
  readonly state: string;
}

interface HealthEntry {
  readonly atMs: number;
  readonly server: string;
  /** `2/3 UP`, `0/2 DOWN`. */
  readonly health: string;
}

export type Counts = Readonly<Record<string, number>>;

export interface Repetition {
  readonly number: number;
  readonly schedule: readonly ScheduleEntry[];
  readonly requests: readonly RecordedRequest[] | null;
  readonly serverEvents: readonly ServerEvent[];
  readonly healthChecks: readonly HealthEntry[];
  readonly outcomeCounts: Counts | null;
  readonly pickOrder: readonly (string | null)[] | null;
  /** HAProxy's counters at the end, by server and for BACKEND; numbers as text. */
  readonly finalStats: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  readonly stats: readonly StatsSample[];
}

/** A look at the statistics page. */
interface StatsSample {
  readonly atMs: number;
  readonly servers: Readonly<Record<string, { readonly weight: number } | undefined>>;
}

export interface Recording {
  readonly name: string;
  readonly family: string;
  readonly model: RecordedModel;
  readonly serviceTimeMs: number | null;
  readonly servicesMs: readonly number[] | null;
  readonly deadAtStart: readonly string[];
  readonly closedLoop: boolean;
  /** Planned arrivals, where every repetition has the same. */
  readonly firstMs: number;
  readonly everyMs: number | null;
  readonly untilMs: number | null;
  /** (random) Requests in service on average, and picks per server over all repetitions. */
  readonly inFlight: number;
  readonly countsPerRepetition: readonly Counts[];
  /** (random) Part of the hash ring of each server. */
  readonly ringShare: Readonly<Record<string, number>> | null;
  readonly outcomeRanges: Readonly<Record<string, { readonly min: number; readonly max: number }>> | null;
  readonly repetitions: readonly Repetition[];
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const SCHEMA = 'haproxy-trace/1';
export const isRecording = (input: unknown): boolean => isFields(input) && input['schema'] === SCHEMA;

/** Reads a recording, or says what is missing. Only what the comparison uses is looked at. */
export function readRecording(input: unknown): Result<Recording> {
  const wrong = (path: string, reason: string) =>
    failure([{ path, reason, repair: `Give a file of schema ${SCHEMA}.` }]);
  if (!isFields(input) || input['schema'] !== SCHEMA) return wrong('schema', `The schema is not "${SCHEMA}".`);
  const { name, family, model } = input;
  if (typeof name !== 'string' || typeof family !== 'string') return wrong('name', 'There is no name or no family.');
  if (!isFields(model) || !Array.isArray(model['servers']) || !isFields(model['timeouts'])) {
    return wrong('model', 'There is no model with servers and timeouts.');
  }
  const repetitions = repetitionsOf(input);
  if (repetitions.length === 0) return wrong('schedule', 'There is no repetition with a schedule.');
  const arrivals = isFields(input['arrivals']) ? input['arrivals'] : {};
  const ranges = isFields(input['ranges']) ? input['ranges'] : {};
  const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
  return success({
    name,
    family,
    model: model as unknown as RecordedModel,
    serviceTimeMs: numberOrNull(input['serviceTimeMs']),
    servicesMs: Array.isArray(input['servicesMs']) ? (input['servicesMs'] as number[]) : null,
    deadAtStart: Array.isArray(input['deadAtStart']) ? (input['deadAtStart'] as string[]) : [],
    closedLoop: input['closedLoop'] === true,
    firstMs: numberOrNull(arrivals['firstMs']) ?? 0,
    everyMs: numberOrNull(arrivals['everyMs']),
    untilMs: numberOrNull(arrivals['untilMs']),
    inFlight: numberOrNull(input['inFlight']) ?? 0,
    countsPerRepetition: Array.isArray(input['countsPerRepetition']) ? (input['countsPerRepetition'] as Counts[]) : [],
    ringShare: isFields(input['ringShare']) ? (input['ringShare'] as Readonly<Record<string, number>>) : null,
    outcomeRanges: (ranges['outcomeCounts'] as Recording['outcomeRanges'] | undefined) ?? null,
    repetitions,
  });
}

/** The repetitions that can be replayed: those with a schedule. Number 0 is the top level of the file. */
function repetitionsOf(input: Fields): Repetition[] {
  const further = Array.isArray(input['repetitions']) ? input['repetitions'].filter(isFields) : [];
  const all = [input, ...further.filter((one) => one['same'] === undefined)];
  return all.filter((one) => Array.isArray(one['schedule'])).map((one, index) => repetitionOf(one, index, input));
}

function repetitionOf(one: Fields, index: number, top: Fields): Repetition {
  const list = <T>(field: string): readonly T[] => (Array.isArray(one[field]) ? (one[field] as T[]) : []);
  const requests = list<RecordedRequest>('requests');
  const isAlike = top['pickOrderIdenticalInAllRepetitions'] !== false;
  const order = one['pickOrder'] ?? (index > 0 && isAlike ? top['pickOrder'] : undefined);
  return {
    number: typeof one['rep'] === 'number' ? one['rep'] : index,
    schedule: list<ScheduleEntry>('schedule'),
    requests: requests.length > 0 ? requests : null,
    serverEvents: list<ServerEvent>('serverEvents'),
    healthChecks: list<HealthEntry>('healthChecks'),
    outcomeCounts: isFields(one['outcomeCounts']) ? (one['outcomeCounts'] as Counts) : null,
    pickOrder: Array.isArray(order) ? (order as (string | null)[]) : null,
    finalStats: isFields(one['finalStats']) ? (one['finalStats'] as unknown as Repetition['finalStats']) : null,
    stats: list<StatsSample>('stats'),
  };
}

/** A black hole this soon after a SIGSTOP is a host that loses its power; a SIGSTOP alone is a hung process. */
const POWER_OFF_WITHIN_MS = 5;

/** Is a SIGSTOP the first half of a power-off? */
export const isPowerOff = (schedule: readonly ScheduleEntry[], stop: ScheduleEntry): boolean =>
  schedule.some(
    (entry) =>
      entry.action === 'black-hole' &&
      entry.target === stop.target &&
      entry.atMs >= stop.atMs &&
      entry.atMs - stop.atMs <= POWER_OFF_WITHIN_MS,
  );

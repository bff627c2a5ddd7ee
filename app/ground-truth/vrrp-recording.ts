// A recording of the real keepalived: two nodes, one virtual IP, what was done to the first node, and what a simulator must
// show, machine-readable. Only what the comparison uses is read.
import { failure, type Result, success } from '../foundation/result.ts';

export type Node = 'lb1' | 'lb2';
export const NODES: readonly Node[] = ['lb1', 'lb2'];

interface NodeParams {
  readonly priority: number;
  readonly state: 'MASTER' | 'BACKUP';
  readonly extra: readonly string[];
}

export interface VrrpParams {
  readonly version: 2 | 3;
  /** Seconds. */
  readonly advert: number;
  readonly lb1: NodeParams;
  readonly lb2: NodeParams;
  readonly script?: {
    readonly interval: number;
    readonly fall: number;
    readonly rise: number;
    readonly weight: number;
    readonly timeout?: number;
  };
  readonly global?: readonly string[];
}

export interface Expectation {
  readonly phase: string;
  readonly what: string;
  readonly equals?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly absent?: boolean;
  readonly includes?: readonly unknown[];
  readonly subsetOf?: readonly unknown[];
  readonly when?: Readonly<Record<string, unknown>>;
}

export interface VrrpRepetition {
  /** `[name, atMs]`, the first at 0. */
  readonly phases: readonly (readonly [string, number])[];
  readonly endMs: number;
  /** How old the first node's last advertisement was when the first phase began; null where it is not known. */
  readonly advertAgeMs: number | null;
}

export interface VrrpRecording {
  readonly name: string;
  readonly action: string;
  readonly params: VrrpParams;
  readonly expect: readonly Expectation[];
  readonly repetitions: readonly VrrpRepetition[];
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const SCHEMA = 'vrrp-trace/1';
export const isVrrpRecording = (input: unknown): boolean => isFields(input) && input['schema'] === SCHEMA;

/** Reads a recording, or says what is missing. */
export function readVrrpRecording(input: unknown): Result<VrrpRecording> {
  const wrong = (path: string, reason: string) =>
    failure([{ path, reason, repair: `Give a file of schema ${SCHEMA}.` }]);
  if (!isFields(input) || input['schema'] !== SCHEMA) return wrong('schema', `The schema is not "${SCHEMA}".`);
  const { id, action, params, expect } = input;
  if (typeof id !== 'string' || typeof action !== 'string') return wrong('id', 'There is no id or no action.');
  if (!isFields(params) || !isFields(params['lb1']) || !isFields(params['lb2']))
    return wrong('params', 'There are no parameters of lb1 and lb2.');
  if (!Array.isArray(expect)) return wrong('expect', 'There are no expectations.');
  const all = Array.isArray(input['repetitions']) ? input['repetitions'].filter(isFields) : [];
  const repetitions = all.filter((one) => one['excluded'] === undefined).flatMap(repetitionOf);
  if (repetitions.length === 0) return wrong('repetitions', 'There is no valid repetition with phases.');
  return success({
    name: id,
    action,
    params: params as unknown as VrrpParams,
    expect: expect as readonly Expectation[],
    repetitions,
  });
}

/** What is watched after the last phase, where the recording does not say how long it was. */
const WATCHED_MS = 10_000;

function repetitionOf(one: Fields): VrrpRepetition[] {
  if (!Array.isArray(one['phases'])) return [];
  const phases = one['phases'] as VrrpRepetition['phases'];
  const first = phases[0]?.[0] ?? '';
  const measured = isFields(one['measured']) ? one['measured'][first] : undefined;
  const age = isFields(measured) ? measured['ageOfLastLb1AdvertAtStartMs'] : undefined;
  return [
    {
      phases,
      endMs: typeof one['endMs'] === 'number' ? one['endMs'] : (phases.at(-1)?.[1] ?? 0) + WATCHED_MS,
      advertAgeMs: typeof age === 'number' ? age : null,
    },
  ];
}

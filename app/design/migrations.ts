// Brings older design files forward, one function per version.
import { failure, type Result, success } from '../foundation/result.ts';
import { DESIGN_VERSION } from './design.ts';

type Old = Readonly<Record<string, unknown>>;

/** From version n to n + 1, by n. What is not as that version wrote it is left to the schema, which says so. */
const STEPS: Readonly<Record<number, (old: Old) => Record<string, unknown>>> = { 1: from1 };

const isObject = (value: unknown): value is Old => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Firewalls were lists of ports that anyone might reach, monitoring was a flag, and every host stood on the internet. */
function from1(old: Old): Record<string, unknown> {
  const hosts = Array.isArray(old['hosts'])
    ? old['hosts'].map((host) => (isObject(host) ? hostFrom1(host) : host))
    : old['hosts'];
  return { ...old, version: 2, hosts, certificates: [], monitoring: null, objectives: {}, accepted: [] };
}

function hostFrom1({ monitored, firewall, ...host }: Old): Old {
  const ports = isObject(firewall) ? firewall['allowPorts'] : null;
  return {
    ...host,
    firewall: Array.isArray(ports) ? { rules: ports.map((port: unknown) => ({ from: 'anyone', port })) } : firewall,
    collector: monitored === true ? { intervalMs: 10_000, logs: false, position: { x: 0, y: 0 } } : null,
    public: true,
    segment: 'one',
    adminPort: null,
  };
}

/** The input in today's version, or why it cannot be brought there. What is no object is left to the schema. */
export function migrate(input: unknown): Result<unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return success(input);
  let design: Old = input as Old;
  let version = design['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return success(input);
  if (version > DESIGN_VERSION) {
    return failure([
      {
        path: 'version',
        reason: `This design was written by a newer Spofcheck (version ${version}, this one reads up to ${DESIGN_VERSION}).`,
        repair: 'Open it with that Spofcheck, or with the newest one.',
      },
    ]);
  }
  for (; (version as number) < DESIGN_VERSION; version = (version as number) + 1) {
    const step = STEPS[version as number];
    if (step === undefined) break;
    design = step(design);
  }
  return success(design);
}

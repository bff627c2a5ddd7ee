// Brings older design files forward, one function per version. Version 1 is the first: there is nothing to bring forward yet.
import { failure, type Result, success } from '../foundation/result.ts';
import { DESIGN_VERSION } from './design.ts';

/** From version n to n + 1, by n. */
const STEPS: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>> = {};

/** The input in today's version, or why it cannot be brought there. What is no object is left to the schema. */
export function migrate(input: unknown): Result<unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return success(input);
  let design = input as Record<string, unknown>;
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

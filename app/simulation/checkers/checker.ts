// A checker watches a run from outside, by its trace alone, and says what cannot be. Each is a small class; all of them run
// together over the same chunks.
import type { TraceChunk } from '../trace.ts';

export interface Checker {
  readonly name: string;
  /** Looks at the next chunk, in order. Returns what is wrong, as sentences; empty when all is well. */
  look(chunk: TraceChunk): readonly string[];
}

/** Everything that any of the checkers finds wrong with consecutive chunks of one run. */
export function checkChunks(checkers: readonly Checker[], chunks: Iterable<TraceChunk>): string[] {
  const violations: string[] = [];
  for (const chunk of chunks) {
    for (const checker of checkers) violations.push(...checker.look(chunk).map((text) => `${checker.name}: ${text}`));
  }
  return violations;
}

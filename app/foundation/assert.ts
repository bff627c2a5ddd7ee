// Broken invariants stop the program with a sentence; they stay on in production.

/** Throws when a thing that must hold does not. The message says what was expected. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) broken(message);
}

/** Apart, so that the check alone stands where it is made. */
function broken(message: string): never {
  throw new Error(`Broken invariant: ${message}`);
}

/** The value, or an error that names what was missing. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`Broken invariant: ${what} is missing`);
  return value;
}

/** Ends an exhaustive `switch`: does not compile while a case is left out. */
export function never(value: never): never {
  throw new Error(`Broken invariant: unexpected case ${JSON.stringify(value)}`);
}

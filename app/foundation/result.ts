// Expected failures are values: what went wrong, where, and what a person can do about it.

/** One thing that is wrong with an input. */
export interface Problem {
  /** Where, as a path into the input: `components[2].config.fall`. Empty for the whole input. */
  readonly path: string;
  /** What is wrong, one sentence. */
  readonly reason: string;
  /** What the person can do, one sentence. */
  readonly repair: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (problems: readonly Problem[]): Result<never> => ({ ok: false, problems });

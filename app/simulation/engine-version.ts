// Which engine this is: the digest of its reference runs. A link carries it, and another engine says that it may tell the run
// differently. A test runs them again, so that the version cannot be forgotten when the engine changes.

/** Sixteen hexadecimal digits; what `engine-version.test.ts` in timeline/ finds. */
export const ENGINE_VERSION = 'dea7af8d9423dad2';

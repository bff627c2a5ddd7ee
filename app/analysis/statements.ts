// What a component states about its protection, in the words of the rules. A field that is undefined is not stated: it could be
// either way, and no rule takes it for safe.

/** A way of running a program that makes a break-in easier or worse. */
export type HabitName =
  | 'as-root'
  | 'says-version'
  | 'default-site'
  | 'local-infile'
  | 'all-grants'
  | 'secrets-in-files';

export interface Habit {
  readonly name: HabitName;
  readonly isWeak: boolean | undefined;
}

export interface Statements {
  /** Beside HTTPS: port 80 redirects, serves the site, or is closed. */
  readonly port80?: 'redirect' | 'content' | 'closed' | undefined;
  /** The oldest version of TLS that it takes, in its own spelling, and whether it is older than 1.2. */
  readonly oldestTls?: string | undefined;
  readonly isTlsOld?: boolean | undefined;
  /** For how long browsers remember to come by HTTPS only; 0: it does not tell them. */
  readonly hstsMaxAgeS?: number | undefined;
  readonly limitsRate?: boolean | undefined;
  readonly hasWaf?: boolean | undefined;
  /** It tells the servers behind it who the client is. */
  readonly passesClientOn?: boolean | undefined;
  /** Whom it believes when a header says who the client is. */
  readonly believes?: 'nobody' | 'balancer' | 'anyone' | undefined;
  readonly logsRequests?: boolean | undefined;
  /** A page of figures on a port of its own; null: there is none. */
  readonly statistics?: { readonly port: number; readonly auth: boolean } | null | undefined;
  /** Those that its kind can have. */
  readonly habits: readonly Habit[];
}

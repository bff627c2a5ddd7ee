// The document that a person edits and saves: hosts, components on hosts, links, the DNS record and the traffic.
// Plain readonly data; nothing here knows a single kind of component (a kind's settings are checked by its own schema).

/** The version that this program writes. Older ones are brought forward by migrations.ts. */
export const DESIGN_VERSION = 1;

/** Ids of the two elements that are no components: who asks, and who tells them where. */
export const USERS = 'users';
export const DNS = 'dns';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Slow enough to follow, or as a real site. A name for what the design's figures are, shown on the screen. */
export type Timings = 'classroom' | 'realistic' | 'custom';

export type Arrivals =
  | { readonly type: 'poisson' }
  /** One request every 1 / rateRps seconds, the first at that distance from the start. */
  | { readonly type: 'fixed' }
  /** An explicit list, times since the start of the run. */
  | { readonly type: 'list'; readonly list: readonly Arrival[]; readonly closedLoop: boolean };

/** One request of an explicit list. With `closedLoop` a request starts at its time or when the one before has ended, whichever is later. */
export interface Arrival {
  readonly atMs: number;
  readonly kind: RequestKind;
  /** Work at the server that answers, where the server takes it from the request. */
  readonly serviceMs?: number;
}

/** What a request asks for: a page made from a read, a page that writes, or a file that the web server has itself. */
export type RequestKind = 'read' | 'write' | 'static';

export interface Traffic {
  readonly position: Point;
  readonly rateRps: number;
  readonly arrivals: Arrivals;
  /** 0..1 of all requests that write. */
  readonly writeShare: number;
  /** 0..1 of all requests that the web server answers from its own files. */
  readonly staticShare: number;
  /** How long a user waits for an answer before giving up. */
  readonly clientTimeoutMs: number;
  /** Exponential: `clientTimeoutMs` is the mean of a patience that is drawn for each request. Without it, all have the same. */
  readonly patience?: 'fixed' | 'exponential';
  /** How many users (with a DNS cache each) the requests come from, taking turns. */
  readonly users: number;
}

/** The A record that the users ask for. */
export interface DnsRecord {
  readonly position: Point;
  readonly name: string;
  readonly type: 'A';
  readonly address: string;
  readonly ttlS: number;
  /** One way, between users and DNS. */
  readonly latencyMs: number;
}

export interface Firewall {
  /** Ports that strangers may reach. */
  readonly allowPorts: readonly number[];
}

/** One machine; the interface says "server". */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly position: Point;
  readonly size: Size;
  /** Where the host's name stands, so that two hosts can mirror each other. */
  readonly heading: 'top' | 'bottom';
  /** The address that the internet sees. */
  readonly address: string;
  readonly firewall: Firewall | null;
  readonly monitored: boolean;
}

/** One program (or set of files) on a host. `config` is the kind's own settings, checked by the kind's schema. */
export interface Component {
  readonly id: string;
  readonly hostId: string;
  readonly kind: string;
  readonly name: string;
  readonly position: Point;
  readonly config: Readonly<Record<string, unknown>>;
}

export type Protocol = 'http' | 'mysql' | 'replication' | 'file';

/** A directed connection: the caller opens it. Encrypted or not is a property of the link and its two ends. */
export interface Link {
  readonly id: string;
  /** A component's id, or `users`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** 0 for files, on which nobody listens. */
  readonly port: number;
  /** One way. */
  readonly latencyMs: number;
  readonly encrypted: boolean;
  /** Corners of the drawn wire between its two ends, in canvas coordinates; without it the wire finds its own way. */
  readonly route?: readonly Point[];
  readonly label?: LinkLabel;
}

export interface LinkLabel {
  readonly lines: readonly string[];
  readonly at: Point;
  readonly align: 'start' | 'middle' | 'end';
}

/** Where the parts of the sheet stand that are no elements. */
export interface Layout {
  readonly size: Size;
  readonly title: Point;
  readonly legend: Point;
  /** Where the missing (or present) monitoring stands. */
  readonly monitoring: Point;
}

export interface Design {
  readonly version: typeof DESIGN_VERSION;
  readonly id: string;
  /** Short: `Distributed`. */
  readonly name: string;
  /** Long, for the sheet: `Distributed web infrastructure for www.foobar.com`. */
  readonly title: string;
  /** One or two lines below the name. */
  readonly summary: readonly string[];
  readonly timings: Timings;
  readonly dns: DnsRecord;
  readonly traffic: Traffic;
  readonly hosts: readonly Host[];
  readonly components: readonly Component[];
  readonly links: readonly Link[];
  readonly layout: Layout;
}

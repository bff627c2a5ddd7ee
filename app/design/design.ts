// The document that a person edits and saves: hosts, components on hosts, links, the DNS record and the traffic.
// Plain readonly data; nothing here knows a single kind of component (a kind's settings are checked by its own schema).

/** The version that this program writes. Older ones are brought forward by migrations.ts. */
export const DESIGN_VERSION = 2;

/** Ids of the two elements that are no components: who asks, and who tells them where. */
export const USERS = 'users';
export const DNS = 'dns';
/** Monitoring, and the line on which a host reports to it: elements as well, where the design has monitoring. */
export const MONITORING = 'monitoring';
export const reportId = (hostId: string): string => `report:${hostId}`;
/** In a firewall's rule: whoever asks, from the internet or from beside. */
export const ANYONE = 'anyone';

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
  /** Which user asks, from 0; without it they take turns. And from which IPv4 address, as a 32-bit number. */
  readonly user?: number;
  readonly address?: number;
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
  /** How often the users' programs ask again after a failure, as its owner says; without it not stated. No run depends on it: in a run nobody does. */
  readonly retries?: number;
  /** Exponential: `clientTimeoutMs` is the mean of a patience that is drawn for each request. Without it, all have the same. */
  readonly patience?: 'fixed' | 'exponential';
  /**
   * Where the address moves: how long their ARP entry for it is trusted without an answer, on average (Linux's
   * `base_reachable_time_ms`; 30 s when left out). Half to one and a half times as long is drawn.
   */
  readonly baseReachableMs?: number;
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

/** A door in a firewall: who may come in at which port. */
export interface FirewallRule {
  /** `anyone`, or the id of a host of the design. */
  readonly from: string;
  /** 0 for VRRP, which knows no ports. */
  readonly port: number;
}

/** A packet filter of the host. What no rule lets in is dropped without an answer, as by the policy `drop` of nftables. */
export interface Firewall {
  readonly rules: readonly FirewallRule[];
}

/** A program beside the others that reports the metrics of its host, and its logs, to where monitoring stands. */
export interface Collector {
  readonly intervalMs: number;
  readonly logs: boolean;
  /** Where its mark stands, relative to the host. */
  readonly position: Point;
  /** Corners of the line on which it reports, in canvas coordinates; without it no line is drawn. */
  readonly route?: readonly Point[];
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
  readonly collector: Collector | null;
  /** A stranger on the internet has a way to its address. */
  readonly public: boolean;
  /** Name of the network that it stands in: hosts of one segment have no router between them. */
  readonly segment: string;
  /** Rack, room or availability zone: what fails as one. Without it nothing is stated, and no run depends on it. */
  readonly zone?: string;
  /** Port of the remote administration (SSH: 22), which listens beside all components; null where there is none. */
  readonly adminPort: number | null;
}

/** What the collectors report and monitoring keeps. */
export const WATCHES = [
  'qps',
  'errors',
  'latency',
  'queue',
  'server-states',
  'replication-lag',
  'certificate',
  'logs',
  /** From outside, as a user asks. */
  'public-url',
] as const;
export type Watch = (typeof WATCHES)[number];

/** When somebody is told. `forMs`: for how long it must have been so. */
export type AlertRule =
  /** No report of a host has come. */
  | { readonly type: 'silent-host'; readonly forMs: number }
  /** So many checks in a row, one with each report of its host, a program was dead or did not answer. */
  | { readonly type: 'program-down'; readonly checks: number }
  /** A load balancer has marked a server DOWN. */
  | { readonly type: 'server-down'; readonly forMs: number }
  /** This share of the answers of a load balancer or web server, 0..1, were errors. */
  | { readonly type: 'failed-answers'; readonly share: number; readonly forMs: number }
  /** Every report has said that a replica is behind. */
  | { readonly type: 'replication-lag'; readonly forMs: number }
  | { readonly type: 'certificate'; readonly daysBefore: number };

/** Where the collectors report, what it does with it, and whom it tells. */
export interface Monitoring {
  readonly position: Point;
  /** Host of the design on which it runs; null: it stands outside, and no failure of the site is its own. */
  readonly hostId: string | null;
  /** One way, from a host to it. */
  readonly latencyMs: number;
  readonly watches: readonly Watch[];
  readonly alerts: readonly AlertRule[];
  /** Who is told, and how long a message takes. Null: nobody. */
  readonly onCall: { readonly position: Point; readonly tellMs: number } | null;
}

/** What a component shows to prove that it is the site, where TLS ends. */
export interface Certificate {
  readonly component: string;
  readonly names: readonly string[];
  /** From the start of the run. */
  readonly validDays: number;
  readonly selfSigned: boolean;
  /** Somebody, or a program, renews it in time. */
  readonly renewed: boolean;
}

/** What the owner of the site has promised. Rules that need a promise say "unknown" without it. */
export interface Objectives {
  /** A dead server may go unnoticed by the load balancer for so long. */
  readonly detectMs?: number;
  /** Writes that were confirmed may be lost with a server: recovery point objective. */
  readonly mayLoseWrites?: boolean;
  /** 0..1 of the time. */
  readonly availability?: number;
}

/** How often something fails, and how long its repair takes once somebody is at it: means of exponential laws. */
export interface FailureTimes {
  /** `host`, `link`, or the id of a kind for its programs. */
  readonly what: string;
  /** Up time between two failures; null: it never fails. */
  readonly mtbfH: number | null;
  readonly repairMin: number;
}

/**
 * How the site is kept running, where its owner says otherwise than is usual (analysis/availability/operations.ts has what is).
 * No run depends on it.
 */
export interface Operations {
  readonly failures?: readonly FailureTimes[];
  /** 0..1 of the failures of programs: they hang and do not die. */
  readonly hangShare?: number;
  /** Who is told. */
  readonly who?: string;
  /** From being told until somebody is at it. */
  readonly reactMin?: number;
  /** From the first failed request until a user complains to somebody who can do something. */
  readonly complainMin?: number;
  /** From a failure that no alert rule and no user notices until somebody sees it by chance. */
  readonly unseenH?: number;
  /** A person makes a replica the primary: mean; 0..1 of the times it succeeds; and mean of a recovery by hand when it did not. */
  readonly promoteMin?: number;
  readonly promotionSuccess?: number;
  readonly recoverMin?: number;
}

/** An issue that somebody has looked at and taken on, by its stable id, with the reason. */
export interface AcceptedRisk {
  readonly finding: string;
  readonly reason: string;
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

export type Protocol = 'http' | 'mysql' | 'replication' | 'file' | 'vrrp';

/** A directed connection: the caller opens it. Encrypted or not is a property of the link and its two ends. */
export interface Link {
  readonly id: string;
  /** A component's id, or `users`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** 0 for files, on which nobody listens, and for VRRP, which knows no ports. */
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
  /** All of the legend in one line, for a wide sheet; else in three columns. */
  readonly legendInOneLine?: boolean;
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
  readonly certificates: readonly Certificate[];
  readonly monitoring: Monitoring | null;
  readonly objectives: Objectives;
  readonly accepted: readonly AcceptedRisk[];
  readonly operations?: Operations;
  readonly layout: Layout;
}

// What a picture of a moment needs beside the design: plain data, filled from above. The rooms above know runs, findings
// and faults; the drawing knows only what they look like.
import type { Design } from '../design/design.ts';
import type { BeadKind } from './bead.ts';
import type { PartState } from './figure.ts';
import type { IconName } from './icons.ts';
import type { Severity } from './marks.ts';

/** A host as it is, and as HAProxy calls it. */
export interface HostState {
  readonly state: PartState;
  /** `UP`, `UP backup`, `DEAD for 4.4 s`; empty where there is nothing to say. */
  readonly word: string;
  /** `20 req/s p99 58 ms`, or empty. */
  readonly figures: string;
}

/** A link as it is. Only replication has a note. */
export interface LinkState {
  /** `lag 400 ms`, `3 behind`; empty where there is nothing to say. */
  readonly note: string;
  readonly noteTone: 'plain' | 'fail';
  readonly cutOff: boolean;
  /** It carries nothing now but could, as the line to a standby: drawn in dashes. */
  readonly ready?: boolean;
  /** Nothing gets through, some is lost or late, or a flood fills it. */
  readonly line?: 'whole' | 'cut' | 'lossy' | 'crowded';
}

/** A fault on an element, as the tag says it. */
export interface TagState {
  /** Which fault: what its wrench ends; of partitions, the one from `other`. */
  readonly fault: string;
  readonly other?: string;
  readonly icon: IconName;
  /** `Killed`, `Slow 5x`. */
  readonly word: string;
}

/** One thing that moves. `at` is the share of the way from the caller, 0 to 1. */
export interface BeadState {
  readonly kind: BeadKind;
  /** A link's id, or `dns`. */
  readonly link: string;
  /** On the request wire or on the dotted line of the health checks. */
  readonly lane: 'main' | 'check';
  readonly at: number;
  /** It travels towards the caller. */
  readonly back: boolean;
}

/** Where an issue sits. A missing thing sits where it should stand. */
export type PinPlace =
  | { readonly type: 'host'; readonly id: string }
  | { readonly type: 'component'; readonly id: string }
  | { readonly type: 'link'; readonly id: string }
  /** The health checks of a link. */
  | { readonly type: 'check'; readonly id: string }
  | { readonly type: 'users' }
  | { readonly type: 'missing-firewall' }
  | { readonly type: 'missing-monitoring' };

export interface PinState {
  readonly number: number;
  readonly severity: Severity;
  readonly place: PinPlace;
  /** It is happening, not only possible. */
  readonly active: boolean;
}

/** What is not there and is drawn as a ghost. */
export interface Missing {
  readonly firewall: boolean;
  /** How many hosts nobody watches. */
  readonly unmonitored: number;
}

/** What monitoring says of itself, and who is told. */
export interface MonitoringState {
  /** `3 of 3 report`, `QPS 2 and 2`. */
  readonly lines: readonly string[];
  /** `no alert`, `told in 35 s`. */
  readonly onCall: string;
  /** Somebody is told right now. */
  readonly told: boolean;
  /** Ids of hosts whose collector has not been heard. */
  readonly silent: readonly string[];
}

export interface SceneState {
  /** Null leaves title and subtitle out, as on the sheet, which has its own. */
  readonly title: string | null;
  readonly subtitle: readonly string[];
  readonly hosts: Readonly<Record<string, HostState>>;
  readonly links: Readonly<Record<string, LinkState>>;
  /** Faults by the id of what they are on: hosts, components, links, users. */
  readonly tags: Readonly<Record<string, readonly TagState[]>>;
  readonly beads: readonly BeadState[];
  readonly pins: readonly PinState[];
  /** Ids of hosts that wear the ring of a single point of failure. */
  readonly spofs: readonly string[];
  readonly missing: Missing;
  readonly monitoring: MonitoringState;
  /** A fault is on: what is only possible fades to half. */
  readonly yields: boolean;
  /** Ids of hosts and components that a fix would add: they wear a plus. */
  readonly added?: readonly string[];
  readonly legend: boolean;
  /** One bead stands for so many requests; 1 when left out. The legend says so. */
  readonly beadScale?: number;
}

/** No firewall in front of any host; hosts that nobody watches. */
export function missingIn(design: Design): Missing {
  return {
    firewall: design.hosts.every((host) => host.firewall === null),
    unmonitored: design.hosts.filter((host) => host.collector === null).length,
  };
}

/** Before the first report. */
export const monitoringAtRest = (design: Design): MonitoringState => ({
  lines: [`-- of ${design.hosts.filter((host) => host.collector !== null).length} report`],
  onCall: 'no alert',
  told: false,
  silent: [],
});

/** A design that nothing happens in yet. */
export function stateAtRest(design: Design): SceneState {
  return {
    title: design.name,
    subtitle: design.summary,
    hosts: {},
    links: {},
    tags: {},
    beads: [],
    pins: [],
    spofs: [],
    missing: missingIn(design),
    monitoring: monitoringAtRest(design),
    yields: false,
    legend: true,
  };
}

export const HOST_AT_REST: HostState = { state: 'up', word: '', figures: '' };

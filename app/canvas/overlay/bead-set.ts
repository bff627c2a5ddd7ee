// The beads of one moment as preallocated columns: filled by beads.ts, read by the painters, no object per bead.

/** In the order in which they are painted: crosses and rings above discs. */
export const BeadKind = {
  Read: 0,
  Write: 1,
  Copy: 2,
  Check: 3,
  RetriedRead: 4,
  RetriedWrite: 5,
  MissedCheck: 6,
  Failed: 7,
  /** Of a flood, good or failed: below all others. */
  Flood: 8,
  /** A question to the DNS, or its answer. */
  Dns: 9,
  /** Of a collector, to monitoring. */
  Report: 10,
  /** VRRP's word from who holds the address. */
  Advert: 11,
} as const;
export const BEAD_KINDS = 12;

export type BeadScale = 1 | 10 | 100 | 1_000;

export class BeadSet {
  count = 0;
  readonly kind: Uint8Array;
  /** Element of the link. */
  readonly link: Int32Array;
  /** Place on the link's wire, 0 at the caller, 1 at the callee. */
  readonly fraction: Float32Array;
  /** 1 on the way to the callee, -1 on the way back. */
  readonly direction: Int8Array;
  readonly request: Int32Array;
  readonly capacity: number;
  private readonly perLink: Int32Array;
  private readonly perLinkMost: number;

  constructor(elements: number, capacity: number, perLinkMost: number) {
    this.capacity = capacity;
    this.kind = new Uint8Array(capacity);
    this.link = new Int32Array(capacity);
    this.fraction = new Float32Array(capacity);
    this.direction = new Int8Array(capacity);
    this.request = new Int32Array(capacity);
    this.perLink = new Int32Array(elements);
    this.perLinkMost = perLinkMost;
  }

  clear(): void {
    this.count = 0;
    this.perLink.fill(0);
  }

  /** Adds a bead, unless its link or the whole picture is full. */
  add(kind: number, link: number, fraction: number, direction: number, request: number): void {
    const onLink = this.perLink[link] as number;
    if (this.count >= this.capacity || onLink >= this.perLinkMost) return;
    this.perLink[link] = onLink + 1;
    const at = this.count++;
    this.kind[at] = kind;
    this.link[at] = link;
    this.fraction[at] = fraction;
    this.direction[at] = direction;
    this.request[at] = request;
  }

  onLink(link: number): number {
    return this.perLink[link] as number;
  }
}

// Replication, held to by the trace alone. Prefix: a replica takes positions in order, without a gap, and each as the very write
// that somebody wrote there. Reads of one database never go back while it runs, and never show what its log does not hold. A
// second database takes writes only where the design, a command or a monitor of a replica allows it.
import type { Design } from '../../design/design.ts';
import type { Command } from '../command.ts';
import { Alive, DatabaseSign, FIELDS, Field, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

const FIRST_HOST_ELEMENT = 2;

/** What the observer knows of one database. */
interface Seen {
  /** Epoch of each position of its log, position 1 first. */
  log: number[];
  version: number;
}

export class Replication implements Checker {
  readonly name = 'replication';
  private readonly seen = new Map<number, Seen>();
  /** Every write that was ever written, `epoch/position`. */
  private readonly written = new Set<string>();
  private readonly fields: Int32Array;
  private readonly onlyOneWrites: boolean;
  private readonly databases: readonly number[];

  constructor(design: Design, commands: readonly Command[]) {
    const first = FIRST_HOST_ELEMENT + design.hosts.length;
    this.databases = design.components.flatMap(({ kind }, index) => (kind === 'database' ? [first + index] : []));
    for (const element of this.databases) this.seen.set(element, { log: [], version: 0 });
    this.fields = new Int32Array((first + design.components.length + design.links.length) * FIELDS);
    const ids = design.components.filter((one) => one.kind === 'database').map((one) => one.id);
    const primaries = design.components.filter((one) => one.kind === 'database' && one.config['role'] === 'primary');
    const isMonitored = design.components.some(({ config }) => config['monitor'] != null);
    const isTold = commands.some(
      (one) => (one.type === 'admin' || one.type === 'reconfigure') && ids.includes(one.target),
    );
    this.onlyOneWrites = primaries.length <= 1 && !isMonitored && !isTold;
  }

  look({ base, changes, logs }: TraceChunk): string[] {
    const wrong: string[] = [];
    this.fields.set(base);
    for (const element of this.databases) {
      const seen = this.seen.get(element) as Seen;
      seen.version = this.field(element, Field.Version);
      seen.log.length = Math.min(seen.log.length, this.field(element, Field.LogEnd));
    }
    let row = 0;
    changes.atUs.forEach((atUs, change) => {
      for (; row < logs.atUs.length && (logs.atUs[row] as number) < atUs; row++) this.take(logs, row, wrong);
      const element = changes.element[change] as number;
      const field = changes.field[change] as number;
      // A log's new end is noted after the row that made it.
      if (field === Field.LogEnd && this.seen.has(element)) {
        for (; row < logs.atUs.length && (logs.atUs[row] as number) <= atUs; row++) {
          const isIt = logs.element[row] === element && logs.position[row] === changes.value[change];
          this.take(logs, row, wrong);
          if (isIt) {
            row++;
            break;
          }
        }
      }
      this.fields[element * FIELDS + field] = changes.value[change] as number;
      if (this.seen.has(element)) this.changed(element, field, changes.value[change] as number, atUs, wrong);
    });
    for (; row < logs.atUs.length; row++) this.take(logs, row, wrong);
    return wrong;
  }

  private field(element: number, field: number): number {
    return this.fields[element * FIELDS + field] as number;
  }

  private take(logs: TraceChunk['logs'], row: number, wrong: string[]): void {
    const element = logs.element[row] as number;
    const position = logs.position[row] as number;
    const epoch = logs.epoch[row] as number;
    const seen = this.seen.get(element);
    if (seen === undefined) return;
    // One that also takes writes may have written it itself, for a user who has gone since: then no request is named.
    const signs = this.field(element, Field.Signs);
    const onlyFollows = (signs & DatabaseSign.Follows) !== 0 && (signs & DatabaseSign.Writable) === 0;
    const name = `${epoch}/${position}`;
    if (position !== seen.log.length + 1) {
      wrong.push(`element ${element} takes position ${position} after ${seen.log.length} at ${logs.atUs[row]} us`);
    }
    if (onlyFollows && logs.request[row] === 0 && !this.written.has(name)) {
      wrong.push(`element ${element} receives position ${position} of epoch ${epoch}, which nobody wrote`);
    }
    this.written.add(name);
    seen.log[position - 1] = epoch;
  }

  private changed(element: number, field: number, value: number, atUs: number, wrong: string[]): void {
    const seen = this.seen.get(element) as Seen;
    if (field === Field.LogEnd) seen.log.length = Math.min(seen.log.length, value);
    if (field === Field.Version) {
      const runs = this.field(element, Field.Alive) === Alive.Up;
      // A crash, a new copy of another one's data and a discarded relay log shorten the log first.
      if (runs && value < seen.version && seen.log.length >= seen.version)
        wrong.push(`reads of element ${element} go back from ${seen.version} to ${value} at ${atUs} us`);
      seen.version = value;
    }
    if (field === Field.Signs && this.onlyOneWrites) {
      const writable = this.databases.filter((one) => (this.field(one, Field.Signs) & DatabaseSign.Writable) !== 0);
      if (writable.length > 1) wrong.push(`${writable.length} databases take writes at ${atUs} us`);
    }
  }
}

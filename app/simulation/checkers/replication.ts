// Replication, held to by the trace alone. Prefix: a replica takes positions in order, without a gap, and each as the very write
// that somebody wrote there. Reads of one database never go back while it runs, and never show what its log does not hold. A
// second database takes writes only from the moment on at which the design, a command or a monitor of a replica allows it.
import type { Component, Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import type { Command } from '../command.ts';
import { Alive, DatabaseSign, FIELDS, Field, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';
import { type LogReader, ObservedLogs } from './observed-logs.ts';

export class Replication implements Checker, LogReader {
  readonly name = 'replication';
  private readonly observed: ObservedLogs;
  private readonly idOf: (element: number) => string;
  /** Every write that was ever written, `epoch/position`. */
  private readonly written = new Set<string>();
  private readonly versions = new Map<number, number>();
  /** By database: how long its log was before the rows that were just taken. */
  private readonly lengths = new Map<number, number>();
  /** Before this instant nothing allows a second database to take writes. */
  private readonly onlyOneUntilUs: number;
  private wrong: string[] = [];

  /** `commands`: null where it is not known what is done to the run. */
  constructor(design: Design, commands: readonly Command[] | null) {
    this.observed = new ObservedLogs(design);
    const { ids } = elementsOf(design);
    this.idOf = (element) => ids[element] ?? `element ${element}`;
    this.onlyOneUntilUs = commands === null ? 0 : onlyOneUntilUs(design, commands);
  }

  look(chunk: TraceChunk): string[] {
    this.wrong = [];
    for (const element of this.observed.databases) {
      this.versions.set(element, chunk.base[element * FIELDS + Field.Version] as number);
    }
    this.observed.read(chunk, this);
    return this.wrong;
  }

  took(element: number, position: number, epoch: number, request: number, atUs: number): void {
    const before = this.lengths.get(element) ?? 0;
    this.lengths.set(element, position);
    // One that also takes writes may have written it itself, for a user who has gone since: then no request is named.
    const onlyFollows =
      this.observed.has(element, DatabaseSign.Follows) && !this.observed.has(element, DatabaseSign.Writable);
    const name = `${epoch}/${position}`;
    if (position !== before + 1) {
      this.wrong.push(`${this.idOf(element)} takes position ${position} after ${before} at ${atUs} us`);
    }
    if (onlyFollows && request === 0 && !this.written.has(name)) {
      this.wrong.push(`${this.idOf(element)} receives position ${position} of epoch ${epoch}, which nobody wrote`);
    }
    this.written.add(name);
  }

  cut(element: number, length: number): void {
    this.lengths.set(element, length);
  }

  changed(element: number, field: number, value: number, _before: number, atUs: number): void {
    const seen = this.versions.get(element);
    if (seen === undefined) return;
    const length = this.observed.logOf(element).length;
    if (field === Field.Version) {
      const runs = this.observed.value(element, Field.Alive) === Alive.Up;
      // A crash, a new copy of another one's data and a discarded relay log shorten the log first.
      if (runs && value < seen && length >= seen)
        this.wrong.push(`reads of ${this.idOf(element)} go back from ${seen} to ${value} at ${atUs} us`);
      this.versions.set(element, value);
    }
    if (field === Field.Signs && atUs < this.onlyOneUntilUs) {
      const writable = this.observed.databases.filter((one) => this.observed.has(one, DatabaseSign.Writable));
      if (writable.length > 1) this.wrong.push(`${writable.length} databases take writes at ${atUs} us`);
    }
  }

  settled(atUs: number): void {
    for (const element of this.observed.databases) {
      const [shown, length] = [this.versions.get(element) as number, this.observed.logOf(element).length];
      const runs = this.observed.value(element, Field.Alive) === Alive.Up;
      if (runs && shown > length)
        this.wrong.push(`reads of ${this.idOf(element)} show ${shown} of ${length} positions at ${atUs} us`);
    }
  }
}

/** Two primaries in the design, or a monitor, allow it from the start; else the first command that can. */
function onlyOneUntilUs(design: Design, commands: readonly Command[]): number {
  const databases = design.components.filter(({ kind }) => kind === 'database');
  const primaries = databases.filter(({ config }) => config['role'] === 'primary');
  if (primaries.length > 1 || databases.some(({ config }) => config['monitor'] != null)) return 0;
  const times = commands.filter((one) => canAllow(one, databases)).map(({ atUs }) => atUs);
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}

function canAllow(command: Command, databases: readonly Component[]): boolean {
  if (!databases.some(({ id }) => id === command.target)) return false;
  if (command.type === 'reconfigure') return 'role' in command.patch || 'monitor' in command.patch;
  if (command.type !== 'admin') return false;
  const [verb, how] = command.words;
  return verb === 'promote' || (verb === 'read_only' && how === 'off');
}

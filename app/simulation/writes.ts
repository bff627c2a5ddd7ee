// What was written, and where it is: the truth about every write, as only somebody outside the design can know it. Databases
// keep their logs here (history.ts); the users' end says how each write ended for its user. From both follows what no part
// of the design knows: which acknowledged writes are lost, and which failed ones are stored all the same. The measure is the
// log of record: that of the database that was made primary last, among those linked to each other.
import { type Micros, SECOND } from '../foundation/micros.ts';
import {
  append,
  copyHistory,
  emptyHistory,
  epochAt,
  type History,
  holds,
  NO_EPOCH,
  rowsApart,
  truncate,
} from './history.ts';

/** How a stored write ended for its user. */
const Fate = { Open: 0, Saved: 1, Failed: 2 } as const;
const FIRST_ROWS = 64;
/** Users that have gone and whose write may still be stored, and failed ones that are stored for good: so many are known by name. */
const MOST_NAMES = 256;

/** A write by its name: the number of its request, who sent it (users are counted from 0, -1: not known any more) and when. */
export interface WriteName {
  readonly request: number;
  readonly user: number;
  readonly startUs: Micros;
}

export interface WriteCounts {
  /** Answered with success, and stored somewhere. */
  saved: number;
  /** Failed, and the user knows that it was not stored (refused, read-only, no connection). */
  refused: number;
  /** Failed in a way that leaves open whether it was stored (no answer, a broken connection). */
  ambiguous: number;
  /** Of the saved ones: not in the log of record. */
  lost: number;
  /** Failed for the user and in the log of record all the same. */
  failedYetStored: number;
}

export class Writes {
  /** By component; null where there is no database. */
  histories: (History | null)[];
  /** Databases that are linked to each other, directly or not, have one group: the smallest index among them. */
  readonly groupOf: Int32Array;
  /** By group: the component whose log is the log of record, or -1. */
  record: Int32Array;
  /** How often a log of record was changed. */
  promotions = 0;
  /** A log was cut or replaced, or another one counts since: what a replica receives need not be in the log of record. */
  mayPart = false;
  counts: WriteCounts = { saved: 0, refused: 0, ambiguous: 0, lost: 0, failedYetStored: 0 };
  private epochs = 0;
  /** The epoch in which each component writes now, NO_EPOCH before its first write from there. */
  private writing: Int32Array;

  /** Stored writes whose fate may change, a ring from `first`; a request names its row by a number that only grows. */
  private first = 0;
  private rows = 0;
  private component = new Int32Array(FIRST_ROWS);
  private epoch = new Int32Array(FIRST_ROWS);
  private position = new Int32Array(FIRST_ROWS);
  private request = new Int32Array(FIRST_ROWS);
  private fate = new Uint8Array(FIRST_ROWS);
  private user = new Int32Array(FIRST_ROWS);
  private startUs = new Float64Array(FIRST_ROWS);
  /** Failed and stored, of rows that have been forgotten since; the newest of them by name. */
  private settledFailures = 0;
  private settledNames: WriteName[] = [];
  /** The newest writes that failed, stored nowhere yet, and may still be. */
  private departed: WriteName[] = [];

  constructor(groupOf: Int32Array) {
    this.groupOf = groupOf;
    this.histories = Array.from(groupOf, (group) => (group < 0 ? null : emptyHistory()));
    this.record = new Int32Array(groupOf.length).fill(-1);
    this.writing = new Int32Array(groupOf.length).fill(NO_EPOCH);
  }

  historyOf(component: number): History {
    return this.histories[component] as History;
  }

  recordOf(component: number): number {
    return this.record[this.groupOf[component] as number] as number;
  }

  /** This database's log counts from now on for its group. `isFirst` for the one that begins as primary. */
  makeRecord(component: number, isFirst: boolean): void {
    const group = this.groupOf[component] as number;
    if (isFirst && this.record[group] !== -1) return;
    this.record[group] = component;
    this.writing[component] = NO_EPOCH;
    if (!isFirst) {
      this.promotions++;
      this.mayPart = true;
    }
    this.count();
  }

  /**
   * A primary writes the next position of its log, and returns it. `request` is the number of the write's request, 0 for
   * none; `row` the row of that request when it was stored before (by an attempt that was repeated), else -1. `user` and
   * `startUs` name it; of a user who has gone (-1) they are known from when that user went.
   */
  write(component: number, nowUs: Micros, request: number, row: number, user: number, startUs: Micros): number {
    const history = this.historyOf(component);
    let epoch = this.writing[component] as number;
    if (epoch === NO_EPOCH || epochAt(history, history.length) !== epoch) {
      epoch = this.epochs++;
      this.writing[component] = epoch;
    }
    const position = append(history, epoch, Math.floor(nowUs / SECOND));
    if (request > 0 && row >= this.first) this.place(row & (this.fate.length - 1), component, epoch, position);
    else if (request > 0 && user >= 0) this.addRow(component, epoch, position, request, user, startUs, Fate.Open);
    else if (request > 0) {
      const name = this.departed.findLast((one) => one.request === request);
      this.addRow(component, epoch, position, request, name?.user ?? -1, name?.startUs ?? -1, Fate.Failed);
    }
    return position;
  }

  /** A replica takes the next position into its relay log. */
  receive(component: number, epoch: number, second: number): void {
    const position = append(this.historyOf(component), epoch, second);
    if (this.recordOf(component) === component) this.reachedRecord(epoch, position);
  }

  /** The log of record follows another one for now, and has got a write from it. */
  private reachedRecord(epoch: number, position: number): void {
    for (let row = this.first + this.rows - 1; row >= this.first; row--) {
      const at = row & (this.fate.length - 1);
      if (this.epoch[at] !== epoch || this.position[at] !== position) continue;
      if (this.fate[at] === Fate.Saved) this.counts.lost--;
      if (this.fate[at] === Fate.Failed) this.counts.failedYetStored++;
      return;
    }
  }

  /** A database forgets the end of its log: lost in a crash, discarded at a promotion, or cut off. */
  forget(component: number, length: number): void {
    const history = this.historyOf(component);
    if (length >= history.length) return;
    truncate(history, length);
    this.mayPart = true;
    this.writing[component] = NO_EPOCH;
    this.count();
  }

  /** A database throws its data away and takes those of another one, up to a position. */
  clone(component: number, from: number, length: number): void {
    const copy = copyHistory(this.historyOf(from));
    truncate(copy, length);
    this.histories[component] = copy;
    this.mayPart = true;
    this.writing[component] = NO_EPOCH;
    this.count();
  }

  /** The epoch in which a primary has just written. */
  newestEpochOf(component: number): number {
    return this.writing[component] as number;
  }

  /** Row of the write that was stored last. */
  get newestRow(): number {
    return this.first + this.rows - 1;
  }

  /** The write of request `request` ended for its user; `row` -1 when it is stored nowhere. Floods and reads do not come here. */
  ended(row: number, isSaved: boolean, isAmbiguous: boolean, request: number, user: number, startUs: Micros): void {
    if (!isSaved) {
      if (isAmbiguous) this.counts.ambiguous++;
      else this.counts.refused++;
      if (isAmbiguous && row < 0) keepNewest(this.departed, { request, user, startUs });
    }
    if (row < this.first) return;
    const at = row & (this.fate.length - 1);
    this.fate[at] = isSaved ? Fate.Saved : Fate.Failed;
    if (isSaved) {
      this.counts.saved++;
      if (!this.isOnRecord(at)) this.counts.lost++;
    } else if (this.isOnRecord(at)) this.counts.failedYetStored++;
  }

  /** Rows that a database has and the log of record has not. */
  divergent(component: number): number {
    const record = this.recordOf(component);
    if (record < 0 || record === component) return 0;
    return rowsApart(this.historyOf(component), this.historyOf(record));
  }

  /** Writes that were saved and are not in the log of record, oldest first: for a page, not for every event. */
  lost(): readonly WriteName[] {
    return this.named((at) => this.fate[at] === Fate.Saved && !this.isOnRecord(at));
  }

  /** Writes that failed for their user and are stored all the same, oldest first; of those of long ago only the newest. */
  failedYetStored(): readonly WriteName[] {
    return [...this.settledNames, ...this.named((at) => this.fate[at] === Fate.Failed && this.isOnRecord(at))];
  }

  /** Writes that stand in one database's log and not in another one's, oldest first. */
  onlyIn(component: number, other: number): readonly WriteName[] {
    const [own, others] = [this.historyOf(component), this.historyOf(other)];
    const isIn = (history: History, at: number) =>
      holds(history, this.epoch[at] as number, this.position[at] as number);
    return this.named((at) => isIn(own, at) && !isIn(others, at));
  }

  private named(isIt: (at: number) => boolean): WriteName[] {
    const found: WriteName[] = [];
    for (let row = this.first; row < this.first + this.rows; row++) {
      const at = row & (this.fate.length - 1);
      if (isIt(at)) found.push(this.nameAt(at));
    }
    return found;
  }

  private nameAt(at: number): WriteName {
    return {
      request: this.request[at] as number,
      user: this.user[at] as number,
      startUs: this.startUs[at] as number,
    };
  }

  private isOnRecord(at: number): boolean {
    const record = this.recordOf(this.component[at] as number);
    return record >= 0 && holds(this.historyOf(record), this.epoch[at] as number, this.position[at] as number);
  }

  /** After a change of a log or of the record, what is lost and what is stored is counted again. */
  private count(): void {
    let lost = 0;
    let stored = 0;
    for (let row = this.first; row < this.first + this.rows; row++) {
      const at = row & (this.fate.length - 1);
      const fate = this.fate[at];
      if (fate === Fate.Open || this.isOnRecord(at) === (fate === Fate.Saved)) continue;
      if (fate === Fate.Saved) lost++;
      else stored++;
    }
    this.counts.lost = lost;
    this.counts.failedYetStored = stored + this.settledFailures;
  }

  private addRow(
    component: number,
    epoch: number,
    position: number,
    request: number,
    user: number,
    startUs: Micros,
    fate: number,
  ): void {
    if (this.rows === this.fate.length && !this.settle()) this.grow();
    const at = (this.first + this.rows++) & (this.fate.length - 1);
    this.place(at, component, epoch, position);
    this.request[at] = request;
    this.user[at] = user;
    this.startUs[at] = startUs;
    this.fate[at] = fate;
    if (fate === Fate.Failed && this.isOnRecord(at)) this.counts.failedYetStored++;
  }

  private place(at: number, component: number, epoch: number, position: number): void {
    this.component[at] = component;
    this.epoch[at] = epoch;
    this.position[at] = position;
  }

  /** Forgets the oldest rows that every database of their group has; false when there are none. */
  private settle(): boolean {
    const before = this.first;
    while (this.rows > 0) {
      const at = this.first & (this.fate.length - 1);
      if (this.fate[at] === Fate.Open || !this.isEverywhere(at)) break;
      if (this.fate[at] === Fate.Failed) {
        this.settledFailures++;
        keepNewest(this.settledNames, this.nameAt(at));
      }
      this.first++;
      this.rows--;
    }
    return this.first > before + this.fate.length / 4;
  }

  private isEverywhere(at: number): boolean {
    const group = this.groupOf[this.component[at] as number];
    for (let other = 0; other < this.groupOf.length; other++) {
      const history = this.histories[other];
      if (this.groupOf[other] !== group || history === null || history === undefined) continue;
      // A crash without durable settings takes back at most what the last second wrote.
      const kept = history.length - UNSETTLED;
      if ((this.position[at] as number) > kept) return false;
      if (!holds(history, this.epoch[at] as number, this.position[at] as number)) return false;
    }
    return true;
  }

  private grow(): void {
    const before = this.fate.length;
    for (const name of COLUMNS) {
      const old = this[name];
      const larger = new (old.constructor as new (length: number) => Int32Array)(before * 2);
      for (let row = this.first; row < this.first + this.rows; row++) {
        larger[row & (before * 2 - 1)] = old[row & (before - 1)] as number;
      }
      (this as unknown as Record<string, ArrayBufferView>)[name] = larger;
    }
  }

  /** A copy that shares nothing that changes. */
  copy(): Writes {
    const copy = new Writes(this.groupOf);
    copy.histories = this.histories.map((one) => (one === null ? null : copyHistory(one)));
    copy.record = this.record.slice();
    copy.promotions = this.promotions;
    copy.mayPart = this.mayPart;
    copy.counts = { ...this.counts };
    copy.epochs = this.epochs;
    copy.writing = this.writing.slice();
    copy.first = this.first;
    copy.rows = this.rows;
    for (const name of COLUMNS) (copy as unknown as Record<string, ArrayBufferView>)[name] = this[name].slice();
    copy.settledFailures = this.settledFailures;
    copy.settledNames = this.settledNames.slice();
    copy.departed = this.departed.slice();
    return copy;
  }
}

/** Adds a name to the end, and forgets the oldest ones when there are too many. */
function keepNewest(names: WriteName[], name: WriteName): void {
  names.push(name);
  if (names.length > 2 * MOST_NAMES) names.splice(0, MOST_NAMES);
}

const COLUMNS = ['component', 'epoch', 'position', 'request', 'fate', 'user', 'startUs'] as const;
/** The newest positions of a log that a crash can take back. */
const UNSETTLED = 8_192;

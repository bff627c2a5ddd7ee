// No confirmed write is absent where the configuration promises it. The promises, with their sources:
//
// DURABLE. A confirmed write leaves a log only by what may take it out: a crash under settings that are not durable
// (innodb_flush_log_at_trx_commit 0: a dead process; 2, or sync_binlog 0: a dead host; the last second at most: MariaDB's
// manual, "InnoDB system variables" and "sync_binlog"), a relay log that a promotion throws away (RESET SLAVE ALL, "promote
// immediate" or with a stopped applier), or a clone, which replaces the data by design.
// ON A REPLICA. A write that was confirmed while semi-synchronous replication was on from its position in the binlog to its
// confirmation is in the relay log of a replica by then: both wait points (manual, "Semisynchronous Replication"). Whether it can
// be applied there is not asked: a replica that an error has stopped acknowledges all the same, and then nobody sees it there.
// NOTHING SEEN TOO EARLY. With AFTER_SYNC others see a write only once a replica has it: so long as it is on (same page). A restart
// commits what its binlog holds, copied or not.
// KEPT BY THE NEXT PRIMARY. Of two databases, what is on the replica is in the log that counts after a promotion, unless one of
// the causes above took it out. With more replicas one acknowledgement is enough, and another one may be promoted: no promise.
import type { Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { mergePatch } from '../../foundation/merge-patch.ts';
import type { Command } from '../command.ts';
import { Purpose } from '../message.ts';
import { OUTCOMES } from '../requests.ts';
import { Alive, DatabaseSign, Field, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';
import { type LogReader, ObservedLogs } from './observed-logs.ts';

const FAILED = OUTCOMES.indexOf('failed');

interface Stored {
  readonly request: number;
  readonly element: number;
  readonly epoch: number;
  readonly position: number;
  /** Semi-synchronous replication was on all the time since it is in the binlog. */
  isOn: boolean;
  /** Another database has had it. */
  isCopied: boolean;
  isConfirmed: boolean;
}

/** A clone, a promotion that does not wait, a role that is set by hand. */
function throwsAway(command: Command): boolean {
  if (command.type === 'reconfigure') return 'role' in command.patch;
  if (command.type !== 'admin') return false;
  const [verb, how] = command.words;
  return verb === 'clone' || (verb === 'promote' && how === 'immediate');
}

interface Cut {
  readonly element: number;
  readonly length: number;
  readonly removed: readonly number[];
  /** Its applier did not run: what a promotion finds in the relay log then is thrown away. */
  readonly isStuck: boolean;
}

export class KeptWrites implements Checker, LogReader {
  readonly name = 'kept writes';
  private readonly observed: ObservedLogs;
  private readonly ids: readonly string[];
  private readonly design: Design;
  private readonly commands: readonly Command[];
  private readonly byRequest = new Map<number, Stored>();
  /** Confirmed or not, by `epoch/position`. */
  private readonly byName = new Map<string, Stored>();
  /** Names of what a cause that may do so took out of a log, as `element:epoch/position`. */
  private readonly taken = new Set<string>();
  private cuts: Cut[] = [];
  /** Databases that show more than before at this instant, and whose log counts since this instant. */
  private shown = new Set<number>();
  private promoted = new Set<number>();
  /** Databases that have started at this instant. */
  private started = new Set<number>();
  private wrong: string[] = [];

  constructor(design: Design, commands: readonly Command[]) {
    this.design = design;
    this.commands = commands;
    this.observed = new ObservedLogs(design);
    this.ids = elementsOf(design).ids;
  }

  look(chunk: TraceChunk): string[] {
    if (this.observed.databases.length === 0) return [];
    this.wrong = [];
    this.observed.read(chunk, this);
    return this.wrong;
  }

  took(element: number, position: number, epoch: number, request: number): void {
    const name = `${epoch}/${position}`;
    const known = this.byName.get(name);
    if (known !== undefined && known.element !== element) known.isCopied = true;
    this.taken.delete(`${element}:${name}`);
    if (request === 0) return;
    const isOn = this.observed.has(element, DatabaseSign.SemiOn);
    const stored: Stored = { request, element, epoch, position, isOn, isCopied: false, isConfirmed: false };
    this.byRequest.set(request, stored);
    this.byName.set(name, stored);
  }

  cut(element: number, length: number, removed: readonly number[]): void {
    const isStuck = !this.observed.has(element, DatabaseSign.Applies);
    this.cuts.push({ element, length, removed, isStuck });
  }

  changed(element: number, field: number, value: number, before: number): void {
    if (!this.observed.logs.has(element)) return;
    if (field === Field.Version && value > before) this.shown.add(element);
    if (field === Field.Alive && value === Alive.Up) this.started.add(element);
    if (field !== Field.Signs) return;
    const gained = value & ~before;
    if ((gained & DatabaseSign.OfRecord) !== 0) this.promoted.add(element);
    const lost = before & ~value;
    if ((lost & DatabaseSign.SemiOn) === 0) return;
    for (const one of this.byName.values()) if (one.element === element && !one.isConfirmed) one.isOn = false;
  }

  ended(row: number, { ends }: TraceChunk, atUs: number): void {
    if (ends.purpose[row] !== Purpose.Write) return;
    const write = this.byRequest.get(ends.request[row] as number);
    this.byRequest.delete(ends.request[row] as number);
    if (write === undefined || ends.outcome[row] === FAILED) return;
    write.isConfirmed = true;
    if (write.isOn && !write.isCopied && !this.isStuckBehind(write.element))
      this.wrong.push(
        `request ${write.request} is confirmed at ${atUs} us by ${this.ids[write.element]} with semi-synchronous replication on, and no replica has had it`,
      );
  }

  settled(atUs: number): void {
    for (const cut of this.cuts) this.checkCut(cut, atUs);
    for (const element of this.shown) this.checkShown(element, atUs);
    for (const element of this.promoted) this.checkPromoted(element, atUs);
    this.cuts = [];
    this.shown.clear();
    this.promoted.clear();
    this.started.clear();
  }

  /** An error has stopped another database of its group. */
  private isStuckBehind(element: number): boolean {
    const { observed } = this;
    return observed.databases.some(
      (one) =>
        one !== element &&
        observed.groupOf.get(one) === observed.groupOf.get(element) &&
        observed.value(one, Field.Signs) >= DatabaseSign.Error,
    );
  }

  private checkCut(cut: Cut, atUs: number): void {
    const { element, length, removed } = cut;
    const mayLose = this.mayLose(cut, atUs);
    removed.forEach((epoch, index) => {
      const position = length + index + 1;
      const name = `${epoch}/${position}`;
      // A clone cuts a log and puts the same write back.
      if (this.observed.holds(element, epoch, position)) return;
      if (mayLose) {
        this.taken.add(`${element}:${name}`);
        return;
      }
      const write = this.byName.get(name);
      if (write?.isConfirmed === true)
        this.wrong.push(
          `request ${write.request} is confirmed, and ${this.ids[element]} has it no longer at ${atUs} us for no reason`,
        );
    });
  }

  /** Whether something happens at this instant that may take confirmed writes out of this log. */
  private mayLose({ element, isStuck }: Cut, atUs: number): boolean {
    const { observed } = this;
    const isTold = this.commands.some(
      (one) => one.atUs === atUs && one.target === this.ids[element] && throwsAway(one),
    );
    if (isTold || (isStuck && this.promoted.has(element))) return true;
    const { flush, sync } = this.durability(element, atUs);
    switch (observed.value(element, Field.Alive)) {
      case Alive.PoweredOff:
        return flush !== 1 || sync !== 1;
      case Alive.ProcessDead:
        return flush === 0;
      default:
        return false;
    }
  }

  private durability(element: number, atUs: number): { readonly flush: unknown; readonly sync: unknown } {
    const id = this.ids[element];
    let config: Readonly<Record<string, unknown>> = this.design.components.find((one) => one.id === id)?.config ?? {};
    for (const command of this.commands) {
      if (command.type === 'reconfigure' && command.target === id && command.atUs <= atUs)
        config = mergePatch(config, command.patch);
    }
    return { flush: config['innodbFlushLogAtTrxCommit'] ?? 1, sync: config['syncBinlog'] ?? 1 };
  }

  private checkShown(element: number, atUs: number): void {
    const { observed } = this;
    if (!observed.has(element, DatabaseSign.SemiOn) || !this.isAfterSync(element, atUs)) return;
    if (this.started.has(element) || this.isStuckBehind(element)) return;
    const position = observed.value(element, Field.Version);
    const write = this.byName.get(`${observed.logOf(element)[position - 1]}/${position}`);
    if (write?.element !== element || !write.isOn || write.isCopied) return;
    this.wrong.push(
      `${this.ids[element]} shows request ${write.request} at ${atUs} us with AFTER_SYNC, and no replica has had it`,
    );
  }

  /** Only where the wait point is never changed: one that waits already goes on as it began. */
  private isAfterSync(element: number, atUs: number): boolean {
    const id = this.ids[element];
    const isChanged = this.commands.some(
      (one) =>
        one.type === 'reconfigure' &&
        one.target === id &&
        one.atUs <= atUs &&
        ('rplSemiSyncMasterWaitPoint' in one.patch || 'rplSemiSyncMasterEnabled' in one.patch),
    );
    const config = this.design.components.find((one) => one.id === id)?.config;
    return !isChanged && config?.['rplSemiSyncMasterWaitPoint'] === 'AFTER_SYNC';
  }

  private checkPromoted(element: number, atUs: number): void {
    const { observed } = this;
    const group = observed.databases.filter((one) => observed.groupOf.get(one) === observed.groupOf.get(element));
    if (group.length !== 2) return;
    for (const [name, write] of this.byName) {
      const isMine = observed.groupOf.get(write.element) === observed.groupOf.get(element);
      if (!isMine || !write.isConfirmed || !write.isOn || this.taken.has(`${element}:${name}`)) continue;
      if (!observed.holds(element, write.epoch, write.position))
        this.wrong.push(
          `request ${write.request} was confirmed with semi-synchronous replication on, and the new primary ${this.ids[element]} does not have it at ${atUs} us`,
        );
    }
  }
}

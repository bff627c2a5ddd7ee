// What the page says became of the users' writes, against the trace: who wrote what where, which log counts, how each write ended
// for its user. And that nobody is told a lie: what failed as certainly not stored is stored nowhere.
import type { Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { isAmbiguous } from '../logs.ts';
import { Purpose, REASONS } from '../message.ts';
import { OUTCOMES } from '../requests.ts';
import { CHUNK_US, Field, type TraceChunk, USERS_ELEMENT } from '../trace.ts';
import type { Checker } from './checker.ts';
import { type LogReader, ObservedLogs } from './observed-logs.ts';

const FAILED = OUTCOMES.indexOf('failed');
/** Writes that every database has had for so many positions are not looked at again. */
const OLD = 10_000;

/** A user's write: where it was stored, and how it ended. */
interface Followed {
  readonly request: number;
  readonly copies: { readonly element: number; readonly epoch: number; readonly position: number }[];
  fate: 'open' | 'saved' | 'refused' | 'ambiguous';
}

const COUNTED = [
  ['confirmed and stored', Field.WritesSaved],
  ['refused', Field.WritesRefused],
  ['unclear', Field.WritesAmbiguous],
  ['lost', Field.WritesLost],
  ['failed yet stored', Field.WritesFailedYetStored],
] as const;

export class WriteFates implements Checker, LogReader {
  readonly name = 'write fates';
  private readonly observed: ObservedLogs;
  private readonly ids: readonly string[];
  private readonly writes = new Map<number, Followed>();
  private readonly totals = { saved: 0, refused: 0, ambiguous: 0, failedYetStored: 0 };
  private wrong: string[] = [];

  constructor(design: Design) {
    this.observed = new ObservedLogs(design);
    this.ids = elementsOf(design).ids;
  }

  look(chunk: TraceChunk): string[] {
    if (this.observed.databases.length === 0) return [];
    this.wrong = [];
    this.observed.read(chunk, this);
    this.compare((chunk.index + 1) * CHUNK_US);
    return this.wrong;
  }

  took(element: number, position: number, epoch: number, request: number, atUs: number): void {
    if (request === 0) return;
    const write = this.of(request);
    write.copies.push({ element, epoch, position });
    if (write.fate === 'refused')
      this.wrong.push(`${this.ids[element]} stores request ${request} at ${atUs} us, which was told that it was not`);
  }

  ended(row: number, { ends }: TraceChunk): void {
    if (ends.purpose[row] !== Purpose.Write) return;
    const write = this.of(ends.request[row] as number);
    const reason = ends.reason[row] as number;
    const isSaved = ends.outcome[row] !== FAILED;
    write.fate = isSaved ? 'saved' : isAmbiguous(reason) ? 'ambiguous' : 'refused';
    if (isSaved && write.copies.length > 0) this.totals.saved++;
    if (!isSaved) this.totals[write.fate as 'ambiguous' | 'refused']++;
    if (write.fate === 'refused' && write.copies.length > 0)
      this.wrong.push(`request ${write.request} is stored, and was told ${REASONS[reason]}`);
  }

  private of(request: number): Followed {
    const known = this.writes.get(request);
    if (known !== undefined) return known;
    const write: Followed = { request, copies: [], fate: 'open' };
    this.writes.set(request, write);
    return write;
  }

  /** Counts of the page at the end of a second. */
  private compare(atUs: number): void {
    const { observed } = this;
    let [lost, failedYetStored] = [0, this.totals.failedYetStored];
    for (const write of this.writes.values()) {
      if (write.fate === 'open') continue;
      const isStored = write.copies.some(({ element, epoch, position }) => {
        const record = observed.recordOf(element);
        return record !== undefined && observed.holds(record, epoch, position);
      });
      if (write.fate === 'saved' && write.copies.length > 0 && !isStored) lost++;
      if (write.fate !== 'saved' && isStored) failedYetStored++;
      if (this.isSettled(write)) {
        if (write.fate !== 'saved') this.totals.failedYetStored++;
        this.writes.delete(write.request);
      }
    }
    const { saved, refused, ambiguous } = this.totals;
    const truth = [saved, refused, ambiguous, lost, failedYetStored];
    COUNTED.forEach(([name, field], index) => {
      const shown = observed.value(USERS_ELEMENT, field);
      if (shown !== truth[index])
        this.wrong.push(`${shown} writes are said to be ${name} at ${atUs} us, and ${truth[index]} are`);
    });
    for (const element of observed.databases) this.compareRows(element, atUs);
  }

  /** Stored by all for long: no crash takes it back. */
  private isSettled({ copies }: Followed): boolean {
    const { observed } = this;
    return copies.some(({ element, epoch, position }) =>
      observed.databases.every(
        (one) =>
          observed.groupOf.get(one) !== observed.groupOf.get(element) ||
          (observed.holds(one, epoch, position) && observed.logOf(one).length > position + OLD),
      ),
    );
  }

  /** Rows that a database has and the log that counts has not. */
  private compareRows(element: number, atUs: number): void {
    const { observed } = this;
    const record = observed.recordOf(element);
    if (record === undefined) return;
    const [log, others] = [observed.logOf(element), observed.logOf(record)];
    const own = log.filter((epoch, index) => others[index] !== epoch).length;
    const shown = observed.value(element, Field.Divergent);
    if (shown !== own)
      this.wrong.push(`${this.ids[element]} is said to have ${shown} rows of its own at ${atUs} us, and has ${own}`);
  }
}

// The rows of the blast radius, measured while somebody looks: every host and part killed once or hung once, then every line cut
// once, each alone in a fresh run of the design as it is at the playhead. Another design starts over; what is measured stays
// until then, so that closing and opening again runs nothing twice.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { cuttable, killable } from '../analysis/blast-radius.ts';
import { type BlastRow, blastRow } from '../analysis/blast-row.ts';
import { jointDenialsOf } from '../analysis/denials.ts';
import { type FaultMeasure, faultsIn, type LastingFault } from '../analysis/fault-measure.ts';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { workings } from '../catalogue/workings.ts';
import type { Design } from '../design/design.ts';
import { FaultPool, type FaultPort } from '../workers/fault-pool.ts';
import type { App } from './app.ts';

/** What befalls hosts and parts. */
export type BlastHow = 'kill' | 'hang';

export interface BlastEntry {
  readonly fault: LastingFault;
  /** Null while it is to come. */
  readonly row: BlastRow | null;
  /** Why it could not be measured. */
  readonly problem: string | null;
}

export interface BlastTable {
  readonly design: Design;
  readonly seed: number;
  readonly how: BlastHow;
  /** Hosts and parts, in document order. */
  readonly parts: readonly BlastEntry[];
  readonly lines: readonly BlastEntry[];
  /** Null until somebody asks for them. */
  readonly pairs: BlastPairs | null;
}

/** Every two kills that deny together what neither denies alone: foretold by the drawing, then measured. */
export interface BlastPairs {
  readonly entries: readonly BlastEntry[];
  /** False: the design is too large to try every pair. */
  readonly isComplete: boolean;
}

/** On the page a large design must not hold the frames up for long. */
const MOST_SEARCHES = 2_000;

export interface BlastRoomOptions {
  readonly cores: number;
  /** Workers of the caller's, for tests. */
  readonly newPort?: () => FaultPort;
}

const rooms = new WeakMap<App, BlastRoom>();

/** The room of this page: always the same one for the same app. */
export function blastRoomOf(app: App): BlastRoom {
  const known = rooms.get(app);
  if (known !== undefined) return known;
  const room = new BlastRoom(app, { cores: navigator.hardwareConcurrency });
  rooms.set(app, room);
  return room;
}

export const keyOf = (fault: LastingFault): string =>
  faultsIn(fault)
    .map(({ type, target }) => `${type} ${target}`)
    .join(' ');

export class BlastRoom {
  /** Null until the design at the playhead is known. */
  readonly table: StoreApi<{ readonly table: BlastTable | null }>;
  private readonly app: App;
  private readonly options: BlastRoomOptions;
  private pool: FaultPool | null = null;
  private how: BlastHow = 'kill';
  private design: Design | null = null;
  private seed = 0;
  private entries = new Map<string, BlastEntry>();
  private isStale = false;
  private wantsPairs = false;
  /** Of the design, once they were asked for. */
  private pairs: { readonly faults: readonly LastingFault[]; readonly isComplete: boolean } | null = null;

  constructor(app: App, options: BlastRoomOptions) {
    this.app = app;
    this.options = options;
    this.table = createStore(() => ({ table: null }));
  }

  /** Measures from now on. Returns the way to stop, after which nothing runs any more. */
  open(): () => void {
    this.pool = new FaultPool({
      measured: (measure) => this.noteMeasured(measure),
      failed: (fault, problem) => this.note({ fault, row: null, problem }),
      ...this.options,
    });
    // What could not be measured, perhaps because its worker could not be fetched, is tried again.
    for (const [key, { problem }] of this.entries) if (problem !== null) this.entries.delete(key);
    this.isStale = true;
    const stops = [
      this.app.playback.subscribe(() => this.look()),
      // Many rows can come between two frames: they are shown with the next one.
      this.app.frame.onFrame(() => this.isStale && this.show()),
    ];
    if (!this.look()) this.ask();
    return () => {
      for (const stop of stops) stop();
      this.pool?.close();
      this.pool = null;
    };
  }

  setHow(how: BlastHow): void {
    if (how === this.how) return;
    this.how = how;
    this.ask();
    this.show();
  }

  /** They are looked for and measured from now on, after everything else. */
  showPairs(): void {
    if (this.wantsPairs) return;
    this.wantsPairs = true;
    this.ask();
    this.show();
  }

  private findPairs(): void {
    if (!this.wantsPairs || this.pairs !== null || this.design === null) return;
    const { design } = this;
    const kills = killable(design, knowledge).map((target): LastingFault => ({ type: 'kill', target }));
    const { pairs, isComplete } = jointDenialsOf(design, knowledge, kills, MOST_SEARCHES);
    this.pairs = { faults: pairs.map(({ faults: [one, beside] }) => ({ ...one, beside })), isComplete };
  }

  /** Whether the design as it is at the playhead is another one now. */
  private look(): boolean {
    const design = this.app.playback.getState().view?.asSet ?? null;
    const { seed } = this.app.design.getState();
    if (design === null || (design === this.design && seed === this.seed)) return false;
    [this.design, this.seed] = [design, seed];
    this.entries = new Map();
    this.pairs = null;
    this.takeKnown();
    this.ask();
    this.show();
    return true;
  }

  /** Kills that the issues were proved by: the same runs, which need not be made again. */
  private takeKnown(): void {
    const { design, kills } = this.app.findings.getState();
    if (design === this.design) for (const kill of kills) this.noteMeasured(kill);
  }

  /** What is not measured yet, in the order of the table. */
  private ask(): void {
    if (this.design === null) return;
    this.findPairs();
    const all = [...this.partFaults(), ...this.lineFaults(), ...(this.pairs?.faults ?? [])];
    const missing = all.filter((fault) => !this.entries.has(keyOf(fault)));
    this.pool?.measure(this.design, this.seed, missing);
  }

  private noteMeasured(measure: FaultMeasure): void {
    if (this.design === null) return;
    const row = blastRow(this.design, measure, { knowledge, workings, checkTimesOf });
    this.note({ fault: measure.fault, row, problem: null });
  }

  private note(entry: BlastEntry): void {
    this.entries.set(keyOf(entry.fault), entry);
    this.isStale = true;
  }

  private show(): void {
    this.isStale = false;
    const { design, seed, how } = this;
    if (design === null) return;
    const entries = (faults: readonly LastingFault[]) =>
      faults.map((fault) => this.entries.get(keyOf(fault)) ?? this.toCome(fault));
    const [parts, lines] = [entries(this.partFaults()), entries(this.lineFaults())];
    const pairs = this.pairs && { entries: entries(this.pairs.faults), isComplete: this.pairs.isComplete };
    this.table.setState({ table: { design, seed, how, parts, lines, pairs } });
  }

  private readonly coming = new Map<string, BlastEntry>();

  /** The same object each time, so that a row that is still to come is not drawn again. */
  private toCome(fault: LastingFault): BlastEntry {
    const key = keyOf(fault);
    const known = this.coming.get(key) ?? { fault, row: null, problem: null };
    this.coming.set(key, known);
    return known;
  }

  private partFaults(): readonly LastingFault[] {
    const { design, how } = this;
    return design === null ? [] : killable(design, knowledge).map((target) => ({ type: how, target }));
  }

  private lineFaults(): readonly LastingFault[] {
    return this.design === null ? [] : cuttable(this.design).map((target) => ({ type: 'cut', target }));
  }
}

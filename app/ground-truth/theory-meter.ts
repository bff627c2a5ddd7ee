// Counts while a model of theory runs: it stands where the trace recorder stands, sees the same notes of the engine, and keeps
// sums in place of a trace.
import { Purpose, reasonCode } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { Field } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { World } from '../simulation/world.ts';
import { addBatch, type Batch, emptyBatch, Histogram, QUANTILES, type StationSums } from './theory-batch.ts';

/** Components with one role. Of an application server `busy` are at work; of a database, those that wait too. */
export interface Station {
  readonly components: readonly number[];
  readonly isDatabase: boolean;
}

const FAILED = OUTCOMES.indexOf('failed');
const OVERLOADED = reasonCode('overloaded');
const FIVE = 5;

export class TheoryMeter extends TraceRecorder {
  readonly batches: Batch[] = [];
  /** Everything since the warm-up. */
  readonly all: Batch;
  readonly latencies = new Histogram();
  private readonly batchSize: number;
  private warmUp: number;
  private batch: Batch;
  private readonly inBatch = new Histogram();
  private startedUs = 0;
  /** By element: its station, or -1; and its busy workers and waiting line now. */
  private readonly stationOf: Int32Array;
  private readonly busy: Int32Array;
  private readonly line: Int32Array;
  private readonly linkTo: Int32Array;
  private readonly lineField: Int32Array;
  private readonly firstLink: number;
  /** By station, as it is now. */
  private readonly busyNow: Int32Array;
  private readonly lineNow: Int32Array;
  private readonly sinceUs: Float64Array;
  private readonly isDatabase: readonly boolean[];

  constructor(world: World, stations: readonly Station[], warmUp: number, batchSize: number) {
    super();
    const { elements, componentElement, linkElement, linkTo } = world.plan;
    this.batchSize = batchSize;
    this.warmUp = warmUp;
    this.batch = emptyBatch(stations.length);
    this.all = emptyBatch(stations.length);
    this.stationOf = new Int32Array(elements).fill(-1);
    this.busy = new Int32Array(elements);
    this.line = new Int32Array(elements);
    this.lineField = new Int32Array(elements);
    this.linkTo = linkTo.map((component) => componentElement + component);
    this.firstLink = linkElement;
    this.busyNow = new Int32Array(stations.length);
    this.lineNow = new Int32Array(stations.length);
    this.sinceUs = new Float64Array(stations.length);
    this.isDatabase = stations.map((station) => station.isDatabase);
    stations.forEach(({ components, isDatabase }, station) => {
      for (const component of components) {
        this.stationOf[componentElement + component] = station;
        this.lineField[componentElement + component] = isDatabase ? Field.Extra : Field.Queue;
      }
    });
  }

  override hop(): void {}
  override start(): void {}

  override change(atUs: number, element: number, field: number, value: number): void {
    const station = this.stationOf[element] as number;
    if (station < 0) return;
    const isLine = field === this.lineField[element];
    if (!isLine && field !== Field.Busy) return;
    this.settle(station, atUs);
    const values = isLine ? this.line : this.busy;
    const step = value - (values[element] as number);
    values[element] = value;
    const now = isLine ? this.lineNow : this.busyNow;
    now[station] = (now[station] as number) + step;
    if (isLine && step > 0) (this.batch.stations[station] as StationSums).joined += step;
  }

  /** Brings the integrals of a station up to an instant. */
  private settle(station: number, atUs: number): void {
    const lastedUs = atUs - (this.sinceUs[station] as number);
    if (lastedUs === 0) return;
    this.sinceUs[station] = atUs;
    const sums = this.batch.stations[station] as StationSums;
    const line = this.lineNow[station] as number;
    const held = this.busyNow[station] as number;
    const inside = this.isDatabase[station] ? held : held + line;
    sums.inside += inside * lastedUs;
    sums.waiting += line * lastedUs;
    sums.busy += (inside - line) * lastedUs;
    if (inside >= FIVE) sums.fiveInside += lastedUs;
  }

  override span(
    _endUs: number,
    _arrivedUs: number,
    link: number,
    _request: number,
    _purpose: number,
    good: number,
  ): void {
    const station = this.stationOf[this.linkTo[link - this.firstLink] as number] as number;
    if (station >= 0 && good === 1) (this.batch.stations[station] as StationSums).served++;
  }

  override end(world: World, slot: number, outcome: number, _status: number, reason: number): void {
    const { batch } = this;
    batch.ended++;
    if (world.requests.purpose[slot] === Purpose.Read) {
      batch.reads++;
      if ((world.requests.staleBy[slot] as number) > 0) batch.stale++;
    }
    if (outcome === FAILED) {
      if (reason === OVERLOADED) batch.refused++;
    } else {
      const latencyUs = world.nowUs - (world.requests.startUs[slot] as number);
      batch.answered++;
      batch.latencyUs += latencyUs;
      this.inBatch.record(latencyUs);
    }
    if (this.warmUp > 0) {
      if (batch.ended === this.warmUp) this.begun(world.nowUs);
    } else if (batch.ended === this.batchSize) this.cutBatch(world.nowUs);
  }

  /** The warm-up is over: what was counted is forgotten. */
  private begun(nowUs: number): void {
    this.warmUp = 0;
    for (let station = 0; station < this.sinceUs.length; station++) this.settle(station, nowUs);
    this.batch = emptyBatch(this.sinceUs.length);
    this.inBatch.clear();
    this.startedUs = nowUs;
  }

  private cutBatch(nowUs: number): void {
    for (let station = 0; station < this.sinceUs.length; station++) this.settle(station, nowUs);
    const { batch } = this;
    batch.elapsedUs = nowUs - this.startedUs;
    batch.quantilesUs = QUANTILES.map((share) => this.inBatch.quantile(share));
    addBatch(this.all, batch);
    this.latencies.add(this.inBatch);
    this.inBatch.clear();
    this.batches.push(batch);
    this.batch = emptyBatch(this.sinceUs.length);
    this.startedUs = nowUs;
  }
}

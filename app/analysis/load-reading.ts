// Reads of a headless run how busy its parts were, and how many waited there.
import { elementsOf } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { FIELDS, Field } from '../simulation/trace.ts';
import type { RunMeasure } from './finding.ts';

/** What a component did in a span of time. */
export interface PartLoad {
  /** Mean number of workers that were busy; of a database, of queries that were worked on. */
  readonly busy: number;
  /** So many at most: workers, connections; where queries waited for threads, so many threads. */
  readonly places: number;
  /** 0..1: busy of places. */
  readonly share: number;
  /** Most at an instant, in the line of an application server; in that of a balancer, or for a database's threads. */
  readonly mostQueued: number;
  readonly mostHeld: number;
}

const READ: readonly number[] = [Field.Busy, Field.Queue, Field.Capacity, Field.Extra];

/** By component id, over [fromUs, toUs). */
export function partLoads(run: RunMeasure, fromUs: Micros, toUs: Micros): ReadonlyMap<string, PartLoad> {
  const { firstComponent } = elementsOf(run.design);
  const base = run.chunks[0]?.base;
  const meters = run.design.components.map(
    (_, component) =>
      new Meter(
        READ.map((field) => base?.[(firstComponent + component) * FIELDS + field] ?? 0),
        fromUs,
      ),
  );
  for (const { changes } of run.chunks) {
    for (let row = 0; row < changes.atUs.length; row++) {
      const atUs = changes.atUs[row] as number;
      const value = READ.indexOf(changes.field[row] as number);
      if (value >= 0 && atUs < toUs) {
        meters[(changes.element[row] as number) - firstComponent]?.change(atUs, value, changes.value[row] as number);
      }
    }
  }
  return new Map(run.design.components.map(({ id }, component) => [id, (meters[component] as Meter).read(toUs)]));
}

/** Adds up the busy time of one component, from `sinceUs` on. */
class Meter {
  private readonly values: number[];
  private readonly fromUs: Micros;
  private sinceUs: Micros;
  private busyUs = 0;
  private most = [0, 0, 0];

  constructor(values: number[], fromUs: Micros) {
    this.values = values;
    this.fromUs = fromUs;
    this.sinceUs = fromUs;
  }

  change(atUs: Micros, value: number, to: number): void {
    this.passTo(atUs);
    this.values[value] = to;
  }

  read(toUs: Micros): PartLoad {
    this.passTo(toUs);
    const busy = this.busyUs / (toUs - this.fromUs);
    const [, , capacity = 0] = this.values;
    const [mostQueued = 0, mostHeld = 0, mostWorking = 0] = this.most;
    const places = mostHeld > 0 && mostWorking > 0 ? Math.min(capacity, mostWorking) : capacity;
    return { busy, places, share: places === 0 ? 0 : busy / places, mostQueued, mostHeld };
  }

  private passTo(atUs: Micros): void {
    if (atUs <= this.sinceUs) return;
    const [busy = 0, queue = 0, , held = 0] = this.values;
    const working = Math.max(0, busy - held);
    this.busyUs += working * (atUs - this.sinceUs);
    this.most = [queue, held, working].map((now, index) => Math.max(now, this.most[index] ?? 0));
    this.sinceUs = atUs;
  }
}

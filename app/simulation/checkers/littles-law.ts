// Little's law without tolerance: the area under the number inside is the sum of the times spent inside, whatever the traffic.
// For the users of the whole site it holds in every run; for a component with a line as long as nothing has troubled it.
import type { Design } from '../../design/design.ts';
import { CHUNK_US, FIELDS, Field, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

const FIRST_HOST_ELEMENT = 2;
/** A sum of whole microseconds is exact below 2^53. */
const MOST_EXACT = 2 ** 53;

/** Workers and their line: what is inside, and since when; and the time that was spent there. */
interface Sums {
  insideNow: number;
  areaUs: number;
  spentUs: number;
  /** Spent by those that have left is not known: a fault or a change of settings came between. */
  troubled: boolean;
}

const fresh = (): Sums => ({ insideNow: 0, areaUs: 0, spentUs: 0, troubled: false });

export class LittlesLaw implements Checker {
  readonly name = "Little's law";
  private readonly site = fresh();
  /** By request that has not ended: its click. What an outcome says of its start is not believed. */
  private readonly clickedUs = new Map<number, number>();
  private openSinceSumUs = 0;
  /** By element. */
  private readonly stations = new Map<number, Sums>();
  private readonly calleeOf: readonly number[];
  private readonly firstLink: number;
  /** As long as the trace has them: monitoring has elements of its own. */
  private fields = new Int32Array(0);
  private nowUs = 0;

  /** `isStation`: whether a component answers whatever it takes in, and counts it as busy or waiting until then. */
  constructor(design: Design, isStation: (component: Design['components'][number]) => boolean) {
    const first = FIRST_HOST_ELEMENT + design.hosts.length;
    this.firstLink = first + design.components.length;
    this.calleeOf = design.links.map((link) => first + design.components.findIndex((one) => one.id === link.to));
    design.components.forEach((component, index) => {
      if (isStation(component)) this.stations.set(first + index, fresh());
    });
  }

  look(chunk: TraceChunk): string[] {
    return [...this.lookAtSite(chunk), ...this.lookAtStations(chunk)];
  }

  /** Area so far = time spent by those who have left + time spent so far by those who are still there. */
  private lookAtSite({ index, starts, ends }: TraceChunk): string[] {
    const { site } = this;
    const endUs = (index + 1) * CHUNK_US;
    let at = index * CHUNK_US;
    let [start, end] = [0, 0];
    while (start < starts.atUs.length || end < ends.endUs.length) {
      const startUs = starts.atUs[start] ?? Number.POSITIVE_INFINITY;
      const leaveUs = ends.endUs[end] ?? Number.POSITIVE_INFINITY;
      const nextUs = Math.min(startUs, leaveUs);
      site.areaUs += site.insideNow * (nextUs - at);
      at = nextUs;
      if (startUs <= leaveUs) {
        site.insideNow++;
        this.openSinceSumUs += startUs;
        this.clickedUs.set(starts.request[start] as number, startUs);
        start++;
      } else {
        site.insideNow--;
        const request = ends.request[end] as number;
        this.openSinceSumUs -= this.clickedUs.get(request) ?? 0;
        this.clickedUs.delete(request);
        site.spentUs += leaveUs - (ends.startUs[end] as number);
        end++;
      }
    }
    site.areaUs += site.insideNow * (endUs - at);
    const insideUs = site.insideNow * endUs - this.openSinceSumUs;
    if (site.areaUs > MOST_EXACT || site.areaUs === site.spentUs + insideUs) return [];
    return [`by ${endUs} us the users have waited ${site.spentUs + insideUs} us, and the area is ${site.areaUs} us`];
  }

  private lookAtStations({ index, base, changes, spans }: TraceChunk): string[] {
    const wrong: string[] = [];
    const endUs = (index + 1) * CHUNK_US;
    this.fields = base.slice();
    this.nowUs = index * CHUNK_US;
    changes.atUs.forEach((atUs, row) => {
      this.settle(atUs);
      const element = changes.element[row] as number;
      const field = changes.field[row] as number;
      this.fields[element * FIELDS + field] = changes.value[row] as number;
      const isTrouble = field === Field.Alive || field === Field.Hung;
      const sums = this.stations.get(element);
      if (sums !== undefined && isTrouble) sums.troubled = true;
    });
    this.settle(endUs);
    spans.endUs.forEach((leftUs, row) => {
      const sums = this.stations.get(this.calleeOf[(spans.link[row] as number) - this.firstLink] as number);
      const beganUs = spans.beganUs[row] as number;
      if (sums !== undefined && beganUs >= 0) sums.spentUs += leftUs - (spans.arrivedUs[row] as number);
    });
    for (const [element, sums] of this.stations) {
      sums.insideNow = this.insideOf(element);
      const missing = sums.areaUs - sums.spentUs;
      const isRight = sums.insideNow === 0 ? missing === 0 : missing >= 0 && missing <= sums.insideNow * endUs;
      if (!sums.troubled && sums.areaUs < MOST_EXACT && !isRight) {
        wrong.push(
          `by ${endUs} us the area of element ${element} is ${sums.areaUs} us, the time spent there ${sums.spentUs} us, with ${sums.insideNow} inside`,
        );
        sums.troubled = true; // said once
      }
    }
    return wrong;
  }

  private insideOf(element: number): number {
    return (
      (this.fields[element * FIELDS + Field.Busy] as number) + (this.fields[element * FIELDS + Field.Queue] as number)
    );
  }

  private settle(atUs: number): void {
    const lastedUs = atUs - this.nowUs;
    if (lastedUs === 0) return;
    for (const [element, sums] of this.stations) sums.areaUs += this.insideOf(element) * lastedUs;
    this.nowUs = atUs;
  }
}

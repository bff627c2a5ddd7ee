// One holder of each worker slot: at no moment are more workers busy than there are, and nobody waits beside a free one.
import type { Component, Design } from '../../design/design.ts';
import { FIELDS, Field, type TraceChunk } from '../trace.ts';
import type { Checker } from './checker.ts';

const FIRST_HOST_ELEMENT = 2;

export class WorkerSlots implements Checker {
  readonly name = 'worker slots';
  private readonly first: number;
  private readonly last: number;
  /** As long as the trace has them: monitoring has elements of its own. */
  private fields = new Int32Array(0);

  private readonly keepsLine: readonly boolean[];

  /** `keepsLine`: whether what waits at a component waits for its workers. */
  constructor(design: Design, keepsLine: (component: Component) => boolean = () => false) {
    this.keepsLine = design.components.map(keepsLine);
    this.first = FIRST_HOST_ELEMENT + design.hosts.length;
    this.last = this.first + design.components.length;
  }

  look({ changes, base }: TraceChunk): string[] {
    const wrong: string[] = [];
    this.fields = base.slice();
    const check = (element: number, atUs: number) => {
      const at = element * FIELDS;
      const capacity = this.fields[at + Field.Capacity] as number;
      const busy = this.fields[at + Field.Busy] as number;
      const queue = this.fields[at + Field.Queue] as number;
      if (busy < 0 || queue < 0) wrong.push(`element ${element} has ${busy} busy and ${queue} waiting at ${atUs} us`);
      if (capacity > 0 && busy > capacity)
        wrong.push(`element ${element} has ${busy} of ${capacity} workers busy at ${atUs} us`);
      if (this.keepsLine[element - this.first] && queue > 0 && busy < capacity)
        wrong.push(`element ${element} lets ${queue} wait beside ${capacity - busy} free workers at ${atUs} us`);
    };
    changes.atUs.forEach((atUs, row) => {
      const element = changes.element[row] as number;
      this.fields[element * FIELDS + (changes.field[row] as number)] = changes.value[row] as number;
      if (element < this.first || element >= this.last) return;
      // Several fields change at one instant: look when the instant is over.
      if (changes.atUs[row + 1] !== atUs) for (let one = this.first; one < this.last; one++) check(one, atUs);
    });
    return wrong;
  }
}

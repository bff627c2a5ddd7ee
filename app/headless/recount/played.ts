// A cited run, played once more and laid out as plain lists: what the recount reads. It shares no reader with the analysis, so that a
// mistake there is not made here a second time.
import type { CitedRun } from '../../analysis/cited-run.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import type { Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { type Micros, SECOND } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import { Purpose, REASONS } from '../../simulation/message.ts';
import { OUTCOMES, TERMINATIONS } from '../../simulation/requests.ts';
import { startSimulation } from '../../simulation/simulation.ts';
import { FIELDS, HopSign, signOf, type TraceChunk } from '../../simulation/trace.ts';
import { TraceRecorder } from '../../simulation/trace-recorder.ts';

export interface PlayedRequest {
  readonly request: number;
  readonly startUs: Micros;
  readonly endUs: Micros;
  readonly kind: 'read' | 'write' | 'static' | 'flood' | 'other';
  readonly answered: boolean;
  readonly status: number;
  readonly reason: string;
  readonly termination: string;
  /** The balancer's link to the server that had it last. */
  readonly server: string | undefined;
  readonly user: number;
  readonly staleBy: number;
  readonly activeUs: Micros;
}

export interface Asked {
  readonly request: number;
  readonly link: string | undefined;
}

/** A position that a database wrote or received. */
export interface Logged {
  readonly atUs: Micros;
  readonly database: string | undefined;
  readonly position: number;
  readonly epoch: number;
  readonly request: number;
}

export interface PlayedRun {
  /** As drawn, or as the rule changed it. */
  readonly design: Design;
  readonly isChanged: boolean;
  readonly commands: readonly Command[];
  readonly untilUs: Micros;
  /** Those that ended, in the order of their ends, and all that started. */
  readonly ended: readonly PlayedRequest[];
  readonly started: readonly { readonly request: number; readonly atUs: Micros }[];
  readonly asked: readonly Asked[];
  readonly logged: readonly Logged[];
  /** Values of a field of an element, the first one at 0. */
  values(element: string, field: number): readonly { readonly atUs: Micros; readonly value: number }[];
}

const KINDS: Readonly<Record<number, PlayedRequest['kind']>> = {
  [Purpose.Read]: 'read',
  [Purpose.Write]: 'write',
  [Purpose.Static]: 'static',
  [Purpose.Flood]: 'flood',
};

export function play(cited: CitedRun, drawn: Design): PlayedRun {
  const design = cited.design ?? drawn;
  const chunks = chunksOf(cited, design);
  const elements = elementsOf(design);
  const nameOf = (element: number | undefined) => elements.ids[element ?? -1];
  return {
    design,
    isChanged: cited.design !== null,
    commands: cited.commands,
    untilUs: cited.untilUs,
    ended: chunks.flatMap(({ ends }) =>
      Array.from(ends.startUs, (startUs, row) => ({
        request: ends.request[row] as number,
        startUs,
        endUs: ends.endUs[row] as number,
        kind: KINDS[ends.purpose[row] as number] ?? 'other',
        answered: OUTCOMES[ends.outcome[row] as number] !== 'failed',
        status: ends.status[row] as number,
        reason: REASONS[ends.reason[row] as number] ?? '',
        termination: TERMINATIONS[ends.termination[row] as number] ?? '',
        server: nameOf(ends.server[row]),
        user: ends.address[row] as number,
        staleBy: ends.staleBy[row] as number,
        activeUs: ends.activeUs[row] as number,
      })),
    ),
    started: chunks.flatMap(({ starts }) =>
      Array.from(starts.request, (request, row) => ({ request, atUs: starts.atUs[row] as number })),
    ),
    asked: chunks.flatMap(({ hops }) =>
      Array.from(hops.request, (request, row) => ({
        request,
        link: nameOf(hops.link[row]),
        isAsk: signOf(hops.what[row] as number) === HopSign.Ask,
      })).filter(({ request, isAsk }) => isAsk && request > 0),
    ),
    logged: chunks.flatMap(({ logs }) =>
      Array.from(logs.atUs, (atUs, row) => ({
        atUs,
        database: nameOf(logs.element[row]),
        position: logs.position[row] as number,
        epoch: logs.epoch[row] as number,
        request: logs.request[row] as number,
      })),
    ),
    values: (id, field) => valuesOf(chunks, elements.indexOf(id), field),
  };
}

function chunksOf({ seed, commands, untilUs }: CitedRun, design: Design): readonly TraceChunk[] {
  const recorder = new TraceRecorder();
  const simulation = startSimulation({ design, seed, commands }, behaviours, recorder);
  const chunks: TraceChunk[] = [];
  for (let endUs = SECOND; endUs <= untilUs; endUs += SECOND) {
    simulation.advance(endUs);
    chunks.push(recorder.cut(simulation.world));
    recorder.begin(simulation.world);
  }
  return chunks;
}

function valuesOf(chunks: readonly TraceChunk[], element: number, field: number) {
  if (element < 0) throw new Error('A recount asks for an element that the design does not have.');
  const first = chunks[0]?.base[element * FIELDS + field] ?? 0;
  const later = chunks.flatMap(({ changes }) =>
    Array.from(changes.atUs, (atUs, row) => ({ atUs, value: changes.value[row] as number, row })).filter(
      ({ row }) => changes.element[row] === element && changes.field[row] === field,
    ),
  );
  return [{ atUs: 0, value: first }, ...later.map(({ atUs, value }) => ({ atUs, value }))];
}

// Plays one run of a keepalived recording and says, in the recording's own words, what was seen: when addresses came and went,
// states, advertisements, gratuitous ARPs, and what the client noticed.

import { VrrpField, VrrpState } from '../catalogue/virtual-ip/state.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { fromMs, toMs } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose, REASONS } from '../simulation/message.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { Alive, FIELDS, Field, HopSign, purposeOf, retriedOf, signOf, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import { NODES, type Node } from './vrrp-recording.ts';
import { keepalivedOf, VRRP_BEHAVIOURS, VRRP_LINK } from './vrrp-run.ts';

/** Something that a node did or suffered, milliseconds since the start of the run. */
export interface Seen {
  readonly atMs: number;
  readonly node: Node;
}
export interface Advert extends Seen {
  readonly priority: number;
  readonly isHeard: boolean;
}
export interface StateSeen extends Seen {
  readonly state: string;
  readonly priority: number;
}
export interface Probe {
  readonly atMs: number;
  readonly error: string | null;
  readonly servedBy: Node | null;
}

export interface Film {
  readonly adds: readonly Seen[];
  readonly removals: readonly Seen[];
  /** By the time at which the other node has it. */
  readonly adverts: readonly Advert[];
  readonly garps: readonly Seen[];
  readonly states: readonly StateSeen[];
  /** keepalived's notification MASTER_RX_LOWER_PRI. */
  readonly heardLower: readonly Seen[];
  /** `[from, node or null]`: who answers for the address. */
  readonly answers: readonly (readonly [number, Node | null])[];
  readonly probes: readonly Probe[];
}

const STATE_NAMES: Readonly<Record<number, string>> = {
  [VrrpState.INIT]: 'STOP',
  [VrrpState.BACKUP]: 'BACKUP',
  [VrrpState.MASTER]: 'MASTER',
  [VrrpState.FAULT]: 'FAULT',
};
const ERRORS: Readonly<Record<string, string | undefined>> = {
  'client-timeout': 'CLIENT_TIMEOUT',
  'site-refused': 'ECONNREFUSED',
  'site-closed': 'ECONNRESET',
};

/** Plays until `endMs`. */
export function film(design: Design, seed: number, commands: readonly Command[], endMs: number): Film {
  const recorder = new TraceRecorder();
  const simulation = startSimulation({ design, seed, commands }, VRRP_BEHAVIOURS, null);
  const base = simulation.world.fields.slice();
  simulation.recorder = recorder;
  recorder.begin(simulation.world);
  simulation.advance(fromMs(endMs));
  return readFilm(design, base, recorder.cut(simulation.world));
}

function readFilm(design: Design, base: Int32Array, chunk: TraceChunk): Film {
  const elements = elementsOf(design);
  const hostOf = new Map(NODES.map((node) => [elements.indexOf(node), node]));
  const partOf = new Map(NODES.map((node) => [elements.indexOf(keepalivedOf(node)), node]));
  const fields = base.slice();
  const seen = {
    adds: [] as Seen[],
    removals: [] as Seen[],
    garps: [] as Seen[],
    states: [] as StateSeen[],
    heardLower: [] as Seen[],
    answers: [] as (readonly [number, Node | null])[],
  };
  const { changes } = chunk;
  const priorities: { atUs: number; node: Node; priority: number }[] = [];
  changes.atUs.forEach((atUs, row) => {
    const element = changes.element[row] as number;
    const field = changes.field[row] as number;
    const value = changes.value[row] as number;
    const at = element * FIELDS;
    const before = fields[at + field] as number;
    fields[at + field] = value;
    const atMs = toMs(atUs);
    const host = hostOf.get(element);
    const part = partOf.get(element);
    if (host !== undefined && field === Field.HoldsAddress)
      (value === 1 ? seen.adds : seen.removals).push({ atMs, node: host });
    if (host !== undefined && field === Field.Announced)
      for (let n = before; n < value; n++) seen.garps.push({ atMs, node: host });
    if (part !== undefined && field === VrrpField.State && fields[at + Field.Alive] === Alive.Up)
      seen.states.push({
        atMs,
        node: part,
        state: STATE_NAMES[value] ?? '?',
        priority: fields[at + VrrpField.Priority] as number,
      });
    if (part !== undefined && field === VrrpField.Priority) priorities.push({ atUs, node: part, priority: value });
    if (part !== undefined && field === VrrpField.HeardLower) seen.heardLower.push({ atMs, node: part });
    if (element === 0 && field === Field.AnswersFor) seen.answers.push([atMs, hostOf.get(value) ?? null]);
  });
  const first = new Map(
    NODES.map((node) => [node, base[elements.indexOf(keepalivedOf(node)) * FIELDS + VrrpField.Priority] as number]),
  );
  const priorityAt = (node: Node, atUs: number) =>
    priorities.findLast((one) => one.node === node && one.atUs <= atUs)?.priority ?? first.get(node) ?? 0;
  return {
    ...seen,
    adverts: readAdverts(chunk, elements.indexOf(VRRP_LINK), priorityAt),
    probes: readProbes(design, chunk),
  };
}

function readAdverts({ hops }: TraceChunk, link: number, priorityAt: (node: Node, atUs: number) => number): Advert[] {
  const adverts: Advert[] = [];
  hops.link.forEach((one, row) => {
    const what = hops.what[row] as number;
    if (one !== link || purposeOf(what) !== Purpose.Advert || signOf(what) === HopSign.Lost) return;
    const node: Node = signOf(what) === HopSign.Ask ? 'lb1' : 'lb2';
    const priority = retriedOf(what) === 1 ? 0 : priorityAt(node, hops.departUs[row] as number);
    adverts.push({ atMs: toMs(hops.arriveUs[row] as number), node, priority, isHeard: true });
  });
  return adverts;
}

function readProbes(design: Design, { ends, spans }: TraceChunk): Probe[] {
  const firstLink = elementsOf(design).firstLink;
  const served = new Map<number, Node>();
  spans.request.forEach((request, row) => {
    const link = design.links[(spans.link[row] as number) - firstLink];
    const node = design.components.find((one) => one.id === link?.to)?.hostId;
    if (node !== undefined) served.set(request, node as Node);
  });
  return Array.from(ends.startUs, (startUs, row): Probe => {
    const reason = REASONS[ends.reason[row] as number] ?? 'none';
    const isGood = reason === 'none';
    return {
      atMs: toMs(startUs),
      error: isGood ? null : (ERRORS[reason] ?? reason),
      servedBy: isGood ? (served.get(ends.request[row] as number) ?? null) : null,
    };
  }).sort((a, b) => a.atMs - b.atMs);
}

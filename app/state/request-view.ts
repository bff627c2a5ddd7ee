// One request as its page shows it: head, sentence, a row a stage, and above them what was true and what HAProxy believed
// of the server that it was first sent to.
import { elementsOf } from '../design/elements.ts';
import { formatClock, type Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { Belief, FIELDS, type TraceChunk } from '../simulation/trace.ts';
import type { Copy } from '../simulation/write-ledger.ts';
import type { Stage, Way } from '../timeline/request-way.ts';
import { beliefsAt, beliefWord, missedChecks, passedChecks, rowOf, type ServerBelief } from './beliefs.ts';
import { truthWords } from './narration-faults.ts';
import type { FoundWay } from './request-reader.ts';
import { headline, partWords, stageWords, terminationWord, whyEnded } from './request-words.ts';
import { deadWords, hostWords, listWords, sentenceCase, targetWords, truthAt } from './truth.ts';
import type { FollowedWrite } from './write-words.ts';

export interface LanePiece {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly text: string;
  readonly tone: 'plain' | 'doubt' | 'fail';
  /** Checks left of HAProxy's count, as bars; of 0 in other lanes. */
  readonly bars: number;
  readonly barsOf: number;
}

export interface StageRow {
  /** Of its stage in the way: what needs no row of its own is left out. */
  readonly index: number;
  readonly stage: Stage;
  readonly name: string;
  readonly note: string;
  /** `1,000 ms`, the status where somebody gives up, empty for a pick. */
  readonly figure: string;
}

export interface RequestView {
  readonly request: number;
  readonly shape: 'read' | 'write';
  readonly failed: boolean;
  readonly title: string;
  readonly about: string;
  /** `504`, or empty without an answer. */
  readonly status: string;
  readonly termination: string;
  readonly why: string;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly truth: readonly LanePiece[];
  /** Empty where no HAProxy chose a server. */
  readonly belief: readonly LanePiece[];
  readonly believedOf: string;
  readonly rows: readonly StageRow[];
  readonly total: string;
  /** What goes on after the end, or empty. */
  readonly after: string;
  /** A write: how it ended for its user, and its copy in a log as far as it was followed. Null for others. */
  readonly write: (FollowedWrite & { readonly copy: Copy | null }) | null;
}

export function requestView({ way, design, chunks }: FoundWay, commands: readonly Command[]): RequestView {
  const elements = elementsOf(design);
  const picked = way.stages.find((stage) => stage.sort === 'pick')?.link ?? -1;
  const { fromUs, toUs } = { fromUs: way.startUs, toUs: way.untilUs };
  const belief = picked < 0 ? { of: '', pieces: [] } : beliefLane(design, chunks, picked, fromUs, toUs);
  const goesOn = way.stages.findLast((stage) => stage.goesOn !== null)?.goesOn ?? null;
  return {
    request: way.request,
    shape: way.purpose === Purpose.Write ? 'write' : 'read',
    failed: way.end?.outcome === 2,
    title: headline(way),
    about: `Request ${way.request}, sent at ${formatClock(way.startUs)}. Timings: ${design.timings}.`,
    status: way.end === null || way.end.status === 0 ? '' : String(way.end.status),
    termination: way.end === null ? '' : terminationWord(way.end),
    why: whyEnded(design, way),
    fromUs,
    toUs,
    truth: truthLane(design, commands, fromUs, toUs),
    belief: belief.pieces,
    believedOf: belief.of,
    rows: rowsOf(design, way),
    total: milliseconds(toUs - fromUs),
    after:
      goesOn === null || goesOn.untilUs <= toUs
        ? ''
        : `${sentenceCase(partWords(design, elements, goesOn.part))} stays busy with it until ${formatClock(goesOn.untilUs)}.`,
    write: way.purpose === Purpose.Write ? followedWrite(way, chunks) : null,
  };
}

function followedWrite({ request, end }: Way, chunks: readonly TraceChunk[]): NonNullable<RequestView['write']> {
  let copy: Copy | null = null;
  for (const { logs } of chunks) {
    const row = logs.request.indexOf(request);
    if (row >= 0) copy = { epoch: logs.epoch[row] as number, position: logs.position[row] as number };
  }
  const fate = end === null ? 'open' : OUTCOMES[end.outcome] === 'failed' ? 'failed' : 'confirmed';
  return { request, fate, isStored: copy !== null, copy };
}

/** A connection's own row already says that it was given up. */
function rowsOf(design: FoundWay['design'], way: FoundWay['way']): StageRow[] {
  return way.stages.flatMap((stage, index): StageRow[] => {
    if (stage.sort === 'giveUp' && way.stages[index - 1]?.sort === 'connect' && stage.part !== 0) return [];
    const figure = stage.sort === 'pick' || stage.sort === 'giveUp' ? '0 ms' : milliseconds(stage.toUs - stage.fromUs);
    return [{ index, stage, ...stageWords(design, way, stage), figure }];
  });
}

/** `1,000 ms`; with a tenth or a thousandth where whole milliseconds would say too little. */
function milliseconds(us: Micros): string {
  const whole = Math.floor(us / 1_000);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = us % 1_000;
  return rest === 0 || whole >= 100 ? `${grouped} ms` : `${(us / 1_000).toFixed(whole >= 10 ? 1 : 2)} ms`;
}

/** The faults that were on, by the commands. */
function truthLane(
  design: FoundWay['design'],
  commands: readonly Command[],
  fromUs: Micros,
  toUs: Micros,
): LanePiece[] {
  const edges = [fromUs, ...commands.map(({ atUs }) => atUs).filter((us) => us > fromUs && us < toUs), toUs];
  return merged(
    [...new Set(edges)].slice(0, -1).map((startUs, index) => {
      const truth = truthAt(design, commands, startUs);
      const { faults } = truth;
      const dead = faults.filter(({ kind, backUs }) => kind === 'kill' && backUs === undefined);
      const others = faults.filter((fault) => !dead.includes(fault));
      const since = dead.length === 1 && dead[0] !== undefined ? ` since ${formatClock(dead[0].sinceUs)}` : '';
      const words = [
        ...(dead.length === 0
          ? []
          : [sentenceCase(deadWords(dead.map((fault) => targetWords(design, fault.target)))) + since]),
        ...others.map((fault) => truthWords(design, truth, fault)),
      ];
      const endUs = [...new Set(edges)][index + 1] ?? toUs;
      const tone = dead.length > 0 ? 'fail' : faults.length > 0 ? 'doubt' : 'plain';
      return { fromUs: startUs, toUs: endUs, text: listWords(words) || 'Every part works', tone, bars: 0, barsOf: 0 };
    }),
  );
}

/** What HAProxy believed of one server, from the trace. */
function beliefLane(
  design: FoundWay['design'],
  chunks: readonly TraceChunk[],
  link: number,
  fromUs: Micros,
  toUs: Micros,
): { readonly of: string; readonly pieces: LanePiece[] } {
  const elements = elementsOf(design);
  const pieces: LanePiece[] = [];
  let of = '';
  const note = (fields: Int32Array, atUs: Micros): void => {
    const server = beliefsAt(design, elements, fields).find((one) => one.linkElement === link);
    if (server === undefined || atUs > toUs) return;
    of = hostWords(design, server.hostId);
    const last = pieces.at(-1);
    if (last !== undefined) pieces[pieces.length - 1] = { ...last, toUs: Math.max(atUs, fromUs) };
    const { bars, barsOf } = rowOf(server);
    pieces.push({ fromUs: Math.max(atUs, fromUs), toUs, text: beliefWord(server), tone: toneOf(server), bars, barsOf });
  };
  chunks.forEach((chunk, index) => {
    const fields = chunk.base.slice();
    if (index === 0) note(fields, 0);
    const { atUs, element, field, value } = chunk.changes;
    for (let row = 0; row < atUs.length; row++) {
      fields[(element[row] as number) * FIELDS + (field[row] as number)] = value[row] as number;
      const isBelief = field[row] === Belief.Health || field[row] === Belief.State;
      if (element[row] === link && isBelief) note(fields, atUs[row] as number);
    }
  });
  return { of, pieces: merged(pieces) };
}

function toneOf(server: ServerBelief): LanePiece['tone'] {
  if (missedChecks(server) > 0 || passedChecks(server) > 0) return 'doubt';
  return beliefWord(server).startsWith('DOWN') ? 'fail' : 'plain';
}

/** Neighbours that say the same are one piece; what took no time is none. */
function merged(pieces: readonly LanePiece[]): LanePiece[] {
  const kept: LanePiece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (last !== undefined && last.text === piece.text) kept[kept.length - 1] = { ...last, toUs: piece.toUs };
    else if (piece.toUs > piece.fromUs) kept.push(piece);
  }
  return kept;
}

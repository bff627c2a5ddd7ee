// The way of one request through the site, from the click to its end, read from the trace: stages that follow each other
// without a gap, so that their durations add up to the request's own. What goes on for it after its end is told apart.
import type { Component, Design } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { type Elements, elementsOf } from '../design/elements.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';
import { type TraceChunk, USERS_ELEMENT } from '../simulation/trace.ts';
import { type Call, callsOf } from './request-calls.ts';

/**
 * What a stage is. `wire`: on its way along a link. `pick`: the balancer chooses a server, which takes no time. `queue`: waits
 * for a slot or a worker. `work`: a part works on it. `pause`: the balancer waits before it tries again. `connect`: a connection
 * that never stood. `silence`: it was taken in and never answered. `giveUp`: somebody stops waiting, which takes no time.
 */
export type StageSort = 'wire' | 'pick' | 'queue' | 'work' | 'pause' | 'connect' | 'silence' | 'giveUp';

export interface Stage {
  readonly sort: StageSort;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  /** Element of the part where it happens, or to which the link leads. */
  readonly part: number;
  /** Element of the link for `wire` and `connect`, and of the link just picked for `pick`; else -1. */
  readonly link: number;
  /** Towards the data; false: an answer on its way back. */
  readonly forth: boolean;
  /** `wire`: the answer that travels is a failure. `connect`: it was refused, where others were never answered. */
  readonly bad: boolean;
  /** Number of the attempt at a server, from 0, for what a balancer starts; else 0. */
  readonly attempt: number;
  /** Who goes on waiting or working for this stage although the request has moved on, and until when; null: nobody. */
  readonly goesOn: { readonly part: number; readonly untilUs: Micros } | null;
}

export interface Way {
  readonly request: number;
  /** Index of `Purpose`. */
  readonly purpose: number;
  readonly startUs: Micros;
  /** Null while it is under way at the end of what was handed in. */
  readonly end: RequestEnd | null;
  /** The end, or how far it was followed. */
  readonly untilUs: Micros;
  /** One after the other from `startUs` to `untilUs`; each begins where the one before ends. */
  readonly stages: readonly Stage[];
}

/** Its row of `TraceChunk.ends`; codes as there. */
export interface RequestEnd {
  readonly endUs: Micros;
  readonly outcome: number;
  readonly status: number;
  readonly reason: number;
  readonly cause: number;
  readonly termination: number;
  readonly retries: number;
  readonly redispatched: boolean;
  readonly server: number;
  readonly staleBy: number;
  readonly cookieState: number;
}

/**
 * `chunks` in order and without a gap, from the one in which the request starts; `design` as it was then. What the chunks do not
 * reach is not told: pass some after its end to learn what went on. Null when it does not start in them.
 */
export function wayOf(design: Design, chunks: readonly TraceChunk[], request: number): Way | null {
  const start = startOf(chunks, request);
  const last = chunks.at(-1);
  if (start === null || last === undefined) return null;
  const end = endOf(chunks, request);
  const elements = elementsOf(design);
  const untilUs = end?.endUs ?? Math.max(start.atUs, (last.index + 1) * 1_000_000);
  const walk = new Walk(design, elements, callsOf(design, elements, chunks, request), end === null ? untilUs : -1);
  walk.visit(USERS_ELEMENT, null, start.atUs, untilUs);
  return { request, purpose: start.purpose, startUs: start.atUs, end, untilUs, stages: walk.stages };
}

function startOf(chunks: readonly TraceChunk[], request: number): { atUs: Micros; purpose: number } | null {
  for (const { starts } of chunks) {
    const row = starts.request.indexOf(request);
    if (row >= 0) return { atUs: starts.atUs[row] as number, purpose: starts.purpose[row] as number };
  }
  return null;
}

function endOf(chunks: readonly TraceChunk[], request: number): RequestEnd | null {
  for (const { ends } of chunks) {
    const row = ends.request.indexOf(request);
    if (row < 0) continue;
    const at = (column: ArrayLike<number>): number => column[row] as number;
    return {
      endUs: at(ends.endUs),
      outcome: at(ends.outcome),
      status: at(ends.status),
      reason: at(ends.reason),
      cause: at(ends.cause),
      termination: at(ends.termination),
      retries: at(ends.retries),
      redispatched: at(ends.redispatched) === 1,
      server: at(ends.server),
      staleBy: at(ends.staleBy),
      cookieState: at(ends.cookieState),
    };
  }
  return null;
}

/** Goes through the calls as a stack of parts that wait for each other, and writes down the stages. */
class Walk {
  readonly stages: Stage[] = [];
  private readonly design: Design;
  private readonly elements: Elements;
  private readonly calls: readonly Call[];
  /** Up to where a request was followed that has not ended: nobody gives up there. */
  private readonly openUs: Micros;
  private readonly stack: Call[] = [];

  constructor(design: Design, elements: Elements, calls: readonly Call[], openUs: Micros) {
    this.design = design;
    this.elements = elements;
    this.calls = calls;
    this.openUs = openUs;
  }

  /** The time from `fromUs` to `toUs`, in which the request is at this part or behind it. `call` brought it here. */
  visit(part: number, call: Call | null, fromUs: Micros, toUs: Micros): void {
    if (call !== null) this.stack.push(call);
    const asked = this.calls.filter(
      (one) => one.caller === part && one.askUs >= fromUs && one.askUs <= toUs && !this.isSpent(one, toUs),
    );
    const balancer = this.balancerAt(part);
    let freeUs = fromUs;
    asked.forEach((child, index) => {
      const attempt = balancer === undefined ? 0 : index;
      const nextUs = asked[index + 1]?.askUs ?? toUs;
      this.atPart(part, call, freeUs, child.askUs, index > 0);
      if (balancer !== undefined) this.mark('pick', part, child, child.askUs, attempt);
      freeUs = this.follow(child, nextUs, attempt, balancer);
    });
    const isDone = call === null || (call.endUs !== null && call.endUs <= toUs);
    if (isDone || part === USERS_ELEMENT) this.atPart(part, call, freeUs, toUs, asked.length > 0);
    else if (toUs > freeUs) this.silent(part, call, freeUs, toUs);
    if (call !== null) this.stack.pop();
  }

  /** The innermost part that is still at it, for somebody who went on without its answer. */
  private whoGoesOn(us: Micros): Stage['goesOn'] {
    const call = this.stack.findLast((one) => one.backUs === null && one.endUs !== null && one.endUs > us);
    return call === undefined ? null : { part: call.callee, untilUs: call.endUs as Micros };
  }

  /** A call that begins at the very end belongs to what comes after. */
  private isSpent(call: Call, toUs: Micros): boolean {
    return call.askUs === toUs && (call.arriveUs ?? toUs) > toUs;
  }

  /** From its question to its answer, or to `limitUs`, when its caller went on without one. Returns when that was. */
  private follow(call: Call, limitUs: Micros, attempt: number, balancer: Component | undefined): Micros {
    const { link, callee: part } = call;
    const isAnswered = call.backUs !== null && call.backUs <= limitUs;
    const connectUs = Number(balancer?.config['timeoutConnectMs'] ?? Number.POSITIVE_INFINITY);
    const isConnected = call.acceptedUs !== null && call.acceptedUs <= limitUs;
    const patienceUs = isConnected ? Number.POSITIVE_INFINITY : call.askUs + fromMs(connectUs);
    const toUs = isAnswered ? (call.backUs as Micros) : Math.min(limitUs, patienceUs);
    const goesOn = isAnswered ? null : this.whoGoesOn(toUs);
    const base = { link, part, attempt };
    if (!isConnected) {
      const isUnderWay = toUs === this.openUs && !call.isLost && (call.arriveUs ?? 0) > toUs;
      const sort = isUnderWay ? 'wire' : 'connect';
      this.add({ ...base, sort, fromUs: call.askUs, toUs, forth: true, bad: call.isRefused, goesOn });
      if (!isAnswered) this.gaveUp(call, toUs, attempt);
      return toUs;
    }
    const acceptedUs = call.acceptedUs as Micros;
    this.add({ ...base, sort: 'wire', fromUs: call.askUs, toUs: acceptedUs, forth: true, bad: false, goesOn: null });
    const answerUs = call.answerUs === null ? toUs : Math.min(call.answerUs, toUs);
    this.visit(part, call, acceptedUs, answerUs);
    if (call.answerUs !== null && call.answerUs <= toUs && !call.isAnswerLost) {
      const bad = !call.good;
      this.add({ ...base, sort: 'wire', fromUs: answerUs, toUs, forth: false, bad, goesOn: null });
    } else if (toUs > answerUs) this.silent(part, call, answerUs, toUs);
    if (!isAnswered) this.gaveUp(call, toUs, attempt);
    return toUs;
  }

  /** Its own time: before the first call to somebody else, between two, or after the last. */
  private atPart(part: number, call: Call | null, fromUs: Micros, toUs: Micros, isLater: boolean): void {
    if (toUs <= fromUs) return;
    const beganUs = call?.beganUs ?? -1;
    const base = { part, link: -1, forth: true, bad: false, attempt: 0, goesOn: null } as const;
    if (this.balancerAt(part) !== undefined) {
      this.add({ ...base, sort: isLater ? 'pause' : 'queue', fromUs, toUs });
      return;
    }
    const workUs = isLater ? fromUs : Math.min(Math.max(beganUs, fromUs), toUs);
    if (workUs > fromUs) this.add({ ...base, sort: 'queue', fromUs, toUs: workUs });
    if (toUs > workUs) this.add({ ...base, sort: 'work', fromUs: workUs, toUs });
  }

  /** It was taken in here, and its caller went on without an answer. What is known of a wait in the line is told. */
  private silent(part: number, call: Call, fromUs: Micros, toUs: Micros): void {
    const base = { part, link: -1, forth: true, bad: true, attempt: 0 } as const;
    const beganUs = call.beganUs;
    const silentUs = beganUs > fromUs ? Math.min(beganUs, toUs) : fromUs;
    if (silentUs > fromUs) this.add({ ...base, bad: false, sort: 'queue', fromUs, toUs: silentUs, goesOn: null });
    if (toUs <= silentUs) return;
    if (toUs === this.openUs) {
      this.add({ ...base, bad: false, sort: 'work', fromUs: silentUs, toUs, goesOn: null });
      return;
    }
    this.add({ ...base, sort: 'silence', fromUs: silentUs, toUs, goesOn: this.whoGoesOn(toUs) });
  }

  private mark(sort: 'pick' | 'giveUp', part: number, { link }: Call, atUs: Micros, attempt: number): void {
    const bad = sort === 'giveUp';
    this.stages.push({ sort, part, link, fromUs: atUs, toUs: atUs, forth: !bad, bad, attempt, goesOn: null });
  }

  /** Only the one whose patience ends gives up; those behind it go on waiting and are cut off. */
  private gaveUp(call: Call, atUs: Micros, attempt: number): void {
    if (atUs === this.openUs) return;
    if (this.stages.at(-1)?.sort === 'giveUp') this.stages.pop();
    this.mark('giveUp', call.caller, call, atUs, attempt);
  }

  private add(stage: Stage): void {
    if (stage.toUs > stage.fromUs) this.stages.push(stage);
  }

  private balancerAt(part: number): Component | undefined {
    const id = this.elements.ids[part];
    if (id === USERS) return undefined;
    const found = this.design.components.find((component) => component.id === id);
    return found !== undefined && Array.isArray(found.config['servers']) ? found : undefined;
  }
}

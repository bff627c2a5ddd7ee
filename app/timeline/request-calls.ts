// The calls that were made for one request, put together from the rows of the trace: question, what became of it, answer.
import type { Design } from '../design/design.ts';
import type { Elements } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { DNS_ELEMENT, HopSign, signOf, type TraceChunk, USERS_ELEMENT } from '../simulation/trace.ts';

export interface Call {
  /** Elements of the trace. */
  readonly link: number;
  readonly caller: number;
  readonly callee: number;
  readonly askUs: Micros;
  /** When the question was due at the other end; null when a cut link did not even take it. */
  readonly arriveUs: Micros | null;
  /** Nobody was there to take the question in, or the link was cut. */
  isLost: boolean;
  isRefused: boolean;
  /** When it was taken in; null when it never was, as far as is known. */
  acceptedUs: Micros | null;
  /** When work on it began, where there is a line; -1 elsewhere or when that is not known. */
  beganUs: Micros;
  /** When the other end was done with it; null while it is not, or was cut off. */
  endUs: Micros | null;
  /** When the answer left, and when it was back. */
  answerUs: Micros | null;
  backUs: Micros | null;
  isAnswerLost: boolean;
  good: boolean;
}

interface Hop {
  readonly departUs: Micros;
  readonly arriveUs: Micros;
  readonly link: number;
  readonly sign: number;
}

interface Span {
  readonly endUs: Micros;
  readonly arrivedUs: Micros;
  readonly link: number;
  readonly beganUs: Micros;
}

/** In the order in which they were asked. */
export function callsOf(
  design: Design,
  elements: Elements,
  chunks: readonly TraceChunk[],
  request: number,
): readonly Call[] {
  const spans = spansOf(chunks, request);
  const calls: Call[] = [];
  for (const hop of hopsOf(chunks, request)) {
    const open = calls.findLast((call) => call.link === hop.link && call.backUs === null);
    if (hop.sign === HopSign.Ask) calls.push(asked(design, elements, hop, hop.arriveUs));
    else if (hop.sign === HopSign.Lost) lose(calls, open, asked(design, elements, hop, null), hop.departUs);
    else if (open !== undefined) answer(open, hop, spans);
  }
  for (const call of calls) settle(call, spans);
  return calls;
}

function asked(design: Design, elements: Elements, hop: Hop, arriveUs: Micros | null): Call {
  const link = design.links[hop.link - elements.firstLink];
  const isDns = hop.link === DNS_ELEMENT;
  return {
    link: hop.link,
    caller: isDns ? USERS_ELEMENT : elements.indexOf(link?.from ?? ''),
    callee: isDns ? DNS_ELEMENT : elements.indexOf(link?.to ?? ''),
    askUs: hop.departUs,
    arriveUs,
    isLost: arriveUs === null,
    isRefused: false,
    acceptedUs: null,
    beganUs: -1,
    endUs: null,
    answerUs: null,
    backUs: null,
    isAnswerLost: false,
    good: false,
  };
}

/** A message was lost: the open question when it arrived, its answer later, or a question that the cut link did not take. */
function lose(calls: Call[], open: Call | undefined, unsent: Call, atUs: Micros): void {
  const isAnswer = open !== undefined && !open.isLost && open.arriveUs !== null && open.arriveUs < atUs;
  if (open !== undefined && open.arriveUs === atUs && !open.isLost) open.isLost = true;
  else if (isAnswer) {
    open.answerUs ??= atUs;
    open.isAnswerLost = true;
  } else calls.push(unsent);
}

function answer(call: Call, hop: Hop, spans: readonly Span[]): void {
  call.answerUs = hop.departUs;
  call.backUs = hop.arriveUs;
  call.endUs = hop.departUs;
  call.isAnswerLost = false;
  call.good = hop.sign === HopSign.Good;
  const isTaken = spans.some((span) => span.link === call.link && span.endUs === hop.departUs);
  // A refusal comes back at the moment of arrival and was never taken in; a reset cuts off what was.
  call.isRefused = !call.good && !isTaken && call.arriveUs === hop.departUs;
}

function settle(call: Call, spans: readonly Span[]): void {
  const span = spans.find(
    (one) =>
      one.link === call.link &&
      one.arrivedUs >= call.askUs &&
      (call.answerUs === null || call.isAnswerLost || one.endUs === call.answerUs),
  );
  if (span !== undefined) {
    call.acceptedUs = span.arrivedUs;
    call.beganUs = span.beganUs;
    call.endUs = span.endUs;
    call.isLost = false;
    return;
  }
  if (call.isRefused || (call.isLost && call.answerUs === null)) return;
  call.acceptedUs = call.link === DNS_ELEMENT ? call.answerUs : (call.arriveUs ?? call.answerUs);
}

function hopsOf(chunks: readonly TraceChunk[], request: number): Hop[] {
  const found: Hop[] = [];
  for (const { hops } of chunks) {
    for (let row = hops.request.indexOf(request); row >= 0; row = hops.request.indexOf(request, row + 1)) {
      found.push({
        departUs: hops.departUs[row] as number,
        arriveUs: hops.arriveUs[row] as number,
        link: hops.link[row] as number,
        sign: signOf(hops.what[row] as number),
      });
    }
  }
  // The DNS answers in the same breath as it is asked: by departure, and in their own order where that is the same.
  return found.sort((a, b) => a.departUs - b.departUs);
}

function spansOf(chunks: readonly TraceChunk[], request: number): Span[] {
  const found: Span[] = [];
  for (const { spans } of chunks) {
    for (let row = spans.request.indexOf(request); row >= 0; row = spans.request.indexOf(request, row + 1)) {
      found.push({
        endUs: spans.endUs[row] as number,
        arrivedUs: spans.arrivedUs[row] as number,
        link: spans.link[row] as number,
        beganUs: spans.beganUs[row] as number,
      });
    }
  }
  return found;
}

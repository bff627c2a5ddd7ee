// What happens between two ends of a link: questions and answers travel with the link's latency, hosts accept, refuse or
// stay silent. Connection and question travel together; the host's kernel accepts at the moment of arrival.
import type { Micros } from '../foundation/micros.ts';
import { sendAgainLater, takesAddress } from './address.ts';
import { ARRIVED, CALLEE_DONE, CALLER_DONE, ONE_WAY, PARKED, RETRIED, TO_ADDRESS } from './calls.ts';
import type { Engine } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { lossStream, lossUs, oneWayUs, parkForCut, parkForHung, takesConnection } from './faults.ts';
import type { PurposeCode } from './message.ts';
import { Message, Purpose, reasonCode } from './message.ts';
import { Alive, HopSign, hopWhat } from './trace.ts';
import { countAnswer } from './watching.ts';
import type { World } from './world.ts';

const NOTHING = reasonCode('none');

/** Opens a call along a link, or back along it, and sends its question; `request` is a slot of the request table or -1. */
export function openCall(
  sim: Engine,
  caller: number,
  link: number,
  code: number,
  purpose: PurposeCode,
  parent: number,
  request: number,
  flags: number,
): number {
  const world = sim.world;
  const calls = world.calls;
  const call = calls.take();
  // `| 0` as in event-queue.ts: whole numbers go into their columns as they are.
  calls.flags[call] = flags | 0;
  calls.code[call] = code | 0;
  calls.purpose[call] = purpose | 0;
  calls.link[call] = link | 0;
  calls.caller[call] = caller | 0;
  // Whom a link leads to can ask back along it.
  const callee = world.plan.linkTo[link] as number;
  calls.callee[call] = callee === caller ? (world.plan.linkFrom[link] as number) : callee;
  calls.parent[call] = parent | 0;
  calls.request[call] = request | 0;
  calls.requestId[call] = request < 0 ? 0 : (world.requests.id[request] as number);
  calls.sentUs[call] = world.nowUs;
  send(sim, call, code, HopSign.Ask);
  return call;
}

/** Puts a message of a call on its link; it arrives one latency later. */
function send(sim: Engine, call: number, code: number, sign: number): void {
  const world = sim.world;
  const calls = world.calls;
  const link = calls.link[call] as number;
  const forth = sign === HopSign.Ask;
  const target = (forth ? calls.callee[call] : calls.caller[call]) as number;
  if (world.cuts[link] !== 0) {
    stopAtCut(sim, link, code, target, call);
    return;
  }
  const lostUs = world.lossShare[link] === 0 ? 0 : lossUs(world, link, code);
  const arriveUs = world.nowUs + oneWayUs(world, link) + lostUs;
  const stamp = calls.generation[call] as number;
  if (arriveUs === world.nowUs) world.queue.pushDue(arriveUs, code, target, call, stamp);
  else world.queue.push(arriveUs, EventKind.Message, code, target, call, stamp, 0);
  if (sim.recorder !== null && code !== Message.Closed) recordHop(sim, call, arriveUs, sign);
}

function recordHop(sim: Engine, call: number, arriveUs: Micros, sign: number): void {
  const world = sim.world;
  const calls = world.calls;
  const retried = ((calls.flags[call] as number) & RETRIED) === 0 ? 0 : 1;
  const what = hopWhat(calls.purpose[call] as number, drawnSign(world, call, sign), retried);
  const link = world.plan.linkElement + (calls.link[call] as number);
  sim.recorder?.hop(
    sign === HopSign.Lost ? arriveUs : world.nowUs,
    arriveUs,
    link,
    calls.requestId[call] as number,
    what,
  );
}

/** A hop is drawn from the link's start when it asks, and towards it when it answers: in a call back along it the reverse. */
function drawnSign({ calls, plan }: World, call: number, sign: number): number {
  if (sign === HopSign.Lost || plan.linkTo[calls.link[call] as number] === calls.callee[call]) return sign;
  return sign === HopSign.Ask ? HopSign.Good : HopSign.Ask;
}

/**
 * A message that a cut link does not carry waits for the link to be mended; an advertisement is lost, and the first packet to
 * an address that moves goes where the address is by then.
 */
function stopAtCut(sim: Engine, link: number, code: number, target: number, call: number): void {
  const { world } = sim;
  const { calls } = world;
  if (sim.recorder !== null) recordHop(sim, call, world.nowUs, HopSign.Lost);
  if (code === Message.Advertisement) calls.finish(call, CALLEE_DONE);
  else if (calls.has(call, TO_ADDRESS) && !calls.has(call, ARRIVED)) sendAgainLater(world, call);
  else {
    calls.flags[call] = (calls.flags[call] as number) | PARKED;
    parkForCut(world, link, code, target, call);
  }
}

/** TCP's next try for the first packet to an address that moves, on the link to the host that has it now. */
export function sendAgain(sim: Engine, call: number, link: number): void {
  const { calls, plan } = sim.world;
  if (calls.has(call, ARRIVED) || calls.has(call, CALLER_DONE)) return;
  calls.flags[call] = (calls.flags[call] as number) & ~PARKED;
  calls.link[call] = link;
  calls.callee[call] = plan.linkTo[link] as number;
  send(sim, call, calls.code[call] as number, HopSign.Ask);
}

/**
 * A datagram between the two ends of a link, in either direction: nobody sends it again. `data` and `extra` are found in
 * `calls.data` and `calls.callerA`; the callee must `drop` it.
 */
export function cast(sim: Engine, caller: number, link: number, code: number, data: number, extra: number): void {
  const { world } = sim;
  const { calls, plan } = world;
  const isForth = plan.linkFrom[link] === caller;
  const sign = isForth ? HopSign.Ask : HopSign.Good;
  const lossShare = world.lossShare[link] as number;
  const isLost = world.cuts[link] !== 0 || (lossShare > 0 && world.draws.uniform(lossStream(world, link)) < lossShare);
  const arriveUs = world.nowUs + oneWayUs(world, link);
  // A farewell (priority 0) is told apart in the trace.
  const what = hopWhat(Purpose.Advert, isLost ? HopSign.Lost : sign, (data & 255) === 0 ? 1 : 0);
  sim.recorder?.hop(world.nowUs, isLost ? world.nowUs : arriveUs, plan.linkElement + link, 0, what);
  if (isLost) return;
  const call = calls.take();
  calls.flags[call] = ONE_WAY | CALLER_DONE;
  calls.code[call] = code;
  calls.purpose[call] = Purpose.Advert;
  calls.link[call] = link;
  calls.caller[call] = caller;
  const callee = (isForth ? plan.linkTo[link] : plan.linkFrom[link]) as number;
  calls.callee[call] = callee;
  calls.parent[call] = -1;
  calls.request[call] = -1;
  calls.requestId[call] = 0;
  calls.sentUs[call] = world.nowUs;
  calls.data[call] = data;
  calls.callerA[call] = extra;
  world.queue.push(arriveUs, EventKind.Message, code, callee, call, calls.generation[call] as number, 0);
}

/** A message is due. */
export function arrive(sim: Engine, code: number, call: number): void {
  const { world } = sim;
  const link = world.calls.link[call] as number;
  // What waited at a stopped process is across the link already: its data says so.
  if (world.cuts[link] !== 0 && world.queue.data === 0) {
    stopAtCut(sim, link, code, world.queue.target, call);
    return;
  }
  if (code >= Message.Answer) arriveAtCaller(sim, code, call);
  else if (code === Message.Closed) arriveClosed(sim, call);
  else if (code === Message.Advertisement) hear(sim, code, call);
  else arriveAtCallee(sim, code, call);
}

/** A datagram is there: a program that runs hears it, one that is stopped later, and nobody else notices. */
function hear(sim: Engine, code: number, call: number): void {
  const { world } = sim;
  const { calls, plan } = world;
  const callee = calls.callee[call] as number;
  const link = calls.link[call] as number;
  const blocked = plan.linkTo[link] === callee ? plan.blocked : plan.blockedBack;
  const behaviour = plan.behaviours[callee];
  if (blocked[link] !== 0 || !world.isRunning(callee) || behaviour === null || behaviour === undefined) {
    recordHop(sim, call, world.nowUs, HopSign.Lost);
    calls.finish(call, CALLEE_DONE);
    return;
  }
  if (world.hung[callee] === 1) {
    parkForHung(world, callee);
    return;
  }
  behaviour.onMessage(world.states[callee], world.configs[callee] as never, code as never, call, sim.enter(callee));
}

/** A question is there. The usual case alone, in few steps: its caller waits, and the link leads to a program that runs. */
function arriveAtCallee(sim: Engine, code: number, call: number): void {
  const { world } = sim;
  const { calls, plan } = world;
  const callee = calls.callee[call] as number;
  const behaviour = plan.behaviours[callee];
  const flags = calls.flags[call] as number;
  const isPlain = (flags & (CALLER_DONE | TO_ADDRESS | ARRIVED)) === 0;
  const isWell = world.alive[callee] === Alive.Up && world.hung[callee] === 0;
  const isOpen = plan.blocked[calls.link[call] as number] === 0;
  if (isPlain && isWell && isOpen && code !== Message.TcpCheck && behaviour !== null && behaviour !== undefined) {
    calls.flags[call] = flags | ARRIVED;
    calls.arrivedUs[call] = world.nowUs;
    const context = sim.enter(callee);
    behaviour.onMessage(world.states[callee], world.configs[callee] as never, code as never, call, context);
  } else arriveUnusually(sim, code, call);
}

/** The same for whatever can be in the way. */
function arriveUnusually(sim: Engine, code: number, call: number): void {
  const world = sim.world;
  const calls = world.calls;
  const flags = calls.flags[call] as number;
  if ((flags & CALLER_DONE) !== 0 && (flags & ONE_WAY) === 0 && !isReadAllTheSame(flags, code)) {
    calls.finish(call, CALLEE_DONE); // the caller closed the connection before the question came
    return;
  }
  const callee = calls.callee[call] as number;
  if ((flags & TO_ADDRESS) !== 0 && !takesAddress(world, callee)) {
    // A host that does not have the address takes no notice: no refusal, no answer.
    if (sim.recorder !== null) recordHop(sim, call, world.nowUs, HopSign.Lost);
    if ((flags & ARRIVED) === 0) sendAgainLater(world, call);
    return;
  }
  const behaviour = world.plan.behaviours[callee];
  const isOpen = world.plan.blocked[calls.link[call] as number] === 0;
  if (!isOpen || !world.isPowered(callee)) {
    recordHop(sim, call, world.nowUs, HopSign.Lost);
    calls.finish(call, CALLEE_DONE);
    return;
  }
  if (!world.isRunning(callee) || behaviour === null || behaviour === undefined) {
    refuse(sim, call, callee);
    return;
  }
  if (!takesConnection(sim, callee)) {
    recordHop(sim, call, world.nowUs, HopSign.Lost);
    calls.finish(call, CALLEE_DONE);
    return;
  }
  noteArrival(world, call);
  if (code === Message.TcpCheck) {
    answer(sim, call, 200, NOTHING, -1);
    return;
  }
  if (world.hung[callee] === 1) {
    parkForHung(world, callee);
    return;
  }
  const context = sim.enter(callee);
  behaviour.onMessage(world.states[callee], world.configs[callee] as never, code as never, call, context);
}

/** What a program reads although its sender has gone: a stream, and a statement that was in its socket already. */
const isReadAllTheSame = (flags: number, code: number): boolean =>
  code === Message.BinlogEvent || (code === Message.Query && (flags & ARRIVED) !== 0);

/** The host's kernel has the connection, when it has it for the first time. */
function noteArrival({ calls, nowUs }: World, call: number): void {
  const flags = calls.flags[call] as number;
  if ((flags & ARRIVED) !== 0) return;
  calls.flags[call] = flags | ARRIVED;
  calls.arrivedUs[call] = nowUs;
}

/** The host is there, the program is not: its kernel says so at once. */
function refuse(sim: Engine, call: number, callee: number): void {
  const world = sim.world;
  const calls = world.calls;
  if (((calls.flags[call] as number) & ONE_WAY) !== 0) {
    recordHop(sim, call, world.nowUs, HopSign.Lost);
    calls.finish(call, CALLEE_DONE);
    return;
  }
  calls.reason[call] = reasonCode('connection-refused');
  calls.cause[call] = world.plan.componentElement + callee;
  reply(sim, call, Message.Refused, HopSign.Bad);
}

/** The callee answers: with a status, and a reason other than none when the answer is a failure. */
export function answer(sim: Engine, call: number, status: number, reason: number, cause: number): void {
  const world = sim.world;
  const calls = world.calls;
  if (calls.has(call, CALLEE_DONE)) return;
  calls.status[call] = status | 0;
  calls.reason[call] = reason | 0;
  calls.cause[call] = cause | 0;
  const { watch } = world;
  if (watch !== null && calls.caller[call] === world.plan.users) {
    countAnswer(watch, calls.callee[call] as number, reason !== NOTHING);
  }
  if (sim.recorder !== null) recordSpan(sim, call, reason === NOTHING ? 1 : 0);
  reply(sim, call, Message.Answer, reason === NOTHING ? HopSign.Good : HopSign.Bad);
}

/** The callee is done with a call without answering. A copy that was taken in is a span like an answered call. */
export function drop(sim: Engine, call: number): void {
  const calls = sim.world.calls;
  if (calls.has(call, CALLEE_DONE)) return;
  if (sim.recorder !== null && calls.purpose[call] === Purpose.Copy && calls.has(call, ARRIVED))
    recordSpan(sim, call, 1);
  calls.finish(call, CALLEE_DONE);
}

function recordSpan(sim: Engine, call: number, good: number): void {
  const { calls, nowUs, plan } = sim.world;
  sim.recorder?.span(
    nowUs,
    calls.arrivedUs[call] as number,
    plan.linkElement + (calls.link[call] as number),
    calls.requestId[call] as number,
    calls.purpose[call] as number,
    good,
    calls.beganUs[call] as number,
  );
}

/** Something goes back to the caller, unless it has closed the connection. */
function reply(sim: Engine, call: number, code: number, sign: number): void {
  const { world } = sim;
  const { calls } = world;
  // A host that has lost the address cannot send from it: the caller hears nothing, not even a reset.
  const isMute = calls.has(call, TO_ADDRESS) && !takesAddress(world, calls.callee[call] as number);
  if (isMute && sim.recorder !== null) recordHop(sim, call, world.nowUs, HopSign.Lost);
  if (!isMute && !calls.has(call, CALLER_DONE)) send(sim, call, code, sign);
  calls.finish(call, CALLEE_DONE);
}

function arriveAtCaller(sim: Engine, code: number, call: number): void {
  const world = sim.world;
  const caller = world.calls.caller[call] as number;
  if (world.hung[caller] === 1) {
    parkForHung(world, caller);
    return;
  }
  if (caller === world.plan.users) sim.traffic.onReply(code, call);
  else {
    const behaviour = world.plan.behaviours[caller];
    const context = sim.enter(caller);
    behaviour?.onMessage(world.states[caller], world.configs[caller] as never, code as never, call, context);
  }
  finishCaller(world, call);
}

function finishCaller(world: World, call: number): void {
  if (!world.calls.has(call, CALLER_DONE)) world.calls.finish(call, CALLER_DONE);
}

function arriveClosed(sim: Engine, call: number): void {
  const world = sim.world;
  const callee = world.calls.callee[call] as number;
  if (world.calls.has(call, CALLEE_DONE) || !world.isRunning(callee)) return;
  if (world.hung[callee] === 1) {
    parkForHung(world, callee);
    return;
  }
  const behaviour = world.plan.behaviours[callee];
  const context = sim.enter(callee);
  behaviour?.onMessage(world.states[callee], world.configs[callee] as never, Message.Closed, call, context);
}

/** The caller gives up: its end is done, the callee learns of it if it is there to learn. */
export function abandon(sim: Engine, call: number): void {
  const world = sim.world;
  const calls = world.calls;
  if (calls.has(call, CALLER_DONE)) return;
  const tell =
    calls.has(call, ARRIVED) && !calls.has(call, CALLEE_DONE) && world.isPowered(calls.callee[call] as number);
  const asks = calls.has(call, PARKED) && !calls.has(call, ARRIVED) && !calls.has(call, CALLEE_DONE);
  calls.finish(call, CALLER_DONE);
  // A question that waits for a cut link dies with its caller: TCP stops trying.
  if (asks) calls.finish(call, CALLEE_DONE);
  if (tell) send(sim, call, Message.Closed, HopSign.Ask);
}

/** Cuts every connection of a component that stops. Without power nobody on the other side is told. */
export function cutConnections(sim: Engine, component: number, silently: boolean): void {
  const world = sim.world;
  const calls = world.calls;
  for (let call = 0; call < calls.extent; call++) {
    if (!calls.isOpen(call)) continue;
    if (silently && calls.caller[call] === component) loseCopy(sim, call);
    if (!calls.isOpen(call)) continue;
    if (calls.callee[call] === component && calls.has(call, ARRIVED) && !calls.has(call, CALLEE_DONE)) {
      calls.reason[call] = reasonCode('server-closed');
      calls.cause[call] = world.plan.componentElement + component;
      if (silently) calls.finish(call, CALLEE_DONE);
      else reply(sim, call, Message.Reset, HopSign.Bad);
    }
    if (!calls.isOpen(call) || calls.caller[call] !== component || calls.has(call, CALLER_DONE)) continue;
    if (silently) calls.finish(call, CALLER_DONE);
    else abandon(sim, call);
  }
}

/** A kernel still delivers what its dead process has sent; a copy on its way from a host without power is gone. */
function loseCopy({ world }: Engine, call: number): void {
  const { calls } = world;
  if (calls.code[call] !== Message.BinlogEvent || calls.has(call, ARRIVED) || calls.has(call, CALLEE_DONE)) return;
  calls.finish(call, CALLEE_DONE);
}

// The users: arrivals, what is asked for, the DNS answer that they keep, their patience, and the one outcome of each request.
// State machine of a request: arrives -> (asks the DNS) -> asks the site -> answered | failed | gave up.
import type { Traffic } from '../design/design.ts';
import { fromMs, fromSeconds, SECOND } from '../foundation/micros.ts';
import { confirmNeighbour, linkToAddress, TIMER_SYN } from './address.ts';
import { ARRIVED, TO_ADDRESS } from './calls.ts';
import type { Engine, UsersEnd } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { recordField } from './fields.ts';
import { writeEnded } from './logs.ts';
import { Message, Purpose, type PurposeCode, reasonCode } from './message.ts';
import { abandon, openCall, sendAgain } from './network.ts';
import { OUTCOMES } from './requests.ts';
import { DNS_ELEMENT, Field, HopSign, hopWhat, USERS_ELEMENT } from './trace.ts';

const TIMER_PATIENCE = 1;
const TIMER_DNS = 2;
/** Code of an arrival of the flood; the users' own have 0. */
export const FLOOD = 1;

/** User n has the address 198.51.100.1 + n (a block for documentation), unless a list says otherwise. */
const FIRST_ADDRESS = 0xc6336401;
/** Clients of the flood come from 198.18.0.0/16 (a block for benchmarks), each request from the next address. */
const FLOOD_ADDRESS = 0xc6120000;
const FLOOD_ADDRESSES = 0xffff;

const ANSWERED = OUTCOMES.indexOf('answered');
const ANSWERED_AFTER_RETRY = OUTCOMES.indexOf('answered-after-retry');
const FAILED = OUTCOMES.indexOf('failed');
const NONE = reasonCode('none');
const SITE_REFUSED = reasonCode('site-refused');
const SITE_CLOSED = reasonCode('site-closed');
const CLIENT_TIMEOUT = reasonCode('client-timeout');

type ArrivalList = Extract<Traffic['arrivals'], { type: 'list' }>['list'];

const PURPOSES = { read: Purpose.Read, write: Purpose.Write, static: Purpose.Static } as const;

export class UserTraffic implements UsersEnd {
  private readonly sim: Engine;

  constructor(sim: Engine) {
    this.sim = sim;
  }

  /** Plans the first arrival. */
  start(): void {
    this.planNext(true);
  }

  /** New settings from this instant on; the arrival that was planned is drawn again. */
  reconfigure(traffic: Traffic): void {
    const world = this.sim.world;
    const before = world.traffic;
    world.traffic = traffic;
    if (traffic.users !== world.trafficState.dnsUntilUs.length) {
      const until = new Float64Array(Math.max(1, traffic.users));
      until.set(world.trafficState.dnsUntilUs.subarray(0, until.length));
      world.trafficState.dnsUntilUs = until;
      const cookies = new Int32Array(until.length);
      cookies.set(world.trafficState.cookies.subarray(0, until.length));
      world.trafficState.cookies = cookies;
    }
    if (traffic.rateRps === before.rateRps && traffic.arrivals === before.arrivals) return;
    world.trafficState.epoch++;
    this.planNext(false);
  }

  flood(rateRps: number): void {
    const { world } = this.sim;
    world.trafficState.floodRps = Math.max(0, rateRps);
    world.trafficState.floodEpoch++;
    recordField(this.sim, USERS_ELEMENT, Field.FloodRps, Math.round(world.trafficState.floodRps));
    this.planFlood();
  }

  private planFlood(): void {
    const { draws, nowUs, plan, queue, trafficState } = this.sim.world;
    if (trafficState.floodRps === 0) return;
    const gapUs = draws.durationUs(trafficState.floodStream, SECOND / trafficState.floodRps, 'exponential');
    queue.push(nowUs + Math.max(1, gapUs), EventKind.Arrival, FLOOD, plan.users, -1, trafficState.floodEpoch, 0);
  }

  /** One of the flood's clients asks for a page. It knows the address already. */
  onFlood(epoch: number): void {
    const { world } = this.sim;
    if (epoch !== world.trafficState.floodEpoch) return;
    const slot = world.requests.take();
    world.requests.startUs[slot] = world.nowUs;
    world.requests.purpose[slot] = Purpose.Flood;
    world.requests.address[slot] = FLOOD_ADDRESS | ((world.requests.id[slot] as number) & FLOOD_ADDRESSES);
    world.totals.floodStarted++;
    this.sim.recorder?.start(world.nowUs, world.requests.id[slot] as number, Purpose.Flood);
    this.planFlood();
    this.askSite(slot);
  }

  /** Plans the next arrival after one at this instant (or at the start of the run). */
  private planNext(first: boolean): void {
    const { draws, nowUs, traffic, trafficState } = this.sim.world;
    const { arrivals, rateRps } = traffic;
    if (arrivals.type === 'list') {
      this.planListed(arrivals.list, arrivals.closedLoop && !first);
      return;
    }
    if (!(rateRps > 0)) return;
    const law = arrivals.type === 'fixed' ? 'fixed' : 'exponential';
    const gapUs = draws.durationUs(trafficState.arrivalStream, SECOND / rateRps, law);
    this.plan(nowUs + Math.max(1, gapUs));
  }

  /** `waits`: the next one of the list comes only when nobody is under way. */
  private planListed(list: ArrivalList, waits: boolean): void {
    const { nowUs, requests, trafficState } = this.sim.world;
    const next = list[trafficState.listIndex];
    if (next === undefined || (waits && requests.open > 0)) return;
    this.plan(Math.max(nowUs, fromMs(next.atMs)));
  }

  private plan(atUs: number): void {
    const { world } = this.sim;
    world.queue.push(atUs, EventKind.Arrival, 0, world.plan.users, -1, world.trafficState.epoch, 0);
  }

  /** A user clicks. `epoch` tells an arrival that was planned before a change of settings. */
  onArrival(epoch: number): void {
    const world = this.sim.world;
    if (epoch !== world.trafficState.epoch) return;
    const { traffic, trafficState, requests } = world;
    const slot = requests.take();
    requests.startUs[slot] = world.nowUs;
    const users = trafficState.dnsUntilUs.length;
    requests.user[slot] = ((requests.id[slot] as number) - 1) % users;
    const purpose = this.purposeOf(slot);
    requests.purpose[slot] = purpose;
    const user = requests.user[slot] as number;
    if (requests.address[slot] === 0) requests.address[slot] = (FIRST_ADDRESS + user) | 0;
    world.totals.started++;
    if (purpose === Purpose.Write) world.totals.writesStarted++;
    this.sim.recorder?.start(world.nowUs, requests.id[slot] as number, purpose);
    if (traffic.arrivals.type !== 'list' || !traffic.arrivals.closedLoop) this.planNext(false);
    if ((trafficState.dnsUntilUs[user] as number) > world.nowUs || world.dns.latencyMs === 0) this.askSite(slot);
    else this.askDns(slot);
  }

  private purposeOf(slot: number): PurposeCode {
    const { traffic, trafficState, draws } = this.sim.world;
    if (traffic.arrivals.type === 'list') return this.takeListed(slot, traffic.arrivals.list);
    const u = draws.uniform(trafficState.purposeStream);
    if (u < traffic.writeShare) return Purpose.Write;
    return u < traffic.writeShare + traffic.staticShare ? Purpose.Static : Purpose.Read;
  }

  /** The next arrival of an explicit list: what it asks for, and whatever else the list says of it. */
  private takeListed(slot: number, list: ArrivalList): PurposeCode {
    const { trafficState, requests } = this.sim.world;
    const index = trafficState.listIndex++;
    const arrival = list[index];
    requests.listIndex[slot] = index;
    if (arrival?.serviceMs !== undefined) requests.serviceUs[slot] = fromMs(arrival.serviceMs);
    if (arrival?.user !== undefined) requests.user[slot] = arrival.user % trafficState.dnsUntilUs.length;
    if (arrival?.address !== undefined) requests.address[slot] = arrival.address | 0;
    return PURPOSES[arrival?.kind ?? 'read'];
  }

  private askDns(slot: number): void {
    const world = this.sim.world;
    const latencyUs = fromMs(world.dns.latencyMs);
    const id = world.requests.id[slot] as number;
    this.sim.recorder?.hop(world.nowUs, world.nowUs + latencyUs, DNS_ELEMENT, id, hopWhat(Purpose.Dns, HopSign.Ask, 0));
    const backUs = world.nowUs + 2 * latencyUs;
    this.sim.recorder?.hopLater(
      world.nowUs + latencyUs,
      backUs,
      DNS_ELEMENT,
      id,
      hopWhat(Purpose.Dns, HopSign.Good, 0),
    );
    world.queue.push(backUs, EventKind.Timer, TIMER_DNS, world.plan.users, -1, 0, slot);
  }

  private askSite(slot: number): void {
    const world = this.sim.world;
    const isVirtual = world.plan.isAddressVirtual;
    const entry = isVirtual ? linkToAddress(this.sim) : world.plan.entryLinks[0];
    if (entry === undefined) {
      this.end(slot, FAILED, 0, SITE_REFUSED, -1);
      return;
    }
    const purpose = world.requests.purpose[slot] as PurposeCode;
    if (purpose !== Purpose.Flood) {
      world.requests.cookie[slot] = world.trafficState.cookies[world.requests.user[slot] as number] as number;
    }
    const call = openCall(
      this.sim,
      world.plan.users,
      entry,
      Message.HttpRequest,
      purpose,
      -1,
      slot,
      isVirtual ? TO_ADDRESS : 0,
    );
    this.armPatience(call);
  }

  /** One patience for all is a ring's delay; drawn ones go through the heap. */
  private armPatience(call: number): void {
    const { calls, nowUs, plan, queue, traffic } = this.sim.world;
    const meanUs = fromMs(traffic.clientTimeoutMs);
    const stamp = calls.generation[call] as number;
    if (traffic.patience === 'exponential') this.armDrawnPatience(call, stamp, meanUs);
    else queue.pushTimer(nowUs, meanUs, TIMER_PATIENCE, plan.users, call, stamp, 0);
  }

  private armDrawnPatience(call: number, stamp: number, meanUs: number): void {
    const { draws, nowUs, plan, queue } = this.sim.world;
    const patienceUs = draws.durationUs(draws.stream('users/patience'), meanUs, 'exponential');
    queue.push(nowUs + patienceUs, EventKind.Timer, TIMER_PATIENCE, plan.users, call, stamp, 0);
  }

  onTimer(code: number, call: number, data: number): void {
    const world = this.sim.world;
    if (code === TIMER_DNS) {
      const user = world.requests.user[data] as number;
      if (user < world.trafficState.dnsUntilUs.length) {
        world.trafficState.dnsUntilUs[user] = world.nowUs + fromSeconds(world.dns.ttlS);
      }
      this.askSite(data);
      return;
    }
    if (code === TIMER_SYN) {
      const link = linkToAddress(this.sim);
      if (link !== undefined) sendAgain(this.sim, call, link);
      return;
    }
    const slot = world.requests.of(world.calls, call);
    const callee = world.calls.callee[call] as number;
    const unreachable = !world.calls.has(call, ARRIVED);
    abandon(this.sim, call);
    if (slot >= 0) this.end(slot, FAILED, 0, CLIENT_TIMEOUT, unreachable ? world.plan.componentElement + callee : -1);
  }

  /** The site's answer, refusal or reset is back at the user. */
  onReply(code: number, call: number): void {
    const { world } = this.sim;
    const { calls, requests } = world;
    if (world.plan.isAddressVirtual) confirmNeighbour(world);
    const slot = requests.of(calls, call);
    if (slot < 0) return;
    const cause = calls.cause[call] as number;
    if (code === Message.Answer) {
      const status = calls.status[call] as number;
      const reason = calls.reason[call] as number;
      this.keepCookie(slot);
      if (reason !== NONE) this.end(slot, FAILED, status, reason, cause);
      else this.end(slot, requests.retries[slot] === 0 ? ANSWERED : ANSWERED_AFTER_RETRY, status, NONE, -1);
    } else this.end(slot, FAILED, 0, code === Message.Refused ? SITE_REFUSED : SITE_CLOSED, cause);
  }

  /** The user's browser keeps what the answer sets. */
  private keepCookie(slot: number): void {
    const { requests, trafficState } = this.sim.world;
    const cookie = requests.setCookie[slot] as number;
    if (cookie === 0 || requests.purpose[slot] === Purpose.Flood) return;
    const user = requests.user[slot] as number;
    if (user < trafficState.cookies.length) trafficState.cookies[user] = cookie;
  }

  /** The one outcome of a request. */
  private end(slot: number, outcome: number, status: number, reason: number, cause: number): void {
    const { world } = this.sim;
    const { requests, totals } = world;
    const purpose = requests.purpose[slot] as number;
    if (purpose === Purpose.Flood) totals.floodEnded++;
    else if (outcome === FAILED) totals.failed++;
    else {
      if (outcome === ANSWERED) totals.answered++;
      else totals.retried++;
      if (purpose === Purpose.Write) totals.writesAnswered++;
      totals.latencySumUs += world.nowUs - (requests.startUs[slot] as number);
    }
    if (purpose === Purpose.Write) writeEnded(this.sim, slot, outcome !== FAILED, reason);
    this.sim.meter?.ended(world, slot, outcome);
    this.sim.recorder?.end(world, slot, outcome, status, reason, cause);
    requests.finish(slot);
    if (world.traffic.arrivals.type === 'list' && world.traffic.arrivals.closedLoop) this.planNext(false);
  }
}

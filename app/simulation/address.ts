// The site's address, where it moves (a virtual IP): which hosts have it on their interface, and which of them the users'
// neighbour table (ARP cache) names. Two things: a host may hold the address and hear nobody, or be asked and not hold it.
import { fromMs, SECOND } from '../foundation/micros.ts';
import { PARKED } from './calls.ts';
import type { Engine } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { recordField } from './fields.ts';
import { NO_HOST } from './neighbour.ts';
import { FIELDS, Field, USERS_ELEMENT } from './trace.ts';
import type { World } from './world.ts';

/** Timer of the users: TCP sends the first packet of a connection (SYN) again. */
export const TIMER_SYN = 3;
/** `tcp_syn_retries`: so many times, after 1, 3, 7, 15, 31 and 63 s. */
const SYN_RETRIES = 6;
/** Linux's `base_reachable_time_ms`; an entry is trusted for half to one and a half times that. */
export const BASE_REACHABLE_MS = 30_000;
/** The host has the address on its interface, or no longer. */
export function holdAddress(sim: Engine, host: number, holds: boolean): void {
  const { world } = sim;
  const value = holds ? 1 : 0;
  if (world.holds[host] === value) return;
  world.holds[host] = value;
  recordField(sim, world.plan.hostElement + host, Field.HoldsAddress, value);
  noteAnswerer(sim);
}

/** A gratuitous ARP: whoever hears it sends to this host from now on. The last one counts. */
export function announceAddress(sim: Engine, host: number): void {
  const { world } = sim;
  if (world.cables[host] === 1) return;
  const at = world.plan.hostElement + host;
  recordField(sim, at, Field.Announced, (world.fields[at * FIELDS + Field.Announced] as number) + 1);
  const link = world.plan.addressLinks[host] as number;
  if (link < 0 || world.cuts[link] !== 0) return;
  if (world.lossShare[link] !== 0 && world.draws.uniform(world.neighbour.stream) < (world.lossShare[link] as number))
    return;
  learn(sim, host);
}

function learn(sim: Engine, host: number): void {
  const { world } = sim;
  const { neighbour } = world;
  neighbour.host = host;
  neighbour.confirmedUs = world.nowUs;
  const base = fromMs(world.traffic.baseReachableMs ?? BASE_REACHABLE_MS);
  neighbour.reachableUs = Math.round(base * (0.5 + world.draws.uniform(neighbour.stream)));
  recordField(sim, USERS_ELEMENT, Field.Neighbour, world.plan.hostElement + host);
  noteAnswerer(sim);
}

/** Something came back from the address: the entry is good. */
export function confirmNeighbour(world: World): void {
  world.neighbour.confirmedUs = world.nowUs;
}

/** Would this host answer for the address: it has power, holds it, and packets reach it. */
function answers(world: World, host: number): boolean {
  const link = world.plan.addressLinks[host] as number;
  return link >= 0 && world.powered[host] === 1 && world.holds[host] === 1 && world.cuts[link] === 0;
}

/** Whom the users' packets reach; NO_HOST while nobody answers for the address. */
function answerer(world: World): number {
  const { host } = world.neighbour;
  return host !== NO_HOST && answers(world, host) ? host : NO_HOST;
}

/** Notes who answers for the address now, for the picture. */
export function noteAnswerer(sim: Engine): void {
  const { world } = sim;
  if (!world.plan.isAddressVirtual) return;
  const host = answerer(world);
  recordField(sim, USERS_ELEMENT, Field.AnswersFor, host === NO_HOST ? 0 : world.plan.hostElement + host);
}

/** The link on which the users reach the address by their table; an old entry is asked for anew first. */
export function linkToAddress(sim: Engine): number | undefined {
  const { world } = sim;
  const { neighbour, plan } = world;
  const isOld = world.nowUs - neighbour.confirmedUs > neighbour.reachableUs;
  if (neighbour.host === NO_HOST || isOld) askWhoHasIt(sim);
  return neighbour.host === NO_HOST ? plan.entryLinks[0] : (plan.addressLinks[neighbour.host] as number);
}

/**
 * An ARP request. The host that an old entry names is asked first and alone: while its kernel answers, the entry stays (Linux,
 * arp(7), `ucast_solicit`). Only then everybody is asked: of several hosts that answer, the last answer counts. With none the
 * old entry stays, and is asked again.
 */
function askWhoHasIt(sim: Engine): void {
  const { world } = sim;
  const known = answerer(world);
  if (known !== NO_HOST) {
    learn(sim, known);
    return;
  }
  const hosts = world.plan.design.hosts.flatMap((_, host) => (answers(world, host) ? [host] : []));
  if (hosts.length === 0) return;
  const last = hosts.length === 1 ? 0 : Math.floor(world.draws.uniform(world.neighbour.stream) * hosts.length);
  learn(sim, hosts[last] as number);
}

/** Does the host of a component take what comes for the address? */
export function takesAddress(world: World, component: number): boolean {
  const host = world.plan.hostOf[component] as number;
  return world.powered[host] === 1 && world.holds[host] === 1;
}

/** The first packet got lost where nobody answers for the address: TCP sends it again, 1, 3, 7, ... s after the first. */
export function sendAgainLater(world: World, call: number): void {
  const { calls } = world;
  calls.flags[call] = (calls.flags[call] as number) | PARKED;
  const tries = calls.callerB[call] as number;
  if (tries >= SYN_RETRIES) return; // the user's patience ends it
  calls.callerB[call] = tries + 1;
  const atUs = (calls.sentUs[call] as number) + (2 ** (tries + 1) - 1) * SECOND;
  const stamp = calls.generation[call] as number;
  world.queue.push(Math.max(world.nowUs, atUs), EventKind.Timer, TIMER_SYN, world.plan.users, call, stamp, 0);
}

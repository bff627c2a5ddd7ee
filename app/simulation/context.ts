// What a handler can do, as the engine does it. One object for all handlers; `self` says for whom it speaks now.
import type { Micros } from '../foundation/micros.ts';
import { announceAddress, holdAddress } from './address.ts';
import type { CallId, Context, LinkView } from './behaviour.ts';
import { CALLER_DONE, type CallTable, ONE_WAY } from './calls.ts';
import type { Draws } from './draws.ts';
import type { Engine } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { oneWayUs } from './faults.ts';
import { fieldMs, recordField } from './fields.ts';
import { powerOff } from './host.ts';
import { cloneLog, receiveLog, recordLog, recordRecord, writeLog } from './logs.ts';
import type { MessageCode, PurposeCode } from './message.ts';
import { abandon, answer, cast, drop, openCall } from './network.ts';
import type { RequestTable } from './requests.ts';
import { Alive, FIELDS, Field } from './trace.ts';
import type { World } from './world.ts';

export class EngineContext implements Context {
  self = 0;
  calls: CallTable;
  requests: RequestTable;
  draws: Draws;
  private readonly sim: Engine;
  private world: World;
  /** Index of this component's first field. */
  private firstField = 0;

  constructor(sim: Engine) {
    this.sim = sim;
    this.world = sim.world;
    this.calls = sim.world.calls;
    this.requests = sim.world.requests;
    this.draws = sim.world.draws;
  }

  /** Speaks of another world from now on. */
  turnTo(world: World): void {
    this.world = world;
    this.calls = world.calls;
    this.requests = world.requests;
    this.draws = world.draws;
  }

  speakFor(component: number): void {
    this.self = component;
    this.firstField = (this.world.plan.componentElement + component) * FIELDS;
  }

  get nowUs(): Micros {
    return this.world.nowUs;
  }
  get nowMs(): number {
    return fieldMs(this.world.nowUs);
  }

  outgoing(): readonly LinkView[] {
    return this.world.plan.outgoing[this.self] as readonly LinkView[];
  }

  incoming(): readonly LinkView[] {
    return this.world.plan.incoming[this.self] as readonly LinkView[];
  }

  configOf(component: number): Readonly<Record<string, unknown>> {
    return this.world.configs[component] as Readonly<Record<string, unknown>>;
  }

  stream(purpose: string): number {
    return this.world.draws.stream(`${this.world.plan.components[this.self]?.id}/${purpose}`);
  }

  get writes() {
    return this.world.writes;
  }

  isCut(link: number): boolean {
    return this.world.cuts[link] !== 0;
  }

  visibleVersion(component: number): number {
    const { fields, plan } = this.world;
    return fields[(plan.componentElement + component) * FIELDS + Field.Version] as number;
  }

  writeLog(call: CallId): number {
    return writeLog(this.sim, this.self, call);
  }

  receiveLog(epoch: number, second: number): void {
    receiveLog(this.sim, this.self, epoch, second);
  }

  makeRecord(isFirst: boolean): void {
    this.world.writes.makeRecord(this.self, isFirst);
    recordRecord(this.sim);
  }

  forgetLog(length: number): void {
    this.world.writes.forget(this.self, length);
    recordLog(this.sim, this.self);
  }

  cloneLog(from: number, length: number): void {
    cloneLog(this.sim, this.self, from, length);
  }

  powerOff(component: number): void {
    const { self } = this;
    const { hostOf } = this.world.plan;
    if (hostOf[component] === hostOf[self]) return;
    powerOff(this.sim, hostOf[component] as number);
    this.sim.enter(self);
  }

  latencyUs(link: number): Micros {
    return oneWayUs(this.world, link);
  }

  call(link: number, code: MessageCode, purpose: PurposeCode, parent: CallId, flags = 0): CallId {
    const request = parent < 0 ? -1 : this.world.requests.of(this.world.calls, parent);
    return openCall(this.sim, this.self, link, code, purpose, parent, request, flags);
  }

  answer(call: CallId, status: number, reason: number, cause: number): void {
    answer(this.sim, call, status, reason, cause);
  }

  drop(call: CallId): void {
    drop(this.sim, call);
  }

  abandon(call: CallId): void {
    abandon(this.sim, call);
  }

  notify(link: number, code: MessageCode, purpose: PurposeCode, data: number): void {
    const call = openCall(this.sim, this.self, link, code, purpose, -1, -1, ONE_WAY | CALLER_DONE);
    this.world.calls.data[call] = data;
  }

  cast(link: number, code: MessageCode, data: number, extra: number): void {
    cast(this.sim, this.self, link, code, data, extra);
  }

  holdAddress(holds: boolean): void {
    holdAddress(this.sim, this.world.plan.hostOf[this.self] as number, holds);
  }

  announceAddress(times: number): void {
    const host = this.world.plan.hostOf[this.self] as number;
    for (let n = 0; n < times; n++) announceAddress(this.sim, host);
  }

  hasCable(): boolean {
    const { cables, plan } = this.world;
    return cables[plan.hostOf[this.self] as number] === 0;
  }

  processRuns(id: string): boolean {
    const { alive, plan } = this.world;
    const mates = plan.componentsOf[plan.hostOf[this.self] as number] ?? [];
    return mates.some((one) => plan.components[one]?.id === id && alive[one] === Alive.Up);
  }

  addressOf(component: number): number {
    const { design, hostOf } = this.world.plan;
    const parts = design.hosts[hostOf[component] as number]?.address.split('.') ?? [];
    return parts.reduce((number, part) => number * 256 + Number(part), 0);
  }

  after(delayUs: Micros, timer: number, call: CallId, data: number): void {
    const world = this.world;
    const stamp = call < 0 ? world.epoch[this.self] : world.calls.generation[call];
    world.queue.push(world.nowUs + Math.round(delayUs), EventKind.Timer, timer, this.self, call, stamp as number, data);
  }

  work(durationUs: Micros, timer: number, call: CallId, data: number): void {
    const { slowness, hostSlowness, plan } = this.world;
    const host = plan.hostOf[this.self] as number;
    this.after(durationUs * (slowness[this.self] as number) * (hostSlowness[host] as number), timer, call, data);
  }

  timeout(delayUs: Micros, timer: number, call: CallId, data: number): void {
    const world = this.world;
    const stamp = call < 0 ? world.epoch[this.self] : world.calls.generation[call];
    world.queue.pushTimer(world.nowUs, Math.round(delayUs), timer, this.self, call, stamp as number, data);
  }

  elementOf(component: number): number {
    return this.world.plan.componentElement + component;
  }

  elementOfLink(link: number): number {
    return this.world.plan.linkElement + link;
  }

  record(field: number, value: number): void {
    const { fields } = this.world;
    const at = this.firstField + field;
    if (fields[at] === value) return;
    fields[at] = value;
    if (this.sim.recorder !== null) this.sim.recorder.change(this.nowUs, this.elementOf(this.self), field, value);
  }

  recordLink(link: number, field: number, value: number): boolean {
    return recordField(this.sim, this.world.plan.linkElement + link, field, value);
  }
}

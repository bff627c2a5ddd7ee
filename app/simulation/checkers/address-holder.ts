// Who holds an address that moves, against VRRP's state machine. Written from the RFCs, apart from the programs that it watches: it
// sees fields and advertisements of the trace, and knows the settings.
import type { Design } from '../../design/design.ts';
import type { Command } from '../command.ts';
import { Purpose } from '../message.ts';
import { Alive, FIELDS, Field, HopSign, purposeOf, retriedOf, signOf, type TraceChunk } from '../trace.ts';
import { type Router, readRouter, type Speaker } from './address-holder-parts.ts';
import type { Checker } from './checker.ts';

/** States in the trace, and the fields of a keepalived (its kind's `state.ts`; a checker reads the format, not the code). */
const BACKUP = 1;
const MASTER = 2;
const FAULT = 3;
const STATE = 4;
const PRIORITY = 5;
/** Between the decision to take the address and the state lie up to 5 ms; timers are up to 8 ms late. */
const TAKING_US = 6_000;
const LATE_US = 20_000;

interface Arrival {
  readonly atUs: number;
  readonly to: Speaker;
  readonly link: number;
  readonly priority: number;
}

export class AddressHolder implements Checker {
  readonly name = 'address holder';
  private readonly router: Router;
  private readonly fields: Int32Array;
  /** Advertisements on their way, in order of arrival. */
  private flying: Arrival[] = [];

  constructor(design: Design, commands: readonly Command[]) {
    this.router = readRouter(design, commands);
    this.fields = new Int32Array(this.router.elements * FIELDS);
  }

  look(chunk: TraceChunk): string[] {
    if (this.router.speakers.length === 0) return [];
    const wrong: string[] = [];
    this.fields.set(chunk.base);
    this.takeOff(chunk);
    const { changes } = chunk;
    for (let row = 0; row <= changes.atUs.length; row++) {
      const atUs = changes.atUs[row] ?? (chunk.index + 1) * 1_000_000;
      if (changes.atUs[row - 1] !== atUs) this.land(atUs, wrong);
      if (row === changes.atUs.length) break;
      this.change(row, chunk, wrong);
      if (changes.atUs[row + 1] !== atUs) this.checkInstant(atUs, wrong);
    }
    this.checkSilence((chunk.index + 1) * 1_000_000, wrong);
    return wrong;
  }

  private value = (element: number, field: number): number => this.fields[element * FIELDS + field] as number;
  private isWell = ({ part }: Speaker): boolean =>
    this.value(part, Field.Alive) === Alive.Up && this.value(part, Field.Hung) === 0;

  /** Notes what leaves, with the sender's priority at that moment, and takes out what got lost on arrival. */
  private takeOff({ hops, changes }: TraceChunk): void {
    const priorities = new Map(this.router.speakers.map((one) => [one, this.value(one.part, PRIORITY)]));
    let next = 0;
    hops.departUs.forEach((departUs, row) => {
      const what = hops.what[row] as number;
      const way = this.router.ways.get(hops.link[row] as number);
      if (purposeOf(what) !== Purpose.Advert || way === undefined) return;
      for (; next < changes.atUs.length && (changes.atUs[next] as number) <= departUs; next++) {
        const speaker = this.router.byPart.get(changes.element[next] as number);
        if (speaker !== undefined && changes.field[next] === PRIORITY)
          priorities.set(speaker, changes.value[next] as number);
      }
      const link = hops.link[row] as number;
      if (signOf(what) === HopSign.Lost) {
        this.flying = this.flying.filter((one) => one.link !== link || one.atUs !== departUs);
        return;
      }
      const [from, to] = signOf(what) === HopSign.Ask ? way : [way[1], way[0]];
      const priority = retriedOf(what) === 1 ? 0 : (priorities.get(from) as number);
      if (this.router.agree(from, to)) this.flying.push({ atUs: hops.arriveUs[row] as number, to, link, priority });
    });
    this.flying.sort((a, b) => a.atUs - b.atUs);
  }

  /** What arrives up to this instant is heard by who is well. */
  private land(untilUs: number, wrong: string[]): void {
    const landed = this.flying.filter((one) => one.atUs <= untilUs);
    this.flying = this.flying.filter((one) => one.atUs > untilUs);
    for (const { atUs, to, priority } of landed) {
      if (!this.isWell(to)) continue;
      to.heardUs = atUs;
      const own = this.value(to.part, PRIORITY);
      const state = this.value(to.part, STATE);
      if (state === BACKUP) {
        if (priority === 0) to.farewellUs = atUs;
        else if (priority >= own || to.takesLower) to.acceptedUs.push(atUs);
      }
      if (to.isChanged) continue;
      if (state === MASTER && priority > own && atUs < untilUs) {
        wrong.push(`${to.id} stays MASTER at ${atUs} us with ${own} beside one of ${priority}`);
      }
      if (state === MASTER && priority > own && atUs === untilUs) to.mustLeaveUs = atUs;
    }
  }

  private change(row: number, { changes }: TraceChunk, wrong: string[]): void {
    const element = changes.element[row] as number;
    const field = changes.field[row] as number;
    const before = this.value(element, field);
    const after = changes.value[row] as number;
    const atUs = changes.atUs[row] as number;
    this.fields[element * FIELDS + field] = after;
    const speaker = this.router.byPart.get(element);
    if (speaker === undefined) return;
    if (field === Field.Hung) speaker.forgetUs = atUs;
    if (field === Field.Hung || field === STATE) speaker.heardUs = atUs;
    if (field !== STATE) return;
    if (after === MASTER && before === BACKUP) this.checkTakeover(speaker, atUs, wrong);
    if (after === BACKUP) {
      speaker.acceptedUs = [];
      speaker.farewellUs = -1;
    }
  }

  /** Nobody takes the address before its timer: the down timer after what it accepted last, or its skew after a farewell. */
  private checkTakeover(speaker: Speaker, atUs: number, wrong: string[]): void {
    if (!speaker.hasOneBeat || atUs - speaker.forgetUs < speaker.longestUs) return;
    const decidedUs = atUs - TAKING_US;
    const acceptedUs = speaker.acceptedUs.findLast((one) => one <= decidedUs) ?? -1;
    const skewUs = speaker.skewUs(this.value(speaker.part, PRIORITY));
    // A farewell may come less than the taking before the state changes: a skew is shorter than that.
    const hasFarewell = speaker.farewellUs > acceptedUs;
    if (hasFarewell && speaker.farewellUs + skewUs <= atUs) return;
    if (hasFarewell && speaker.farewellUs <= decidedUs) {
      wrong.push(`${speaker.id} takes the address ${atUs - speaker.farewellUs} us after a farewell, skew ${skewUs}`);
    } else if (acceptedUs >= 0 && atUs < acceptedUs + speaker.adverts * speaker.intervalUs + skewUs) {
      wrong.push(`${speaker.id} takes the address ${atUs - acceptedUs} us after an advertisement that it accepted`);
    }
  }

  /** State and address agree; who is said to answer holds the address. */
  private checkInstant(atUs: number, wrong: string[]): void {
    for (const speaker of this.router.speakers) {
      const state = this.value(speaker.part, STATE);
      const holds = this.value(speaker.host, Field.HoldsAddress) === 1;
      if (this.isWell(speaker) && state === MASTER && !holds)
        wrong.push(`${speaker.id} is MASTER without the address at ${atUs} us`);
      if (this.isWell(speaker) && (state === BACKUP || state === FAULT) && holds)
        wrong.push(`${speaker.id} has the address without being MASTER at ${atUs} us`);
      if (holds && this.value(speaker.host, Field.Alive) === Alive.PoweredOff)
        wrong.push(`the host of ${speaker.id} has the address without power at ${atUs} us`);
      if (speaker.mustLeaveUs === atUs && state === MASTER && this.isWell(speaker))
        wrong.push(`${speaker.id} stays MASTER at ${atUs} us beside a higher one`);
    }
    const answers = this.value(0, Field.AnswersFor);
    if (answers !== 0 && this.value(answers, Field.HoldsAddress) !== 1)
      wrong.push(`element ${answers} answers for the address at ${atUs} us and does not hold it`);
  }

  /** A backup that hears nobody takes the address. */
  private checkSilence(nowUs: number, wrong: string[]): void {
    for (const speaker of this.router.speakers) {
      if (!speaker.hasOneBeat || !this.isWell(speaker) || this.value(speaker.part, STATE) !== BACKUP) continue;
      const silentUs = nowUs - Math.max(speaker.heardUs, 0);
      if (silentUs > speaker.longestUs + LATE_US)
        wrong.push(`${speaker.id} has been BACKUP for ${silentUs} us without a word from anybody`);
    }
  }
}

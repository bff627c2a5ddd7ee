// The run beside: a room of its own with its own worker, on the clock of the run that is open. Whatever is done on one side is
// done on both, where the element has a counterpart; where it has none, that side says so.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Design, DNS, USERS } from '../design/design.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { patchedPaths } from '../foundation/merge-patch.ts';
import type { Command } from '../simulation/command.ts';
import type { AnalysisPort } from '../workers/analysis-client.ts';
import type { RunPort } from '../workers/run-client.ts';
import type { Act, App, DesignState, HandState, SettingsState } from './app.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { type Counterpart, counterparts, inOther } from './counterpart.ts';
import { modeOf, reconfigured } from './design-at.ts';
import { RunRoom } from './run-room.ts';
import { createStores } from './stores.ts';
import { targetWords } from './truth.ts';

/** Workers of the caller's, for tests; without them the real ones are started. */
export interface BesideOptions {
  readonly port?: RunPort;
  readonly analysisPort?: AnalysisPort | null;
}

/** Without a choice: the largest built-in design that is not open already. */
export function compareWith(lead: App, choice: BesideChoice | null, options: BesideOptions = {}): void {
  const { app, choose } = besideOf(lead).getState();
  if (app === null) new Beside(lead, choice ?? other(lead.design.getState()), options);
  else if (choice !== null) choose(choice);
}

function other({ id }: DesignState): BesideChoice {
  return { type: 'design', id: BUILT_IN_IDS.filter((one) => one !== id).at(-1) ?? 'simple' };
}

class Beside {
  private readonly lead: App;
  private readonly room: RunRoom;
  private readonly stores: ReturnType<typeof createStores>;
  private readonly app: App;
  private readonly stops: (() => void)[] = [];
  private choice: BesideChoice;
  private design: Design;
  private next: () => void = () => undefined;
  /** One object for each command, so that what has not changed is not run again. */
  private mapped = new WeakMap<Command, { readonly command: Command | null }>();
  private there: Counterpart = (id) => id;
  private back: Counterpart = (id) => id;

  constructor(lead: App, choice: BesideChoice, options: BesideOptions) {
    this.lead = lead;
    this.choice = choice;
    const settings = createStore<SettingsState>(() => lead.settings.getState());
    this.stores = { ...createStores(lead.design.getState().seed, null), settings };
    this.stores.hand.setState({ hint: false });
    const opened = this.opened();
    this.design = opened.design;
    this.stores.design.setState(opened);
    const beat = { nowMs: () => performance.now(), next: (callback: () => void) => (this.next = callback) };
    this.room = new RunRoom(this.stores, { beat, ...options });
    this.app = this.appOf();
    this.room.start();
    this.open();
    this.follow(settings);
    // Both are compared, whichever of them a part of the page is about.
    besideOf(this.app).setState({ app: this.app, choice });
    besideOf(lead).setState({
      app: this.app,
      choice,
      choose: (chosen) => this.choose(chosen),
      close: () => this.close(),
    });
  }

  // ---- what stands here ----

  private opened(): DesignState {
    const lead = this.lead.design.getState();
    const design = this.designOf(lead);
    const id = this.choice.type === 'design' ? this.choice.id : lead.id;
    return { id, timings: design.timings, mode: modeOf(design), design, seed: lead.seed };
  }

  private designOf({ design, timings }: DesignState): Design {
    const { choice } = this;
    switch (choice.type) {
      case 'design': {
        const built = builtInDesign(choice.id, timings === 'realistic' ? 'realistic' : 'classroom');
        // The same traffic on both sides, whatever was changed before: only the users' place is the other design's own.
        return { ...built, traffic: { ...design.traffic, position: built.traffic.position } };
      }
      case 'changed': {
        const changed = choice.changes.reduce((so, { target, patch }) => reconfigured(so, target, patch), design);
        return { ...changed, summary: [choice.words] };
      }
      case 'fixed':
        return choice.design;
      case 'as-opened':
        return { ...design, summary: ['as it was opened'] };
    }
  }

  private open(): void {
    const { design, seed } = this.lead.design.getState();
    const opened = this.opened();
    this.design = opened.design;
    this.mapped = new WeakMap();
    this.there = counterparts(design, opened.design);
    this.back = counterparts(opened.design, design);
    const acts = this.acts();
    this.room.openRun({
      id: opened.id,
      design: opened.design,
      seed,
      acts,
      atUs: this.lead.control.now(),
      playing: false,
    });
    this.mirrorPlaying();
  }

  private choose(choice: BesideChoice): void {
    this.choice = choice;
    besideOf(this.lead).setState({ choice });
    besideOf(this.app).setState({ choice });
    this.open();
  }

  /** The lead has opened another design: what is beside it is made anew, and is never the same. */
  private leadOpened(): void {
    // The fix was for the drawing that was open.
    if (this.choice.type === 'fixed') {
      this.close();
      return;
    }
    const lead = this.lead.design.getState();
    const isSame = this.choice.type === 'design' && this.choice.id === lead.id;
    if (isSame || this.choice.type !== 'design') this.choose(other(lead));
    else this.open();
  }

  // ---- the same faults ----

  /** What the lead's acts are here. An act of this side is as it was given, as long as its elements are here. */
  private acts(): readonly Act[] {
    const taken = new Map<Command, readonly Command[]>();
    return this.lead.history.getState().done.map(({ label, commands, beside, without = [] }) => {
      const isOwn = beside?.every((command) => this.isHere(command)) === true;
      const made = (isOwn ? beside : commands).flatMap((command) => this.here(command, isOwn) ?? []);
      for (const command of commands) taken.set(command, isOwn ? made : [this.here(command, false) ?? []].flat());
      return { label, commands: made, without: without.flatMap((command) => taken.get(command) ?? []) };
    });
  }

  private here(command: Command, isOwn: boolean): Command | null {
    const known = this.mapped.get(command);
    if (known !== undefined) return known.command;
    const found = isOwn ? command : inOther(command, this.there);
    const made = found === null ? null : this.withoutTheChange(found);
    this.mapped.set(command, { command: made });
    return made;
  }

  private isHere({ target }: Command): boolean {
    const { hosts, components, links } = this.design;
    return target === USERS || target === DNS || [...hosts, ...components, ...links].some(({ id }) => id === target);
  }

  /** The setting that is compared stays as it was chosen: a change of it on the other side is not made here. */
  private withoutTheChange(command: Command): Command | null {
    const { choice } = this;
    if (command.type !== 'reconfigure' || choice.type === 'design' || choice.type === 'fixed') return command;
    if (choice.type === 'as-opened') return null;
    const compared = choice.changes.filter(({ target }) => target === command.target);
    const paths = compared.flatMap(({ patch }) => patchedPaths(patch));
    const isCompared = patchedPaths(command.patch).some((path) => paths.some((one) => overlap(one, path)));
    return isCompared ? null : command;
  }

  /** What was done on the lead's side and has no place here is said here. */
  private told(before: readonly Act[], after: readonly Act[]): void {
    const act = after.length > before.length ? after.at(-1) : undefined;
    if (act === undefined) return;
    const { design } = this.lead.design.getState();
    const missing = act.commands.find((command) => inOther(command, this.there) === null);
    if (missing !== undefined && act.beside === undefined) {
      this.stores.hand.setState({
        notice: `${sentence(targetWords(design, missing.target))} is not in this design: nothing was done here.`,
      });
    }
  }

  /** An act of this side, in the words of the lead; what the lead does not have is done here alone. */
  private actHere(act: Act): void {
    const commands = act.commands.flatMap((command) => inOther(command, this.back) ?? []);
    const missing = act.commands.find((command) => inOther(command, this.back) === null);
    this.lead.control.act({ label: act.label, commands, beside: act.commands });
    if (missing === undefined) return;
    const words = sentence(targetWords(this.stores.design.getState().design, missing.target));
    this.lead.hand.setState({ notice: `${words} is not in this design: nothing was done here.` });
  }

  // ---- one clock ----

  private appOf(): App {
    const { lead, room, stores } = this;
    const leading = lead.control;
    return {
      ...stores,
      history: lead.history,
      frame: {
        playheadUs: () => room.playhead.us,
        speed: () => lead.frame.speed(),
        window: room.window,
        onFrame: (paint) => room.loop.onFrame(paint),
        waitFor: () => undefined,
        lookTo: (us) => room.lookTo(us),
      },
      control: {
        act: (act) => this.actHere(act),
        edit: (label, design, instead) => leading.edit(label, design, instead),
        undo: () => leading.undo(),
        redo: () => leading.redo(),
        seek: (us) => leading.seek(us),
        setPlaying: (playing) => leading.setPlaying(playing),
        setSpeed: (speed) => leading.setSpeed(speed),
        open: (id) => this.choose({ type: 'design', id }),
        openRun: (run) => leading.openRun(run),
        playLesson: (point) => leading.playLesson(point),
        stopLesson: () => leading.stopLesson(),
        exportAs: (format, scale) => room.exportAs(format, scale),
        statisticsAt: (us) => room.statisticsAt(us),
        writesAt: (us, copy) => room.writesAt(us, copy),
        hold: (atUs) => leading.hold(atUs),
        now: () => leading.now(),
      },
    };
  }

  private follow(settings: StoreApi<SettingsState>): void {
    const { lead, room, stores, stops } = this;
    stops.push(
      lead.frame.onFrame(() => {
        room.playhead.speed = lead.frame.speed();
        if (room.playhead.us !== lead.frame.playheadUs()) {
          room.playhead.seek(lead.frame.playheadUs());
          room.loop.wake();
        }
        this.next();
      }),
      lead.history.subscribe((state, before) => {
        room.setActs(this.acts());
        this.told(before.done, state.done);
      }),
      lead.design.subscribe((state, before) => {
        if (state.design !== before.design) this.leadOpened();
      }),
      lead.playback.subscribe(() => this.mirrorPlaying()),
      lead.settings.subscribe(({ theme, motion, letterKeys }) => settings.setState({ theme, motion, letterKeys })),
      lead.hand.subscribe((hand) => mirrorHand(hand, stores.hand)),
      stores.hand.subscribe((hand) => mirrorHand(hand, lead.hand)),
    );
    // The clock waits for both pictures; a side that has stopped holds nobody up.
    lead.frame.waitFor((us) =>
      stores.playback.getState().stopped === null ? room.window.coveredUntil(us) : Number.POSITIVE_INFINITY,
    );
  }

  private mirrorPlaying(): void {
    const { playing, speed } = this.lead.playback.getState();
    const own = this.stores.playback.getState();
    if (own.playing !== playing || own.speed !== speed) this.stores.playback.setState({ playing, speed });
    this.room.playhead.playing = false;
  }

  private close(): void {
    for (const stop of this.stops) stop();
    this.lead.frame.waitFor(null);
    this.room.stop();
    besideOf(this.lead).setState({ app: null, choice: null, choose: () => undefined, close: () => undefined });
  }
}

/** What is in the hand is over both diagrams. */
function mirrorHand(
  { armed, first, drag }: HandState,
  to: { getState(): HandState; setState(part: Partial<HandState>): void },
) {
  const there = to.getState();
  if (there.armed !== armed || there.first !== first || there.drag !== drag) to.setState({ armed, first, drag });
}

const overlap = (one: string, path: string): boolean =>
  one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`);

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

// The state of the page as vanilla stores, and what per-frame painters read beside them. Panels and canvas know only this
// file and the actions; main.tsx builds it.
import type { StoreApi } from 'zustand/vanilla';
import type { AcceptedFinding } from '../analysis/accepted.ts';
import type { FaultMeasure } from '../analysis/fault-measure.ts';
import type { Finding, Unknown } from '../analysis/finding.ts';
import type { BalancerTable } from '../catalogue/load-balancer/balancer-table.ts';
import type { Design, Timings } from '../design/design.ts';
import type { BuiltInId, Pace } from '../designs/built-in.ts';
import type { PartState, Reading } from '../drawing/figure.ts';
import type { MonitoringState } from '../drawing/scene-state.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command, Fault } from '../simulation/command.ts';
import type { Copy, WriteLedger } from '../simulation/write-ledger.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';

export type Mode = 'active-active' | 'active-passive';
/** A built-in design by its name, or one that came from elsewhere: by a link, later by a file or a hand. */
export type DesignId = BuiltInId | 'foreign';

/** A host as it is at the playhead. */
export interface HostView {
  readonly state: PartState;
  /** `UP`, `UP backup`, `DEAD for 4.4 s`: HAProxy's word where it has one. */
  readonly word: string;
  /** `20 req/s p99 58 ms`, or empty. */
  readonly figures: string;
}

export interface LinkView {
  /** Replication: `lag 400 ms`, `3 behind`; empty where there is nothing to say. */
  readonly note: string;
  readonly noteTone: 'plain' | 'fail';
  readonly cutOff: boolean;
  /** It carries nothing now but could, as the line to a standby. */
  readonly ready: boolean;
  /** Nothing gets through, some is lost or late, or a flood fills it. */
  readonly line: 'whole' | 'cut' | 'lossy' | 'crowded';
}

/** How the requests since a moment ended. */
export interface OutcomeCounts {
  readonly total: number;
  readonly answered: number;
  readonly answeredText: string;
  readonly retried: number;
  readonly retriedText: string;
  readonly waiting: number;
  readonly failed: number;
  /** Failed, by cause: two causes are two lines. Sentences in the words of look.md. */
  readonly causes: readonly {
    readonly text: string;
    readonly count: number;
    /** Number of one request that failed like this. */
    readonly example: number;
  }[];
}

/** A statement with its mark: `Server 1 is dead`. */
export interface Statement {
  /** What leads to it: `What is true`. */
  readonly about: string;
  readonly state: PartState | null;
  readonly text: string;
}

/** A line of what happened. One that is to come has its time from the trace that is already computed. */
export interface LogLine {
  readonly atUs: Micros;
  readonly text: string;
  readonly coming: boolean;
}

/** The panel's `Since the kill`, or since what else began. */
export interface SinceView {
  readonly target: string;
  readonly sinceUs: Micros;
  /** `Since the kill`, by the oldest fault that is on. */
  readonly title: string;
  /** `14.0 s, 60 requests`. */
  readonly heading: string;
  readonly counts: OutcomeCounts;
  readonly statements: readonly Statement[];
  readonly log: readonly LogLine[];
  /** Writes since then, for the issue that came true. */
  readonly writes: number;
  readonly writesFailed: number;
}

/** A point of the explanation that plays now. */
export interface LessonView {
  readonly point: number;
  readonly step: number;
  readonly of: number;
  /** Its sentence, with the figures of the run. */
  readonly say: string;
  /** Links and parts in ink; everything else fades. */
  readonly emphasise: readonly string[];
  /** Numbered by their place in the list. */
  readonly notes: readonly { readonly element: string; readonly text: string }[];
}

/** What React renders of the simulation: replaced at most about ten times a second, never per frame. */
export interface View {
  readonly nowUs: Micros;
  /** By element id: components, `users`, `dns`. */
  readonly readings: Readonly<Record<string, Reading>>;
  readonly hosts: Readonly<Record<string, HostView>>;
  readonly links: Readonly<Record<string, LinkView>>;
  /** The one sentence of the narration strip. */
  readonly narration: string;
  /** The design as the commands up to the playhead have reconfigured it; the same object until one does. */
  readonly asSet: Design;
  /** The same with the roles that its databases have by now: a promotion is no setting. */
  readonly design: Design;
  /** What is true of an address that moves, in rows; null where it stays. */
  readonly address: readonly (readonly [string, string])[] | null;
  /** Null while no fault is on. */
  readonly since: SinceView | null;
  /** The last whole second, for the gutter of the timeline. */
  readonly lastSecond: { readonly answered: number; readonly retried: number; readonly failed: number };
  readonly lesson: LessonView | null;
  /** Null where the design has none, and until the words have come. */
  readonly monitoring: MonitoringState | null;
  /** What just became true and must not wait: `Server 1 is dead`. Empty for nothing. */
  readonly alarm: string;
}

/** As the engine names them; two hosts that cannot reach each other are parted. */
export type FaultKind = Fault | 'part';

/** A fault that is on at the playhead. */
export interface ActiveFault {
  readonly kind: FaultKind;
  readonly target: string;
  /** The second host of a partition. */
  readonly other?: string;
  readonly sinceUs: Micros;
  readonly command: Command;
  /** Of a hung server, the processes that were killed since: a new start of them does not hang. */
  readonly freed?: readonly string[];
  /** A restart: when it will be back. */
  readonly backUs?: Micros;
}

/** A fault of the tray. */
export type Tool = 'kill' | 'hang' | 'slow' | 'cut' | 'flood' | 'lossy' | 'part' | 'restart';

export interface DesignState {
  readonly id: DesignId;
  readonly timings: Timings;
  readonly mode: Mode;
  readonly design: Design;
  readonly seed: number;
}

/** The moment at the playhead is still being computed: the run has come so far. There is no view meanwhile. */
export interface Computing {
  readonly doneUs: Micros;
  readonly ofUs: Micros;
}

export interface PlaybackState {
  readonly playing: boolean;
  readonly speed: number;
  readonly commands: readonly Command[];
  readonly view: View | null;
  readonly faults: readonly ActiveFault[];
  /** The run could not go on; the sentence says why. */
  readonly stopped: string | null;
  /** Null where what is shown is the moment at the playhead. */
  readonly computing: Computing | null;
}

export interface HandState {
  /** Element that the inspector and the corner brackets show. */
  readonly selected: string | null;
  /** A fault taken from the tray by tap or key, ready for the next part. */
  readonly armed: Tool | null;
  /** The first of the two servers that a partition takes, once it is chosen. */
  readonly first: string | null;
  /** A drag in progress: what is dragged, over which element, and why it cannot be dropped there (null: it can). */
  readonly drag: {
    readonly what: 'token' | 'host';
    /** The token in the hand; a host is always dragged to be killed. */
    readonly tool: Tool;
    readonly id: string | null;
    readonly over: string | null;
    readonly refusal: string | null;
  } | null;
  /** A sentence about the last act that was refused; shown in the strip and announced. */
  readonly refusal: string | null;
  /** A sentence about something else that went wrong or was done, such as an export. */
  readonly notice: string | null;
  /** The first-visit hint is still on. */
  readonly hint: boolean;
}

export interface FindingsState {
  /** The drawing that all of this is about; null before the first look at one. */
  readonly design: Design | null;
  readonly findings: readonly Finding[];
  /** What the drawing says that somebody has taken on, with the reason. */
  readonly accepted: readonly AcceptedFinding[];
  /** What the rules could not decide, because the drawing does not say it. */
  readonly unknowns: readonly Unknown[];
  /** What became of the requests with each element dead, as far as it is measured. */
  readonly kills: readonly FaultMeasure[];
  /** With nothing wrong, 99 of 100 answers took at most so long; null until it is measured. */
  readonly calmP99Us: Micros | null;
  /** So many are shown before a person asks for the rest. */
  readonly onTop: number;
  /** A person asked for the rest. */
  readonly unfolded: boolean;
  readonly done: number;
  readonly of: number;
  /** Number of the issue that a person asked to see, or null. */
  readonly shown: number | null;
}

export interface SettingsState {
  readonly theme: 'system' | 'light' | 'dark';
  readonly motion: 'system' | 'full' | 'reduced';
  readonly tab: 'since' | 'issues' | 'explanation' | 'inspector';
  /** Where the panel is a sheet (narrow pages): it is open. */
  readonly sheet: boolean;
  /** For a class: larger, with more contrast, the diagram before everything else. */
  readonly projector: boolean;
  /** Keys of a single letter do something. A person who speaks to the page turns them off. */
  readonly letterKeys: boolean;
  /** A lesson that plays now: its number and step, or null. */
  readonly lesson: { readonly point: number; readonly step: number } | null;
}

/** What a person looks into beside the diagram. */
export interface InquiryState {
  /** What stands in place of the diagram. */
  readonly page: 'request' | 'statistics' | null;
  /** Number of the request that is shown or followed, or null. */
  readonly request: number | null;
  /** The stage that Step has come to, as the strip and the diagram tell it while the playhead stays there. */
  readonly told: { readonly atUs: Micros; readonly stage: number; readonly lesson: LessonView } | null;
}

/** Something that a person did to the run: what undo takes back in one go. */
export interface Act {
  /** For the buttons: `Undo: kill Server 1`. */
  readonly label: string;
  readonly commands: readonly Command[];
  /** Commands of earlier acts that this one takes out of the run: what was moved or deleted. */
  readonly without?: readonly Command[];
  /** A further step of the act before, such as another press of the same key: they are undone as one. */
  readonly goesOn?: boolean;
  /** Done on the other side of a comparison, in the words of the run beside. */
  readonly beside?: readonly Command[];
  /** It changed the drawing, and so began a new run: what was open before, with all that was done in it. */
  readonly edit?: {
    readonly from: { readonly id: DesignId; readonly design: Design };
    readonly to: Design;
    readonly before: readonly Act[];
  };
}

export interface HistoryState {
  readonly done: readonly Act[];
  readonly undone: readonly Act[];
}

/** A run with the moment to look at. */
export interface RunToOpen {
  readonly id: DesignId;
  readonly design: Design;
  readonly seed: number;
  readonly acts: readonly Act[];
  readonly atUs: Micros;
  readonly playing: boolean;
}

/** The doors through which actions reach the run. Nobody else uses them. */
export interface Control {
  /** Adds an act to the run; its commands carry their own times. */
  act(act: Act): void;
  /**
   * Another drawing, as an act: a new run from the start with the same seed and the commands that still apply, at the same moment.
   * `instead`: with these commands in place of all that was done.
   */
  edit(label: string, design: Design, instead?: readonly Command[]): void;
  undo(): void;
  redo(): void;
  seek(us: Micros): void;
  setPlaying(playing: boolean): void;
  setSpeed(speed: number): void;
  /** A new run of a built-in design, with the same seed and the commands that still apply. */
  open(id: BuiltInId, timings: Pace): void;
  /** A whole run, such as a shared one, at its moment. What was open before is the caller's to keep. */
  openRun(run: RunToOpen): void;
  /** Plays a point of the explanation on a run without faults; `stopLesson` puts the run back as it was. */
  playLesson(point: number): Promise<void>;
  stopLesson(): void;
  /** These seconds of the run are wanted too, wherever the playhead is, until the next call. */
  hold(chunks: readonly number[]): void;
  /** What HAProxy has counted at an instant; null when the run has changed meanwhile. */
  statisticsAt(us: Micros): Promise<readonly BalancerTable[] | null>;
  /** What has become of the writes by an instant, and where one of them (null: of none) is stored; null as above. */
  writesAt(us: Micros, copy: Copy | null): Promise<WriteLedger | null>;
  /** Makes the picture and hands it to the browser to keep. */
  exportAs(format: 'svg' | 'png', scale: number): Promise<void>;
  now(): Micros;
}

/** One thing that a person can do: used by menu, key, button and drag alike. */
export interface Action<Input = void> {
  readonly id: string;
  /** A verb: `Kill`, `Repair`, `Undo`. */
  readonly label: string;
  /** Keys as shown: `K`, `Ctrl+Z`. Empty for none. */
  readonly keys: readonly string[];
  /** Null when it can be done now, else the sentence that says why not. */
  refusal(app: App, input: Input): string | null;
  run(app: App, input: Input): void;
}

export interface App {
  readonly design: StoreApi<DesignState>;
  readonly playback: StoreApi<PlaybackState>;
  readonly hand: StoreApi<HandState>;
  readonly findings: StoreApi<FindingsState>;
  readonly settings: StoreApi<SettingsState>;
  /** For painters: the exact playhead of this frame, and the trace. Never React state. */
  readonly frame: {
    playheadUs(): Micros;
    speed(): number;
    readonly window: TraceWindow;
    /** A chart shows the run up to here: every second before is to be computed. */
    lookTo(us: Micros): void;
    /** Calls the painter once a frame, after the playhead has moved. Returns the way to stop. */
    onFrame(paint: () => void): () => void;
    /** The playhead waits for this too: the end of what another run has computed from a moment on. Null ends it. */
    waitFor(reach: ((us: Micros) => Micros) | null): void;
  };
  readonly history: StoreApi<HistoryState>;
  readonly inquiry: StoreApi<InquiryState>;
  readonly control: Control;
}

// The contract of a finding: a weakness of a design with its rule, severity, place, measured evidence and fix. The interface
// says "issue". Findings come from rules over the design and from headless runs of the same engine, never from a list.
import type { Component, Design, Link } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import type { CitedRun } from './cited-run.ts';
import type { Wish } from './denied.ts';
import type { FaultMeasure } from './fault-measure.ts';
import type { Loss } from './loss.ts';
import type { Statements } from './statements.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Where a finding sits on the diagram. A missing thing sits where it should stand. */
export type FindingPlace =
  | { readonly type: 'host'; readonly id: string }
  | { readonly type: 'component'; readonly id: string }
  | { readonly type: 'link'; readonly id: string }
  /** The health checks of a link. */
  | { readonly type: 'check'; readonly id: string }
  | { readonly type: 'missing-firewall' }
  | { readonly type: 'missing-monitoring' };

export interface Finding {
  /** Stable: `rule@element`. */
  readonly id: string;
  /** Id in rules.md's numbering: `AV-01`. */
  readonly rule: string;
  readonly severity: Severity;
  /** A few words: `One load balancer, nothing behind it`. */
  readonly title: string;
  readonly places: readonly FindingPlace[];
  /** In words for tables: `Load balancer`, `All 3 hosts`. */
  readonly where: string;
  /** One measured sentence, with its numbers: `Killed it: 0 of 412 requests answered.` Null while it is measured. */
  readonly evidence: string | null;
  /** The runs that the sentence was read from; none where the drawing alone decides. */
  readonly cites?: readonly CitedRun[];
  /** What would fix it, a few words: `Second load balancer, shared IP`. */
  readonly fix: string;
  /** Hosts and components, the death of any one of which makes it come true. */
  readonly comesTrueWith: readonly string[];
  /** It comes true only when such a component dies alone: with its whole host gone, others notice and step in. */
  readonly onlyAlone?: true;
}

/** A headless run, as the rules read it (reading.ts). */
export interface RunMeasure {
  readonly design: Design;
  readonly seed: number;
  readonly chunks: readonly TraceChunk[];
  readonly untilUs: Micros;
}

/** Runs a design without the page. Handed in, because the analysis must not know the catalogue. */
export type Measure = (design: Design, commands: readonly Command[], untilUs: Micros) => RunMeasure;

/** What part a component plays in answering a request. */
type Role = 'balances' | 'serves' | 'computes' | 'stores' | 'holds-address' | 'lies-there';

/** One server of a balancer. */
export interface BackendServer {
  readonly name: string;
  readonly link: string;
  readonly backup: boolean;
  readonly checked: boolean;
  /** What its check asks for: a page, or a connection, of who is asked alone, or a page that needs the application and its data. */
  readonly page: 'own' | 'application';
  /** The check asks for a page. Else it only opens the connection, which a hung process still takes. */
  readonly asksPage: boolean;
}

/** What only the kinds know. Handed in, because the analysis must not know the catalogue. */
export interface Knowledge {
  role(component: Component): Role;
  /** `load balancer`, `app server`. */
  term(component: Component): string;
  /** The port that it listens on when no link says so, or null when it does not listen. */
  port(component: Component): number | null;
  /** Servers of a balancer; of others none. */
  servers(component: Component): readonly BackendServer[];
  /** What is lost in the end: who notices a loss may power off more. Ask this first, and what follows with its answer. */
  lossAfterwards(design: Design, loss: Loss): Loss;
  /** Links on which the users come, once everybody has noticed what is lost. */
  entries(design: Design, loss: Loss): readonly Link[];
  /** It ends a request of this sort by itself: data that can be read, data that can be written. Nothing is lost when none is named. */
  ends(component: Component, wish: Wish, design: Design, loss?: Loss): boolean;
  /** Links on which it may send such a request on, once everybody has noticed what is lost. */
  next(component: Component, wish: Wish, design: Design, loss?: Loss): readonly Link[];
  /** Links that must be there, with their ends, so that this one stays a choice: a health check asks along them, say. */
  needs(link: Link, design: Design, loss: Loss): readonly Link[];
  /**
   * Elements whose loss may change what is said of others above: it moves an address, or promotes a replica. What is lost
   * beside these takes a choice away only where it is the choice itself, or what that needs.
   */
  deciders(design: Design): readonly string[];
  /** The longest that it takes until everybody has noticed what can be noticed. */
  noticedUs(design: Design): Micros;
  /** `primary` or `replica` for what stores data, else null. */
  dataRole(component: Component): 'primary' | 'replica' | null;
  /** What it says about its protection. */
  states(component: Component): Statements;
}

/** What a rule has to work with. */
export interface Evidence {
  readonly design: Design;
  readonly knowledge: Knowledge;
  readonly measure: Measure;
  /** By element, once the blast radius is known. */
  readonly kills: ReadonlyMap<string, FaultMeasure>;
}

/** A weakness that the design shows, to be proven by a run. */
export interface Suspicion {
  readonly finding: Finding;
  /** Only a run can show it: it is no issue before. */
  readonly byRunOnly?: true;
  /** The finding with its evidence, or null when the run does not show it. */
  prove(evidence: Evidence): Finding | null;
}

/** What a rule cannot decide, because the design does not state it. Never taken for safe. */
export interface Unknown {
  /** Stable, as a finding's: `rule@element`. */
  readonly unknown: string;
  readonly rule: string;
  /** What is not stated, and where, in one sentence: `Data 1 does not say where its backups lie.` */
  readonly sentence: string;
}

/** A rule about whole designs, or about one kind of component. In document order, never by key. */
export type FindingRule = (design: Design, knowledge: Knowledge) => readonly (Suspicion | Unknown)[];

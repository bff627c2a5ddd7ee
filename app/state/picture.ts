// The picture to hand in: the design, the run and the issues at the playhead as one scene, by the same drawing as the canvas.

import { drawKind } from '../catalogue/figures.ts';
import type { Design } from '../design/design.ts';
import type { BeadKind } from '../drawing/bead.ts';
import { figuresOf } from '../drawing/figures.ts';
import { EXPORT } from '../drawing/palette.ts';
import { type Scene, scene } from '../drawing/scene.ts';
import { type BeadState, monitoringAtRest, type SceneState } from '../drawing/scene-state.ts';
import { shareOfWrites } from '../drawing/words.ts';
import { type SheetPart, sheet } from '../exchange/sheet.ts';
import { svgText } from '../exchange/svg.ts';
import { formatClock, type Micros } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { HopSign, purposeOf, retriedOf, signOf } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import type { ActiveFault, DesignState, FindingsState, PlaybackState, View } from './app.ts';
import { balancerOf } from './beliefs.ts';
import { doneTo, said, tagsOf } from './fault-words.ts';
import { hasComeTrue, missingOf, openIssues, pinsOf, spofHostsOf } from './pins.ts';
import { truthAt } from './truth.ts';

export interface PictureInput {
  readonly design: DesignState;
  readonly playback: PlaybackState;
  readonly findings: FindingsState;
  readonly view: View;
  readonly window: TraceWindow;
  /** As it stands in the title block: `22 Nov 2026`. */
  readonly date: string;
  readonly drawnBy: string;
}

const MOST_BEADS = 300;
const SCALES = [1, 10, 100, 1_000];
const LOOK_BACK_US = 5_000_000;

/** The sheet at the moment of the view. The same input gives the same sheet. */
export function pictureOf(input: PictureInput, parts: readonly SheetPart[] = []): Scene {
  const { view } = input;
  const findings = openIssues(input.findings);
  const design = view.design;
  const truth = truthAt(design, input.playback.commands, view.nowUs);
  const { beads, beadScale } = beadsAt(input.window, view.nowUs);
  const state: SceneState = {
    title: null,
    subtitle: [],
    hosts: view.hosts,
    links: view.links,
    tags: tagsOf(design, truth.faults),
    beads,
    beadScale,
    pins: pinsOf(findings, truth),
    spofs: spofHostsOf(findings),
    missing: missingOf(design, findings),
    monitoring: view?.monitoring ?? monitoringAtRest(design),
    yields: truth.faults.length > 0,
    legend: true,
  };
  const diagram = scene(design, figuresOf(design, view.readings, drawKind), state);
  const faults = truth.faults.map((fault) => withWords(design, fault));
  const words = {
    title: design.title,
    fault: faults.length === 0 ? '' : `with ${faults.join(' and ')}`,
    subtitle: `At ${formatClock(view.nowUs)}. ${view.narration}`,
    issues: findings.map((finding, index) => ({
      number: index + 1,
      severity: finding.severity,
      title: finding.title,
      where: finding.where,
      evidence: finding.evidence ?? 'being measured',
      fix: finding.fix,
      active: hasComeTrue(finding, truth),
    })),
    folded: input.findings.findings.length - findings.length,
    drawnBy: input.drawnBy,
    date: input.date,
    load: `${design.traffic.rateRps} req/s, ${shareOfWrites(design.traffic.writeShare)}`,
    mode:
      balancerOf(input.design.design) !== undefined
        ? `${input.design.mode}, ${input.design.timings}`
        : input.design.timings,
    seed: String(input.design.seed),
  };
  return sheet(diagram, words, parts);
}

/** `Server 1 powered off`, `a flood of 40 requests a second`. */
function withWords(design: Design, { command }: ActiveFault): string {
  if (command.type === 'flood') return `a flood of ${command.rateRps} requests a second`;
  return `${doneTo(design, command)} ${said(design, command)?.did ?? ''}`;
}

export const pictureText = (picture: Scene, fontFaces: string): string =>
  svgText(picture, { colours: EXPORT, ground: 'ground', fontFaces });

/** Everything that is on its way at this instant, where it truly is; in a crowd one bead stands for ten, a hundred, a thousand. */
function beadsAt(window: TraceWindow, us: Micros): { beads: BeadState[]; beadScale: number } {
  const beads: BeadState[] = [];
  const { elements } = window;
  const fromUs = Math.max(0, us - LOOK_BACK_US);
  let underWay = 0;
  window.forEachHop(fromUs, us, (departUs, arriveUs) => {
    if (arriveUs > us && arriveUs > departUs) underWay++;
  });
  const beadScale = SCALES.find((scale) => underWay <= MOST_BEADS * scale) ?? 1_000;
  let copies = 0;
  window.forEachHop(fromUs, us, (departUs, arriveUs, link, request, what) => {
    if (arriveUs <= us || arriveUs <= departUs || beads.length >= MOST_BEADS) return;
    // Copies and checks have no number of their own.
    if ((request > 0 ? request : ++copies) % beadScale !== 0) return;
    const purpose = purposeOf(what);
    const sign = signOf(what);
    const isReport = elements.sortOf(link) === 'report';
    const kind = isReport ? 'report' : beadKind(purpose, sign, retriedOf(what) === 1);
    const back = sign === HopSign.Good || sign === HopSign.Bad;
    const share = (us - departUs) / (arriveUs - departUs);
    const id = elements.sortOf(link) === 'dns' ? 'dns' : (elements.ids[link] ?? '');
    beads.push({
      kind,
      link: id,
      lane: purpose === Purpose.Check ? 'check' : 'main',
      at: back ? 1 - share : share,
      back,
    });
  });
  return { beads, beadScale };
}

function beadKind(purpose: number, sign: number, retried: boolean): BeadKind {
  if (purpose === Purpose.Check) return sign === HopSign.Bad ? 'missedCheck' : 'check';
  if (purpose === Purpose.Copy) return 'copy';
  if (purpose === Purpose.Flood) return 'flood';
  if (purpose === Purpose.Advert) return sign === HopSign.Lost ? 'failed' : 'advert';
  if (sign === HopSign.Bad || sign === HopSign.Lost) return 'failed';
  if (purpose === Purpose.Dns) return 'dns';
  if (purpose === Purpose.Write) return retried ? 'writeRetried' : 'write';
  return retried ? 'readRetried' : 'read';
}

// What the layers of the canvas draw from: the design as it is now, its wires, and the state of the scene, each the same object
// until something in it changes.
import { createContext, useContext, useMemo } from 'react';
import { drawKind } from '../catalogue/figures.ts';
import type { Component, Design } from '../design/design.ts';
import { DNS, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Figure, Reading } from '../drawing/figure.ts';
import { type DrawKind, type Figures, figuresOf, inDesign, usersConfig } from '../drawing/figures.ts';
import { UNMEASURED } from '../drawing/part.ts';
import { monitoringAtRest, type PinState, type SceneState } from '../drawing/scene-state.ts';
import { type Wires, wiresOf } from '../drawing/wires.ts';
import { present } from '../foundation/assert.ts';
import type { App } from '../state/app.ts';
import { besideOf } from '../state/beside.ts';
import { missingOf, openIssues, pinsOf, spofHostsOf } from '../state/pins.ts';
import { truthAt } from '../state/truth.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export interface Diagram {
  readonly design: Design;
  /** Figures without readings: sizes, outlines and anchors. */
  readonly figures: Figures;
  readonly wires: Wires;
  readonly draw: DrawKind;
  /** Turned for a narrow page: servers side by side, no title, no legend. */
  readonly upright: boolean;
  /** Parts that this picture has no room for. */
  isLeftOut(component: Component): boolean;
}

export const DiagramContext = createContext<Diagram | null>(null);
export const useDiagram = (): Diagram => present(useContext(DiagramContext), 'the diagram');

/** The design as reconfigured up to the playhead, with its wires. */
export function useDiagramValue(app: App, turn: Turn | null): Diagram {
  const opened = useStoreValue(app.design, (state) => state.design);
  const now = useStoreValue(app.playback, (state) => state.view?.design);
  // Until the new run's first view has come, the view is still that of the design before.
  const design = now !== undefined && now.id === opened.id && now.timings === opened.timings ? now : opened;
  return useMemo(() => {
    const turned = turn?.(design) ?? null;
    if (turned !== null) return turned;
    const figures = figuresOf(design, {}, drawKind);
    const wires = wiresOf(design, figures);
    return { design, figures, wires, draw: drawKind, upright: false, isLeftOut: () => false };
  }, [design, turn]);
}

/** How a narrow page turns a design; null for one that cannot be turned. */
export type Turn = (design: Design) => Diagram | null;

export const SceneContext = createContext<SceneState | null>(null);
/** The state of the scene, for the layers that draw it: they alone render again with it, several times a second. */
export const useScene = (): SceneState => present(useContext(SceneContext), 'the scene');

const NOTHING_MISSING = { firewall: false, unmonitored: 0 };

const NOTHING_ADDED: readonly string[] = [];
const NO_HOSTS: SceneState['hosts'] = {};
const NO_LINKS: SceneState['links'] = {};
/** The tags are buttons: a layer of their own says what they are (fault-tags.tsx). */
const NO_TAGS: SceneState['tags'] = {};

export function useSceneState(): SceneState {
  const app = useApp();
  const { design, upright } = useDiagram();
  const hosts = useStoreValue(app.playback, (state) => state.view?.hosts) ?? NO_HOSTS;
  const links = useStoreValue(app.playback, (state) => state.view?.links) ?? NO_LINKS;
  const monitoring = useStoreValue(app.playback, (state) => state.view?.monitoring ?? null);
  const faults = useStoreValue(app.playback, (state) => state.faults);
  const issues = useStoreValue(app.findings, (state) => state);
  const commands = useStoreValue(app.playback, (state) => state.commands);
  const findings = useMemo(() => openIssues(issues), [issues]);
  const lessonPlays = useStoreValue(app.playback, (playback) => (playback.view?.lesson ?? null) !== null);
  // Only the drawing with the fix has something added.
  const added = useStoreValue(besideOf(app), (beside) =>
    beside.app === app && beside.choice?.type === 'fixed' ? beside.choice.added : NOTHING_ADDED,
  );
  // Two diagrams side by side are too small for it.
  const isCompared = useStoreValue(besideOf(app), (beside) => beside.app !== null);
  // What is true changes exactly when the faults do: the view's moment need not be followed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const truth = useMemo(
    () => truthAt(design, commands, app.playback.getState().view?.nowUs ?? 0),
    [app, design, commands, faults],
  );
  // Each by itself: the figures of hosts and links change all the time, and none of these with them.
  const allPins = useMemo(() => pinsOf(findings, truth), [findings, truth]);
  const pins = useMemo(() => (upright ? allPins.filter((pin) => !isMissing(pin)) : allPins), [upright, allPins]);
  const spofs = useMemo(() => spofHostsOf(findings), [findings]);
  const missing = useMemo(() => (upright ? NOTHING_MISSING : missingOf(design, findings)), [design, upright, findings]);
  const watched = useMemo(() => monitoring ?? monitoringAtRest(design), [design, monitoring]);
  return useMemo(
    () => ({
      title: upright ? null : design.name,
      subtitle: design.summary,
      hosts,
      links,
      tags: NO_TAGS,
      beads: [],
      pins,
      spofs,
      missing,
      monitoring: watched,
      yields: faults.length > 0 || lessonPlays,
      legend: !isCompared && !upright,
      added,
    }),
    [added, design, upright, hosts, links, pins, spofs, missing, watched, faults, lessonPlays, isCompared],
  );
}

/** An upright picture has no place for what is not there; its issues are in the list. */
const isMissing = ({ place }: PinState): boolean =>
  place.type === 'missing-firewall' || place.type === 'missing-monitoring';

/** Whether what is drawn is the moment at the playhead: not while that is still being computed. */
export const useIsKnown = (): boolean => useStoreValue(useApp().playback, ({ computing }) => computing === null);

/** The figure of one element with what it shows now; the same object while its reading stays. */
export function useFigure(id: string): Figure {
  const app = useApp();
  const { design, draw } = useDiagram();
  const reading = useStoreValue(app.playback, (state) => state.view?.readings[id]) ?? UNMEASURED;
  return useMemo(() => figureOf(draw, design, id, reading), [draw, design, id, reading]);
}

/** The figure of one element as it is at this moment, for what need not follow it. */
export const figureNow = (app: App, design: Design, id: string): Figure =>
  figureOf(drawKind, design, id, app.playback.getState().view?.readings[id] ?? UNMEASURED);

function figureOf(draw: DrawKind, design: Design, id: string, reading: Reading): Figure {
  if (id === USERS) return draw(USERS, usersConfig(design), reading);
  if (id === DNS) return draw(DNS, design.dns, reading);
  const component = present(componentOf(design, id), `the part ${id}`);
  return draw(component.kind, component.config, inDesign(design, id, reading));
}

export const componentOf = (design: Design, id: string): Component | undefined => wiringOf(design).component(id);

// A large design seen from far away: bodies of parts without words, drawn by their hosts, and wires as a few paths. Loaded when
// somebody has such a design.
import { useMemo } from 'react';
import type { Host } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { atDetail } from '../drawing/detail.ts';
import type { Shape } from '../drawing/figure.ts';
import { LINE_STYLES, linkShapes } from '../drawing/scene-links.ts';
import { guardLayer } from '../drawing/scene-sheet.ts';
import type { SceneState } from '../drawing/scene-state.ts';
import type { LinkWires, WireStyle } from '../drawing/wires.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, figureNow, useDiagram } from './diagram.ts';
import { ShapeView } from './shape-view.tsx';

/** From far away a host draws its parts itself: their bodies, in the state that they are in. */
export function OverviewParts({ host }: { readonly host: Host }) {
  const app = useApp();
  const { design } = useDiagram();
  const parts = wiringOf(design).componentsOn(host.id);
  const states = useStoreValue(app.playback, ({ view }) => parts.map(({ id }) => view?.readings[id]?.state).join());
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when a state has changed.
  const shapes = useMemo(
    () =>
      parts.map(({ id, position }): Shape => {
        const bodies = atDetail(figureNow(app, design, id).shapes, 4);
        return { type: 'group', x: position.x - host.position.x, y: position.y - host.position.y, shapes: bodies };
      }),
    [app, design, host, states],
  );
  return <ShapeView shapes={shapes} />;
}

/** Hundreds of wires as a few paths: whole ones of a style together, those with something to say one by one. */
export function OverviewWires({ diagram, state }: { readonly diagram: Diagram; readonly state: SceneState }) {
  const { design, wires } = diagram;
  const { links, missing, monitoring, spofs } = state;
  const told = [...wires.links.values()].filter(({ linkId }) => (links[linkId]?.line ?? 'whole') !== 'whole');
  const key = told.map(({ linkId }) => linkId).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the links' state, only which are whole matters here.
  const shapes = useMemo(
    () => [
      ...overviewShapes([...wires.links.values()].filter((link) => !told.includes(link))),
      ...told.flatMap((link) => atDetail(linkShapes(link, links[link.linkId]), 4)),
      ...guardLayer(design, wires, { missing, monitoring, spofs }),
    ],
    [design, wires, missing, monitoring, spofs, key],
  );
  return (
    <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
      <ShapeView shapes={shapes} />
    </svg>
  );
}

/** Wires without arrowheads or words, all of one style in one path. */
function overviewShapes(links: readonly LinkWires[]): readonly Shape[] {
  const styles = Object.keys(LINE_STYLES) as WireStyle[];
  return styles.flatMap((style): readonly Shape[] => {
    const d = links.flatMap(({ main }) => (main.style === style ? [main.path.d] : [])).join('');
    return d === '' ? [] : [{ type: 'path', d, stroke: 'link', ...LINE_STYLES[style] }];
  });
}

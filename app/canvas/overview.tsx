// A large design seen from far away: bodies of parts without words, drawn by their hosts, and wires as a few paths. Loaded when
// somebody has such a design.
import './overview.css';
import { useMemo } from 'react';
import type { Host } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { atDetail } from '../drawing/detail.ts';
import type { Shape } from '../drawing/figure.ts';
import { flatShapes } from '../drawing/flat.ts';
import { LINE_STYLES, linkShapes } from '../drawing/scene-links.ts';
import { guardLayer } from '../drawing/scene-sheet.ts';
import type { LinkWires, WireStyle } from '../drawing/wires.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, figureNow, useDiagram, useScene } from './diagram.ts';
import { FRAME_OUT, useAim } from './gestures/target-state.ts';
import { ShapeView } from './shape-view.tsx';

interface OverviewHostProps {
  readonly host: Host;
  /** What the host draws of itself. */
  readonly bay: readonly Shape[];
}

/** From far away a host draws its parts itself: their bodies, in the state that they are in. */
export function OverviewHost({ host, bay }: OverviewHostProps) {
  const app = useApp();
  const { design } = useDiagram();
  const parts = wiringOf(design).componentsOn(host.id);
  const states = useStoreValue(app.playback, ({ view }) => parts.map(({ id }) => view?.readings[id]?.state).join());
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when a state has changed.
  const shapes = useMemo(
    () =>
      parts.flatMap(({ id, position }): readonly Shape[] => {
        const bodies = atDetail(figureNow(app, design, id).shapes, 4);
        return flatShapes(bodies, position.x - host.position.x, position.y - host.position.y);
      }),
    [app, design, host, states],
  );
  const own = useMemo(() => flatShapes(bay), [bay]);
  return (
    <>
      <ShapeView shapes={own} />
      <ShapeView shapes={shapes} />
    </>
  );
}

/** Hundreds of wires as a few paths: whole ones of a style together, those with something to say one by one. */
export function OverviewWires({ diagram }: { readonly diagram: Diagram }) {
  const { design, wires } = diagram;
  const { links, missing, monitoring, spofs } = useScene();
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
      <Aim hosts={design.hosts} />
    </svg>
  );
}

/** Where the fault in the hand may be dropped: hundreds of frames that come and go together are one path. */
function Aim({ hosts }: { readonly hosts: readonly Host[] }) {
  const ids = useMemo(() => hosts.map(({ id }) => id), [hosts]);
  const aim = useAim(ids);
  const d = useMemo(() => {
    const allowed = new Set(aim);
    return hosts.map((host) => (allowed.has(host.id) ? frameOf(host) : '')).join('');
  }, [hosts, aim]);
  return <path className="canvas-aim" d={d} />;
}

const frameOf = ({ position, size }: Host): string =>
  `M${position.x - FRAME_OUT},${position.y - FRAME_OUT}h${size.width + 2 * FRAME_OUT}v${size.height + 2 * FRAME_OUT}h${-size.width - 2 * FRAME_OUT}Z`;

/** Wires without arrowheads or words, all of one style in one path. */
function overviewShapes(links: readonly LinkWires[]): readonly Shape[] {
  const styles = Object.keys(LINE_STYLES) as WireStyle[];
  return styles.flatMap((style): readonly Shape[] => {
    const d = links.flatMap(({ main }) => (main.style === style ? [main.path.d] : [])).join('');
    return d === '' ? [] : [{ type: 'path', d, stroke: 'link', ...LINE_STYLES[style] }];
  });
}

// The issues on the diagram: the rings of single points of failure, and pins, each a button laid over its picture. They come
// once the first runs have measured something, so nobody waits for them.
import './issue-layer.css';
import { useMemo } from 'react';
import { issueShapes, pinPlaces } from '../drawing/scene-issues.ts';
import { showIssue } from '../state/actions/show-issue.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, useScene } from './diagram.ts';
import { ShapeView } from './shape-view.tsx';

/** As drawing/ sets pins that share a place side by side. */
const PIN_PITCH = 26;
const PIN_SIZE = 28;
const LEAST_TAP = 24;

const NOTHING: readonly string[] = [];

interface Props {
  readonly diagram: Diagram;
  readonly zoom: number;
}

export function IssueLayer({ diagram, zoom }: Props) {
  const { design, wires } = diagram;
  const { pins, spofs, yields, added = NOTHING } = useScene();
  const shapes = useMemo(
    () => issueShapes(design, wires, { pins, spofs, yields, added }),
    [design, wires, pins, spofs, yields, added],
  );
  return (
    <>
      <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
        <ShapeView shapes={shapes} />
      </svg>
      <Pins diagram={diagram} zoom={zoom} />
    </>
  );
}

function Pins({ diagram, zoom }: Props) {
  const app = useApp();
  const findings = useStoreValue(app.findings, (all) => all.findings);
  const shown = useStoreValue(app.findings, (all) => all.shown);
  const { design, wires } = diagram;
  const { pins, spofs } = useScene();
  const places = useMemo(() => pinPlaces(design, wires, { pins, spofs }), [design, wires, pins, spofs]);
  return useMemo(() => {
    const taken = new Map<string, number>();
    const size = Math.max(PIN_SIZE, LEAST_TAP / zoom);
    return places.map(({ pin, at }) => {
      const key = `${at.x},${at.y}`;
      const before = taken.get(key) ?? 0;
      taken.set(key, before + 1);
      return (
        <button
          key={pin.number}
          type="button"
          className="canvas-pin"
          data-issue={pin.number}
          data-shown={shown === pin.number}
          tabIndex={-1}
          aria-label={`Issue ${pin.number}: ${findings[pin.number - 1]?.title ?? ''}`}
          style={{ left: at.x + before * PIN_PITCH - size / 2, top: at.y - size / 2, width: size, height: size }}
          onClick={() => showIssue.run(app, pin.number)}
        />
      );
    });
  }, [app, places, findings, shown, zoom]);
}

// The tags of faults that are on: their pictures, and over each a button that repairs.
import './fault-tags.css';
import { useMemo } from 'react';
import { faultTag } from '../drawing/marks.ts';
import { tagPlaces } from '../drawing/scene-tags.ts';
import { actOn } from '../state/actions/lesson.ts';
import { repair } from '../state/actions/repair.ts';
import type { FaultKind } from '../state/app.ts';
import { tagsOf } from '../state/fault-words.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, useScene } from './diagram.ts';
import { shortName } from './names.ts';
import { ShapeView } from './shape-view.tsx';

const LEAST_TAP = 24;

interface Props {
  readonly diagram: Diagram;
  readonly zoom: number;
}

/** The whole tag repairs: its wrench alone would be too small to hit in a small picture. */
export function FaultTags({ diagram, zoom }: Props) {
  const app = useApp();
  const faults = useStoreValue(app.playback, (playback) => playback.faults);
  const { pins, spofs } = useScene();
  const { design, figures, wires } = diagram;
  const height = Math.max(26, LEAST_TAP / zoom);
  const tags = useMemo(() => tagsOf(design, faults), [design, faults]);
  const places = useMemo(
    () => (faults.length === 0 ? [] : tagPlaces(design, figures, wires, { tags, pins, spofs })),
    [design, figures, wires, faults, tags, pins, spofs],
  );
  const shapes = useMemo(() => places.map(({ at, word, icon }) => faultTag(at.x, at.y, word, icon)), [places]);
  if (places.length === 0) return null;
  const buttons = places.map(({ element, fault, other, word, at, width }) => (
    <button
      key={`${element} ${fault} ${other}`}
      type="button"
      className="canvas-tag"
      data-repairs={element}
      tabIndex={-1}
      aria-label={`${word}. Repair ${shortName(design, element)}`}
      style={{ left: at.x, top: at.y - height / 2, width, height }}
      onClick={() =>
        actOn(app, repair, { target: element, fault: fault as FaultKind, ...(other === undefined ? {} : { other }) })
      }
    />
  ));
  return (
    <>
      <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
        <ShapeView shapes={shapes} />
      </svg>
      {buttons}
    </>
  );
}

// The numbered notes of a lesson, each in the free strip of the host that it speaks of: an ink outline, a black square with the
// number. Nobody's name is covered.
import './lesson-notes.css';
import type { Host, Point } from '../design/design.ts';
import { roleWidth } from '../drawing/text-width.ts';
import type { Wires } from '../drawing/wires.ts';
import type { LessonView } from '../state/app.ts';
import { componentOf, type Diagram, useDiagram } from './diagram.ts';
import { useNotes } from './lesson.ts';
import { hostOf } from './names.ts';

const HEIGHT = 26;
const NUMBER = 18;
const PADDING = 16;
/** Between a host's edge and the note in its free strip. */
const INSET = 20;
/** Above a host, clear of the ring's words. */
const ABOVE = 26;
/** Beside a wire. */
const CLEAR = 14;

export function LessonNotes() {
  const notes = useNotes();
  const diagram = useDiagram();
  return notes.map((note, index) => <Note key={note.element} note={note} number={index + 1} diagram={diagram} />);
}

interface NoteProps {
  readonly note: LessonView['notes'][number];
  readonly number: number;
  readonly diagram: Diagram;
}

function Note({ note, number, diagram }: NoteProps) {
  const width = Math.ceil(roleWidth(note.text, 'figure')) + 2 * PADDING;
  const at = placeOf(diagram, note.element, width);
  if (at === null) return null;
  return (
    <p className="canvas-note" style={{ left: at.x, top: at.y, width, height: HEIGHT }}>
      <b>{number}</b>
      {note.text}
    </p>
  );
}

/** Beside a database, below or above the row of servers that leads to it; for a host, at the left of the same strip. */
function placeOf({ design, wires }: Diagram, id: string, width: number): Point | null {
  const host = design.hosts.find((candidate) => candidate.id === id);
  if (host !== undefined) return { x: host.position.x + INSET + NUMBER, y: stripOf(host) };
  const part = componentOf(design, id);
  const home = part === undefined ? null : hostOf(design, part);
  if (part === undefined || home === null) return null;
  const isAlone = design.components.filter((other) => other.hostId === home.id).length === 1;
  if (isAlone) return { x: home.position.x + NUMBER, y: home.position.y - ABOVE - HEIGHT };
  const y = stripOf(home);
  const right = leftOfWires(wires, part.position.x - INSET, width, y);
  return { x: Math.max(home.position.x + INSET, right - width), y };
}

/** The right edge of a note that ends at `right`, or further left where an upright wire would run through it. */
function leftOfWires(wires: Wires, right: number, width: number, y: number): number {
  let edge = right;
  for (const { main } of wires.links.values()) {
    main.points.forEach((point, index) => {
      const before = main.points[index - 1];
      if (before === undefined || before.x !== point.x) return;
      const crosses = Math.min(before.y, point.y) < y + HEIGHT && Math.max(before.y, point.y) > y;
      if (crosses && point.x > edge - width && point.x < edge) edge = point.x - CLEAR;
    });
  }
  return edge;
}

/** The strip at the edge opposite to the host's name. */
const stripOf = (host: Host): number =>
  host.heading === 'top' ? host.position.y + host.size.height - INSET - HEIGHT : host.position.y + INSET;

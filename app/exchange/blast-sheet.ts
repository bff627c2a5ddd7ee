// The blast radius as a sheet to hand in: a row a fault, in the order in which the page shows them, as high as its rows need.
import type { Size } from '../design/design.ts';
import { PLAN_SIZE } from '../drawing/design-plan.ts';
import type { Shape } from '../drawing/figure.ts';
import { issuePin, type Severity, text } from '../drawing/marks.ts';
import { CURVE_SIZE, servedBar, verdictMark } from '../drawing/outcome-chart.ts';
import type { Scene } from '../drawing/scene.ts';
import { type Face, textWidth, truncate, wrap } from '../drawing/text-width.ts';

/** A figure, and what stands below it. */
export interface SheetCell {
  readonly text: string;
  readonly note: string;
  readonly isBad: boolean;
}

export interface SheetServed extends SheetCell {
  readonly answered: number;
  readonly all: number;
}

export interface BlastSheetRow {
  /** The design with the element marked, and requests a second: PLAN_SIZE and CURVE_SIZE. */
  readonly plan: readonly Shape[];
  readonly curve: readonly Shape[];
  readonly name: SheetCell;
  readonly reads: SheetServed;
  readonly writes: SheetServed;
  readonly detect: SheetCell;
  readonly recover: SheetCell;
  readonly lost: SheetCell;
  readonly verdict: SheetCell & { readonly shape: Severity | 'none' };
  readonly pins: readonly { readonly number: number; readonly severity: Severity }[];
}

export interface BlastSheetInput {
  readonly title: string;
  readonly subtitle: string;
  /** What the rows of the group come to. */
  readonly groups: readonly {
    readonly title: string;
    readonly summary: string;
    readonly rows: readonly BlastSheetRow[];
  }[];
  /** Design, timings, seed, date: one line at the foot. */
  readonly foot: string;
}

const BAR_SIZE: Size = { width: 78, height: 12 };

const WIDTH = 1440;
const MARGIN = 40;
const RIGHT = WIDTH - MARGIN;
const FIGURE: Face = { sizePx: 13, bold: true };
const NOTE: Face = { sizePx: 11 };
const NOTE_LINE = 14;
const LEAST_ROW = 58;

/** Left edges. */
const X = {
  plan: MARGIN,
  name: 172,
  curve: 346,
  reads: 524,
  writes: 694,
  detect: 864,
  recover: 984,
  lost: 1104,
  verdict: 1176,
  pins: RIGHT,
} as const;

const HEADS: readonly (readonly [x: number, words: string, note: string])[] = [
  [X.name, 'What was done', 'in a fresh run'],
  [X.curve, 'Requests each second', 'by outcome'],
  [X.reads, 'Reads served', 'since the fault'],
  [X.writes, 'Writes served', 'since the fault'],
  [X.detect, 'Time to detect', 'until one acts'],
  [X.recover, 'Time to recover', 'until all served'],
  [X.lost, 'Lost', 'writes'],
  [X.verdict, 'Verdict', 'and the issue it proves'],
];

export function blastSheet(input: BlastSheetInput): Scene {
  const shapes: Shape[] = [
    text(MARGIN, 59, truncate(input.title, RIGHT - MARGIN, { sizePx: 27, bold: true }), 'sheetTitle'),
    text(MARGIN, 83, truncate(input.subtitle, RIGHT - MARGIN, { sizePx: 14 }), 'lead'),
  ];
  let y = 108;
  for (const group of input.groups) {
    const made = groupShapes(group, y);
    shapes.push(...made.shapes);
    y = made.bottom + 34;
  }
  shapes.push(text(MARGIN, y - 4, truncate(input.foot, RIGHT - MARGIN, { sizePx: 12 }), 'figure'));
  return {
    size: { width: WIDTH, height: y + 18 },
    shapes,
    title: input.title,
    textAlternative: inWords(input),
  };
}

function groupShapes(
  { title, summary, rows }: BlastSheetInput['groups'][number],
  top: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const shapes: Shape[] = [
    text(MARGIN, top + 14, title, 'name'),
    text(MARGIN + textWidth(title, { sizePx: 14, bold: true }) + 16, top + 14, summary, 'label'),
    ...HEADS.flatMap(([x, words, note]) => [
      text(x, top + 42, words, 'tiny', { bold: true, sizePx: 11.5, fill: 'ink' }),
      text(x, top + 57, note, 'tiny'),
    ]),
    { type: 'path', d: `M${MARGIN},${top + 64}H${RIGHT}`, stroke: 'ink', strokeWidth: 2 },
  ];
  let y = top + 65;
  for (const row of rows) {
    const height = heightOf(row);
    shapes.push(...rowShapes(row, y, height));
    y += height;
    shapes.push({ type: 'path', d: `M${MARGIN},${y}H${RIGHT}`, stroke: 'rule2', strokeWidth: 1 });
  }
  return { shapes, bottom: y };
}

interface Placed {
  readonly x: number;
  readonly right: number;
  readonly cell: SheetCell;
  /** A name or a verdict: in lines where it is long. A figure is none of them. */
  readonly isWords?: true;
}

const pinsWidth = ({ pins }: BlastSheetRow): number => pins.length * 26;

const placed = (row: BlastSheetRow): readonly Placed[] => [
  { x: X.name, right: X.curve - 10, cell: row.name, isWords: true },
  { x: X.reads, right: X.writes - 10, cell: row.reads },
  { x: X.writes, right: X.detect - 10, cell: row.writes },
  { x: X.detect, right: X.recover - 10, cell: row.detect },
  { x: X.recover, right: X.lost - 10, cell: row.recover },
  { x: X.lost, right: X.verdict - 10, cell: row.lost },
  { x: X.verdict + 30, right: X.pins - pinsWidth(row) - 6, cell: row.verdict, isWords: true },
];

const LINE = 17;

interface Line {
  readonly words: string;
  readonly isNote: boolean;
}

function linesOf({ x, right, cell, isWords }: Placed): readonly Line[] {
  const titles = isWords ? wrap(cell.text, right - x, FIGURE) : [cell.text];
  const notes = cell.note === '' ? [] : wrap(cell.note, right - x, NOTE);
  return [...titles.map((words) => ({ words, isNote: false })), ...notes.map((words) => ({ words, isNote: true }))];
}

const heightIn = (lines: readonly Line[]): number =>
  lines.reduce((height, { isNote }) => height + (isNote ? NOTE_LINE : LINE), 0);

const heightOf = (row: BlastSheetRow): number =>
  Math.max(LEAST_ROW, 18 + Math.max(...placed(row).map((one) => heightIn(linesOf(one)))));

/** The lines of a cell below each other, around the middle of the row. */
function cellShapes(one: Placed, middle: number): readonly Shape[] {
  const isServed = one.x === X.reads || one.x === X.writes;
  const lines = linesOf(one);
  let y = middle - heightIn(lines) / 2;
  return lines.map(({ words, isNote }) => {
    y += isNote ? NOTE_LINE : LINE;
    if (isNote) return text(one.x, y - 3, words, 'tiny');
    return text(one.x, y - 4, words, 'body', { bold: !isServed, fill: one.cell.isBad ? 'fail' : 'ink' });
  });
}

function rowShapes(row: BlastSheetRow, top: number, height: number): readonly Shape[] {
  const middle = top + height / 2;
  const at = (x: number, y: number, shapes: readonly Shape[]): Shape => ({ type: 'group', x, y, shapes });
  const bar = (x: number, cell: SheetServed): Shape => {
    const y = middle - heightIn(linesOf({ x, right: x + 170, cell })) / 2 + 3;
    return at(x + 74, y, servedBar(cell.answered, cell.all, BAR_SIZE));
  };
  return [
    at(X.plan, middle - PLAN_SIZE.height / 2, row.plan),
    at(X.curve, middle - CURVE_SIZE.height / 2, row.curve),
    bar(X.reads, row.reads),
    bar(X.writes, row.writes),
    ...placed(row).flatMap((one) => cellShapes(one, middle)),
    verdictMark(row.verdict.shape, X.verdict + 11, middle),
    ...row.pins.map(({ number, severity }, index) =>
      issuePin(X.pins - pinsWidth(row) + 14 + index * 26, middle, String(number), severity, true, 22 / 28),
    ),
  ];
}

function inWords({ title, subtitle, groups }: BlastSheetInput): string {
  const rows = groups.flatMap((group) => [
    `${group.title}. ${group.summary}`,
    ...group.rows.map(
      ({ name, reads, writes, detect, recover, lost, verdict, pins }) =>
        `${name.text}, ${name.note}: ${verdict.text}. Reads served ${reads.text}, writes served ${writes.text}, ` +
        `detected ${detect.text}, recovered ${recover.text}, lost writes ${lost.text}` +
        `${pins.length === 0 ? '' : `, issues ${pins.map(({ number }) => number).join(', ')}`}.`,
    ),
  ]);
  return [`${title}. ${subtitle}`, ...rows].join(' ');
}

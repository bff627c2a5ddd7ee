// The sheet to hand in: title, diagram with its legend, the table of issues, and a title block. 1240 wide, as high as its
// table needs. Everything that changes from day to day (name, date) is an input.
import type { Shape } from '../drawing/figure.ts';
import { issuePin, type Severity, text } from '../drawing/marks.ts';
import type { Scene } from '../drawing/scene.ts';
import { textWidth, truncate, wrap } from '../drawing/text-width.ts';

export interface SheetIssue {
  readonly number: number;
  readonly severity: Severity;
  readonly title: string;
  readonly where: string;
  /** What was measured, one sentence. */
  readonly evidence: string;
  readonly fix: string;
  /** It is happening at the moment that is drawn. */
  readonly active: boolean;
}

export interface SheetInput {
  /** `Distributed web infrastructure for www.foobar.com`. */
  readonly title: string;
  /** A fault that is on: `with Server 1 killed`; else empty. */
  readonly fault: string;
  readonly subtitle: string;
  readonly issues: readonly SheetIssue[];
  /** So many more are known, and left out of the table. */
  readonly folded: number;
  readonly drawnBy: string;
  readonly date: string;
  readonly load: string;
  readonly mode: string;
  readonly seed: string;
}

const WIDTH = 1240;
const MARGIN = 40;
const RIGHT = WIDTH - MARGIN;
const SMALL = { sizePx: 12.5 };
const SMALL_BOLD = { sizePx: 12.5, bold: true };
const CELL_LINE = 16;
const ROW_PADDING = 10.8;
/** Left edges of the table's columns, after the pins. */
const COLUMNS = { issue: 72, where: 368, evidence: 554, fix: 941 } as const;

/** Something more below the issues: what it draws from a height on, and where it ends. */
export type SheetPart = (top: number) => { readonly shapes: readonly Shape[]; readonly bottom: number };

/** The sheet around a diagram that was drawn without its own title. */
export function sheet(diagram: Scene, input: SheetInput, parts: readonly SheetPart[] = []): Scene {
  const title = input.fault === '' ? input.title : `${input.title} ${input.fault}`;
  const scale = (WIDTH - 2 * MARGIN) / diagram.size.width;
  const top = 89;
  const tableTop = Math.round(top + diagram.size.height * scale + 26);
  const table = issueTable(tableTop, input.issues, input.folded);
  const more: Shape[] = [];
  let bottom = table.bottom;
  for (const part of parts) {
    const drawn = part(bottom + 34);
    more.push(...drawn.shapes);
    bottom = drawn.bottom;
  }
  const blockTop = Math.round(bottom + 12);
  const shapes: Shape[] = [
    ...headline(title),
    text(MARGIN, 85, truncate(input.subtitle, RIGHT - MARGIN, { sizePx: 14 }), 'lead'),
    { type: 'group', x: MARGIN, y: top, scale, shapes: diagram.shapes },
    ...table.shapes,
    ...more,
    ...titleBlock(blockTop, input),
  ];
  return {
    size: { width: WIDTH, height: blockTop + 44 + 22 },
    shapes,
    title,
    textAlternative: `${diagram.textAlternative} ${input.issues.map(issueInWords).join(' ')}`.trim(),
  };
}

/** A title that is too long for one line is set smaller, and truncated only when that is not enough. */
function headline(title: string): readonly Shape[] {
  const room = RIGHT - MARGIN;
  const size = [27, 24, 21].find((sizePx) => textWidth(title, { sizePx, bold: true }) <= room) ?? 21;
  const shown = truncate(title, room, { sizePx: size, bold: true });
  return [text(MARGIN, 59, shown, 'sheetTitle', size === 27 ? {} : { sizePx: size })];
}

function issueTable(top: number, issues: readonly SheetIssue[], folded: number): ReturnType<SheetPart> {
  if (issues.length === 0) return { shapes: [], bottom: top - 26 };
  const head = (x: number, words: string): Shape => text(x, top, words, 'tiny', { bold: true, sizePx: 11.5 });
  const shapes: Shape[] = [
    head(COLUMNS.issue, 'Issue'),
    head(COLUMNS.where, 'Where'),
    head(COLUMNS.evidence, 'What was measured'),
    head(COLUMNS.fix, 'What would fix it'),
    { type: 'path', d: `M${MARGIN},${top + 10}H${RIGHT}`, stroke: 'ink', strokeWidth: 2 },
  ];
  let y = top + 11;
  for (const issue of issues) {
    const cells = [
      cell(issue.title, COLUMNS.issue, COLUMNS.where, true),
      cell(issue.where, COLUMNS.where, COLUMNS.evidence, false),
      cell(withoutStop(issue.evidence), COLUMNS.evidence, COLUMNS.fix, false),
      cell(withoutStop(issue.fix), COLUMNS.fix, RIGHT, false),
    ];
    const lines = Math.max(...cells.map((each) => each.lines.length));
    const height = lines * CELL_LINE + ROW_PADDING;
    shapes.push(issuePin(51, y + height / 2, String(issue.number), issue.severity, issue.active, 22 / 28));
    for (const { x, lines: words, bold } of cells) {
      const first = y + height / 2 - ((words.length - 1) * CELL_LINE) / 2 + 4.5;
      words.forEach((word, index) => {
        shapes.push(text(x, first + index * CELL_LINE, word, 'body', { sizePx: SMALL.sizePx, bold }));
      });
    }
    y += height;
    shapes.push({ type: 'path', d: `M${MARGIN},${y.toFixed(1)}H${RIGHT}`, stroke: 'rule2', strokeWidth: 1 });
  }
  if (folded === 0) return { shapes, bottom: y };
  const rest = `and ${folded} more ${folded === 1 ? 'issue' : 'issues'}: the review lists them`;
  shapes.push(text(COLUMNS.issue, y + 20, rest, 'body', { sizePx: SMALL.sizePx }));
  return { shapes, bottom: y + 26 };
}

function cell(words: string, x: number, next: number, bold: boolean) {
  return { x, bold, lines: wrap(words, next - x - 12, bold ? SMALL_BOLD : SMALL) };
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

const issueInWords = (issue: SheetIssue): string =>
  `Issue ${issue.number}, ${issue.severity}: ${issue.title}. Where: ${issue.where}. ${withoutStop(issue.evidence)}. Fix: ${withoutStop(issue.fix)}.`;

/** Key of severities at the left, fields at the right, each as wide as it needs. */
function titleBlock(top: number, input: SheetInput): readonly Shape[] {
  const height = 44;
  const shapes: Shape[] = [
    { type: 'rect', x: MARGIN, y: top, width: RIGHT - MARGIN, height, stroke: 'ink', strokeWidth: 1.5 },
    ...severityKey(top + height / 2),
  ];
  let right = RIGHT;
  const field = (label: string, value: string, width: number, shown: readonly Shape[]): void => {
    right -= width;
    shapes.push(
      { type: 'path', d: `M${right},${top}v${height}`, stroke: 'ink', strokeWidth: 1 },
      text(right + 15, top + 16, label, 'tiny'),
      ...shown,
    );
    if (value !== '') shapes.push(text(right + 15, top + 33, value, 'body', { sizePx: SMALL.sizePx, bold: true }));
  };
  field('Made with', '', 102, logo(right - 102 + 15, top + 33.5));
  const fields = [
    ['Seed', input.seed],
    ['Mode', input.mode],
    ['Load', input.load],
    ['Date', input.date],
    ['Drawn by', input.drawnBy],
  ] as const;
  for (const [label, value] of fields) {
    const room = label === 'Drawn by' ? Math.max(90, right - 360) : 230;
    const words = truncate(value === '' ? ' ' : value, Math.min(room, 230), SMALL_BOLD);
    field(label, words, Math.ceil(Math.max(textWidth(words, SMALL_BOLD), textWidth(label, { sizePx: 11 }))) + 29, []);
  }
  return shapes;
}

function severityKey(middle: number): readonly Shape[] {
  const key = [
    ['critical', 'critical'],
    ['high', 'high'],
    ['medium', 'medium or low'],
  ] as const;
  let x = MARGIN + 22;
  return key.flatMap(([severity, words]) => {
    const pin = issuePin(x, middle + 2, '', severity, false, 18 / 28);
    const word = text(x + 14, middle + 6, words, 'figure');
    x += 14 + textWidth(words, { sizePx: 12 }) + 26;
    return [pin, word];
  });
}

/** The name of the program with its sign for the letter o. */
function logo(x: number, y: number): readonly Shape[] {
  const face = { sizePx: 14, bold: true };
  const sign = x + textWidth('Sp', face) + 7;
  return [
    text(x, y, 'Sp', 'name'),
    { type: 'circle', x: sign, y: y - 4.5, r: 5.2, stroke: 'ink', strokeWidth: 1.5 },
    { type: 'circle', x: sign, y: y - 4.5, r: 2.2, fill: 'fail' },
    text(sign + 7, y, 'fcheck', 'name'),
  ];
}

// What the review sheet has below the issues: what was accepted with its reason, what one failure costs, what is taken for granted.
import type { Shape } from '../drawing/figure.ts';
import { issuePin, text } from '../drawing/marks.ts';
import { verdictMark } from '../drawing/outcome-chart.ts';
import { wrap } from '../drawing/text-width.ts';
import type { Review, ReviewAccepted, ReviewFailure } from './review.ts';
import type { SheetPart } from './sheet.ts';

const LEFT = 40;
const RIGHT = 1200;
const LINE = 16;
const PADDING = 10;
const SIZE = 12.5;
/** The mark of a row stands at the left of its first column. */
const MARK = 51;

interface Column {
  readonly x: number;
  readonly head: string;
  readonly bold?: true;
}

export const reviewParts = (review: Review): readonly SheetPart[] => [
  ...(review.accepted.length > 0 ? [acceptedPart(review.accepted)] : []),
  ...(review.failures.length > 0 ? [failuresPart(review.failures)] : []),
  textPart(
    'Left open by the drawing',
    review.unknowns.map(({ sentence }) => sentence),
  ),
  textPart('Taken for granted', review.assumptions),
];

const ACCEPTED: readonly Column[] = [
  { x: 72, head: 'Accepted', bold: true },
  { x: 368, head: 'Where' },
  { x: 554, head: 'What was measured' },
  { x: 880, head: 'Reason' },
];

const acceptedPart = (accepted: readonly ReviewAccepted[]): SheetPart =>
  tablePart(
    ACCEPTED,
    accepted.map(({ issue, reason }) => ({
      mark: (y) => issuePin(MARK, y, '', issue.severity, false, 18 / 28),
      cells: [issue.title, issue.where, issue.evidence, reason],
    })),
  );

const FAILURES: readonly Column[] = [
  { x: 72, head: 'What one failure costs', bold: true },
  { x: 330, head: 'Done to it' },
  { x: 430, head: 'Reads served' },
  { x: 540, head: 'Writes served' },
  { x: 650, head: 'Detected' },
  { x: 750, head: 'Recovered' },
  { x: 850, head: 'Lost writes' },
  { x: 940, head: 'Verdict' },
];

const failuresPart = (failures: readonly ReviewFailure[]): SheetPart =>
  tablePart(
    FAILURES,
    failures.map((row) => ({
      mark: (y) => verdictMark(row.severity, MARK, y),
      cells: [row.element, row.did, row.reads, row.writes, row.detect, row.recover, row.lost, row.verdict],
    })),
  );

interface Row {
  mark(y: number): Shape;
  readonly cells: readonly string[];
}

function tablePart(columns: readonly Column[], rows: readonly Row[]): SheetPart {
  return (top) => {
    const shapes: Shape[] = [
      ...columns.map(({ x, head }) => text(x, top, head, 'tiny', { bold: true, sizePx: 11.5 })),
      { type: 'path', d: `M${LEFT},${top + 10}H${RIGHT}`, stroke: 'ink', strokeWidth: 2 },
    ];
    let y = top + 11;
    for (const { mark, cells } of rows) {
      const lines = columns.map(({ x, bold = false }, index) => {
        const next = columns[index + 1]?.x ?? RIGHT;
        return { x, bold, words: wrap(withoutStop(cells[index] ?? ''), next - x - 12, { sizePx: SIZE, bold }) };
      });
      const height = Math.max(...lines.map(({ words }) => words.length)) * LINE + PADDING;
      shapes.push(mark(y + height / 2));
      for (const { x, bold, words } of lines) {
        const first = y + height / 2 - ((words.length - 1) * LINE) / 2 + 4.5;
        words.forEach((word, index) => {
          shapes.push(text(x, first + index * LINE, word, 'body', { sizePx: SIZE, bold }));
        });
      }
      y += height;
      shapes.push({ type: 'path', d: `M${LEFT},${y.toFixed(1)}H${RIGHT}`, stroke: 'rule2', strokeWidth: 1 });
    }
    return { shapes, bottom: y };
  };
}

/** A heading and sentences, one after another. */
function textPart(head: string, sentences: readonly string[]): SheetPart {
  return (top) => {
    if (sentences.length === 0) return { shapes: [], bottom: top - 34 };
    const words = sentences.flatMap((sentence) => wrap(sentence, RIGHT - 72, { sizePx: SIZE, bold: false }));
    return {
      shapes: [
        text(72, top, head, 'tiny', { bold: true, sizePx: 11.5 }),
        ...words.map((line, index) => text(72, top + 20 + index * LINE, line, 'body', { sizePx: SIZE })),
      ],
      bottom: top + 10 + words.length * LINE,
    };
  };
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

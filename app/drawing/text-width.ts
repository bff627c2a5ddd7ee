// How wide a text is, without a browser: sums of the font's advance widths. Kerning is left out; it changes a text by less
// than 2 %. B612's bold is as wide as its regular, so a word does not move when it turns bold.
import type { TextRole } from './figure.ts';
import { TEXT_STYLES } from './text-role.ts';
import { EXTRA, FIRST, LAST, WIDTHS } from './text-width-table.ts';

export interface Face {
  readonly sizePx: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Letter spacing as a share of the size. */
  readonly tracking?: number;
}

/** Width in px of a text in the given face. A character that the font lacks counts as a digit. */
export function textWidth(text: string, face: Face): number {
  const widths: readonly number[] = face.bold ? WIDTHS.bold : face.italic ? WIDTHS.italic : WIDTHS.regular;
  let thousandths = 0;
  for (const character of text) {
    thousandths += widthOf(character.codePointAt(0) ?? 0, widths) + (face.tracking ?? 0) * 1000;
  }
  return (thousandths * face.sizePx) / 1000;
}

/** Width in px of a text in a role, with the role's own size and weight. */
export const roleWidth = (text: string, role: TextRole): number => textWidth(text, TEXT_STYLES[role]);

function widthOf(code: number, widths: readonly number[]): number {
  const index = code >= FIRST && code <= LAST ? code - FIRST : extraIndex(code);
  const width = index < 0 ? 0 : (widths[index] ?? 0);
  return width > 0 ? width : (widths['0'.charCodeAt(0) - FIRST] ?? 0);
}

function extraIndex(code: number): number {
  const index = EXTRA.indexOf(code);
  return index < 0 ? -1 : LAST - FIRST + 1 + index;
}

/** The text, or its beginning with an ellipsis where it is wider than `width`. */
export function truncate(text: string, width: number, face: Face): string {
  if (textWidth(text, face) <= width) return text;
  const characters = [...text];
  while (characters.length > 0) {
    characters.pop();
    const shorter = `${characters.join('').trimEnd()}…`;
    if (textWidth(shorter, face) <= width) return shorter;
  }
  return '';
}

/** The text in lines no wider than `width`, broken at spaces; a word that is too wide on its own is truncated. */
export function wrap(text: string, width: number, face: Face): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, face) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = truncate(word, width, face);
  }
  lines.push(line);
  return lines;
}

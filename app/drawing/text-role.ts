// How each role of text is set: size, weight, slope, colour. One family, B612; look.md, section 3.
import type { TextRole } from './figure.ts';
import type { ColourName } from './palette.ts';

export const FONT_FAMILY = 'B612, Verdana, sans-serif';

export interface TextStyle {
  readonly sizePx: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly fill: ColourName;
  /** Letter spacing as a share of the size. */
  readonly tracking: number;
}

const style = (sizePx: number, bold: boolean, fill: ColourName, tracking = 0, italic = false): TextStyle => ({
  sizePx,
  bold,
  italic,
  fill,
  tracking,
});

export const TEXT_STYLES: Readonly<Record<TextRole, TextStyle>> = {
  sheetTitle: style(27, true, 'ink', -0.015),
  title: style(22, true, 'ink', -0.01),
  host: style(16, true, 'ink'),
  lead: style(14, false, 'ink2'),
  name: style(14, true, 'ink'),
  issueTitle: style(13.5, true, 'ink'),
  body: style(13, false, 'ink'),
  figure: style(12, false, 'ink'),
  state: style(12, true, 'ink'),
  label: style(12, false, 'ink2'),
  ghost: style(12, false, 'ink2', 0, true),
  tiny: style(11, false, 'ink2'),
};

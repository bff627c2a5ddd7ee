// A picture as SVG text: the same picture gives the same text, byte for byte. Colours come from a theme; the font can be
// embedded, so that the file looks the same where B612 is not installed.

import type { ColourName, Colours } from '../drawing/palette.ts';
import type { Scene } from '../drawing/scene.ts';
import { patternNodes, type SvgNode, type SvgPaint, svgNodes } from '../drawing/svg-tree.ts';
import { FONT_FAMILY } from '../drawing/text-role.ts';

export interface SvgOptions {
  readonly colours: Colours;
  /** Colour of the whole ground; null leaves it transparent. */
  readonly ground: ColourName | null;
  /** CSS text with `@font-face` rules whose sources are data URLs; empty for none. */
  readonly fontFaces: string;
}

/** The SVG document of a picture. */
export function svgText(picture: Scene, options: SvgOptions): string {
  const paint: SvgPaint = { colours: options.colours, idPrefix: 'hatch-' };
  const { width, height } = picture.size;
  const ground =
    options.ground === null
      ? ''
      : `<rect width="${width}" height="${height}" fill="${options.colours[options.ground]}"/>\n`;
  const style = options.fontFaces === '' ? '' : `<style>${escapeText(options.fontFaces)}</style>\n`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="${FONT_FAMILY}" role="img" aria-labelledby="title desc">\n` +
    `<title id="title">${escapeText(picture.title)}</title>\n<desc id="desc">${escapeText(picture.textAlternative)}</desc>\n` +
    `${style}<defs>${patternNodes(paint).map(written).join('')}</defs>\n${ground}` +
    `${svgNodes(picture.shapes, paint).map(written).join('\n')}\n</svg>\n`
  );
}

function written(node: SvgNode): string {
  let attributes = '';
  for (const [name, value] of Object.entries(node.attributes))
    attributes += ` ${attributeName(name)}="${escapeAttribute(value)}"`;
  if (node.children.length === 0 && node.text === '') return `<${node.tag}${attributes}/>`;
  return `<${node.tag}${attributes}>${escapeText(node.text)}${node.children.map(written).join('')}</${node.tag}>`;
}

/** `strokeWidth` to `stroke-width`; what SVG itself writes in one word stays. */
function attributeName(name: string): string {
  if (name.startsWith('pattern') || name === 'viewBox') return name;
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Control characters have no place in XML, not even escaped. */
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
  return clean.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

// Shapes as SVG elements, still plain data: written out as text by the export, and made into elements by the page. So both
// draw the same thing.
import type { Paint, Shape } from './figure.ts';
import { number } from './link-path.ts';
import { type ColourName, type Colours, PATTERN_NAMES, PATTERNS, type PatternName } from './palette.ts';
import { TEXT_STYLES } from './text-role.ts';

/** Attributes are named as React names them (`strokeWidth`); values are text, ready to be written. */
export interface SvgNode {
  readonly tag: 'rect' | 'circle' | 'path' | 'text' | 'g' | 'pattern';
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgNode[];
  /** What a text element says. */
  readonly text: string;
}

export interface SvgPaint {
  readonly colours: Colours;
  /** Starts the ids of the hatches, so that two pictures on one page do not meet. */
  readonly idPrefix: string;
}

const node = (
  tag: SvgNode['tag'],
  attributes: SvgNode['attributes'],
  children: readonly SvgNode[] = [],
  text = '',
): SvgNode => ({ tag, attributes, children, text });

/** The elements of these shapes, in order. */
export const svgNodes = (shapes: readonly Shape[], paint: SvgPaint): readonly SvgNode[] =>
  shapes.flatMap((shape) => nodesOf(shape, paint));

function nodesOf(shape: Shape, paint: SvgPaint): readonly SvgNode[] {
  switch (shape.type) {
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      const place = { x: number(x), y: number(y), width: number(width), height: number(height) };
      return painted('rect', radius === undefined ? place : { ...place, rx: number(radius) }, shape, paint);
    }
    case 'circle':
      return painted('circle', { cx: number(shape.x), cy: number(shape.y), r: number(shape.r) }, shape, paint);
    case 'path':
      return painted('path', { d: shape.d }, shape, paint);
    case 'text':
      return [textNode(shape, paint)];
    case 'group':
      return [groupNode(shape, paint)];
  }
}

/** A hatched shape is three elements: its ground, the hatch, and its outline above. */
function painted(
  tag: 'rect' | 'circle' | 'path',
  place: SvgNode['attributes'],
  shape: Paint,
  paint: SvgPaint,
): readonly SvgNode[] {
  const fill = (value: string): SvgNode['attributes'] => ({ fill: value });
  const ground = shape.fill === undefined ? 'none' : paint.colours[shape.fill];
  const shared = shape.opacity === undefined ? {} : { opacity: number(shape.opacity) };
  if (shape.pattern === undefined)
    return [node(tag, { ...place, ...fill(ground), ...stroke(shape, paint.colours), ...shared })];
  const nodes = [node(tag, { ...place, ...fill(`url(#${paint.idPrefix}${shape.pattern})`), ...shared })];
  if (shape.fill !== undefined) nodes.unshift(node(tag, { ...place, ...fill(ground), ...shared }));
  if (shape.stroke !== undefined)
    nodes.push(node(tag, { ...place, fill: 'none', ...stroke(shape, paint.colours), ...shared }));
  return nodes;
}

function stroke(shape: Paint, colours: Colours): SvgNode['attributes'] {
  if (shape.stroke === undefined) return {};
  return {
    stroke: colours[shape.stroke],
    strokeWidth: number(shape.strokeWidth ?? 1),
    ...(shape.dash === undefined ? {} : { strokeDasharray: shape.dash.map(number).join(' ') }),
    ...(shape.linecap === undefined ? {} : { strokeLinecap: shape.linecap }),
    ...(shape.linejoin === undefined ? {} : { strokeLinejoin: shape.linejoin }),
  };
}

function textNode(shape: Extract<Shape, { type: 'text' }>, paint: SvgPaint): SvgNode {
  const style = TEXT_STYLES[shape.role];
  const sizePx = shape.sizePx ?? style.sizePx;
  const fill: ColourName = shape.fill ?? style.fill;
  return node(
    'text',
    {
      x: number(shape.x),
      y: number(shape.y),
      fill: paint.colours[fill],
      fontSize: number(sizePx),
      ...((shape.bold ?? style.bold) ? { fontWeight: '700' } : {}),
      ...((shape.italic ?? style.italic) ? { fontStyle: 'italic' } : {}),
      ...(style.tracking === 0 ? {} : { letterSpacing: number(style.tracking * sizePx) }),
      ...(shape.align === undefined || shape.align === 'start' ? {} : { textAnchor: shape.align }),
    },
    [],
    shape.text,
  );
}

function groupNode(shape: Extract<Shape, { type: 'group' }>, paint: SvgPaint): SvgNode {
  const moves: string[] = [];
  if (shape.direction !== undefined) {
    const { dx, dy } = shape.direction;
    moves.push(`matrix(${[dx, dy, -dy, dx, shape.x, shape.y].map(number).join(' ')})`);
  } else if (shape.x !== 0 || shape.y !== 0) {
    moves.push(`translate(${number(shape.x)} ${number(shape.y)})`);
  }
  if (shape.scale !== undefined) moves.push(`scale(${String(Math.round(shape.scale * 10000) / 10000)})`);
  return node(
    'g',
    {
      ...(moves.length === 0 ? {} : { transform: moves.join(' ') }),
      ...(shape.opacity === undefined ? {} : { opacity: number(shape.opacity) }),
    },
    svgNodes(shape.shapes, paint),
  );
}

/** The hatches, for a `defs` element. */
export const patternNodes = (paint: SvgPaint): readonly SvgNode[] =>
  PATTERN_NAMES.map((name) => patternNode(name, paint));

function patternNode(name: PatternName, paint: SvgPaint): SvgNode {
  const { tile, ground, lines, stroke: colour, strokeWidth, opacity } = PATTERNS[name];
  const size = { width: String(tile), height: String(tile) };
  const under = ground === null ? [] : [node('rect', { ...size, fill: paint.colours[ground] })];
  const over = node('path', {
    d: lines,
    fill: 'none',
    stroke: paint.colours[colour],
    strokeWidth: number(strokeWidth),
    ...(opacity === 1 ? {} : { opacity: number(opacity) }),
  });
  return node(
    'pattern',
    { id: `${paint.idPrefix}${name}`, ...size, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    [...under, over],
  );
}

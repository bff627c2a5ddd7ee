// The look's colours and hatches for a canvas, read from the page's variables: once a theme.
const NAMES = [
  'ink',
  'ink2',
  'ink3',
  'line',
  'link',
  'rule2',
  'panel',
  'work',
  'work-deep',
  'work-tint',
  'doubt',
  'doubt-tint',
  'doubt-fill',
  'fail',
  'fail-tint',
] as const;

export type Hatch = 'retried' | 'failed' | 'future';

export class ChartColours {
  readonly of: Readonly<Record<(typeof NAMES)[number], string>>;
  private readonly context: CanvasRenderingContext2D;
  private readonly hatches = new Map<Hatch, CanvasPattern | string>();

  constructor(context: CanvasRenderingContext2D) {
    this.context = context;
    const style = getComputedStyle(context.canvas);
    this.of = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`)])) as typeof this.of;
  }

  /** As a tile, made when it is first drawn. */
  hatch(name: Hatch): CanvasPattern | string {
    const known = this.hatches.get(name);
    if (known !== undefined) return known;
    const { of } = this;
    const made =
      name === 'failed'
        ? this.tile(6, of['fail-tint'], of.fail, 1.5, 'M0,0L6,6M6,0L0,6')
        : name === 'retried'
          ? this.tile(8, of['doubt-tint'], of['doubt-fill'], 2.2, 'M-2,6L6,-2M2,10L10,2')
          : this.tile(8, null, of.rule2, 1.2, 'M-2,6L6,-2M2,10L10,2');
    this.hatches.set(name, made);
    return made;
  }

  private tile(size: number, ground: string | null, stroke: string, width: number, path: string) {
    const tile = document.createElement('canvas');
    tile.width = size;
    tile.height = size;
    const context = tile.getContext('2d');
    if (context === null) return stroke;
    if (ground !== null) {
      context.fillStyle = ground;
      context.fillRect(0, 0, size, size);
    }
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke(new Path2D(path));
    return this.context.createPattern(tile, 'repeat') ?? stroke;
  }
}

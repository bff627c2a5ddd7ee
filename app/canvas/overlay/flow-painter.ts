// Reduced motion: no beads, but on each link what went over it in the last second as bead shapes with numbers, a still trail in
// the direction of flow, and crosses with a count. Changes once a simulated second.
import { TRAIL } from '../../drawing/bead.ts';
import { type PathPoint, pointAt } from '../../drawing/link-path.ts';
import type { Colours } from '../../drawing/palette.ts';
import { FONT_FAMILY } from '../../drawing/text-role.ts';
import { SECOND } from '../../foundation/micros.ts';
import type { HopSource } from './beads.ts';
import { FlowCounts } from './flow-counts.ts';
import type { Lanes } from './lanes.ts';

const FONT = `700 11px ${FONT_FAMILY}`;
const WIDTH = 32;
const ITEM_HEIGHT = 16;
const FULL_TURN = Math.PI * 2;

export class FlowPainter {
  private readonly counts: FlowCounts;
  private readonly lanes: Lanes;
  private readonly at: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  private k = 1;
  private countedSecond = -1;
  private countedVersion = -1;

  constructor(lanes: Lanes) {
    this.lanes = lanes;
    this.counts = new FlowCounts(lanes.elements);
  }

  paint(context: CanvasRenderingContext2D, source: HopSource, playheadUs: number, ink: Colours, k: number): void {
    this.k = k;
    this.countOnce(source, playheadUs);
    context.font = FONT;
    context.textBaseline = 'middle';
    for (let link = 0; link < this.lanes.elements; link++) this.link(context, ink, link);
  }

  /** They change once a simulated second: a crowd of hops is not counted anew in each frame. */
  private countOnce(source: HopSource, playheadUs: number): void {
    const second = Math.floor(playheadUs / SECOND);
    if (second === this.countedSecond && source.version === this.countedVersion) return;
    this.countedSecond = second;
    this.countedVersion = source.version;
    this.counts.count(source, playheadUs, 1);
  }

  private link(context: CanvasRenderingContext2D, ink: Colours, link: number): void {
    const { reads, writes, copies, floods, failed } = this.counts;
    const counts: readonly (readonly [Kind, number])[] = [
      ['read', reads[link] ?? 0],
      ['write', writes[link] ?? 0],
      ['copy', copies[link] ?? 0],
      ['flood', floods[link] ?? 0],
      ['failed', failed[link] ?? 0],
    ];
    const items = counts.filter(([, count]) => count > 0).length;
    const middle = this.lanes.middles[link];
    if (!middle || items === 0) return;
    this.stillTrail(context, ink, link);
    context.save();
    context.translate(middle.x, middle.y);
    context.scale(this.k, this.k);
    this.plate(context, ink, items);
    let y = (-(items - 1) * ITEM_HEIGHT) / 2;
    for (const [kind, count] of counts) if (count > 0) y = this.item(context, y, count, ink, kind);
    context.restore();
  }

  private plate(context: CanvasRenderingContext2D, ink: Colours, items: number): void {
    const height = items * ITEM_HEIGHT + 4;
    context.fillStyle = ink.comp;
    context.strokeStyle = ink.link;
    context.lineWidth = 1;
    context.beginPath();
    context.rect(-WIDTH / 2, -height / 2, WIDTH, height);
    context.fill();
    context.stroke();
  }

  /** Kinds stand one below the other: so they fit into the gap between two parts. */
  private item(context: CanvasRenderingContext2D, y: number, count: number, ink: Colours, kind: Kind): number {
    const colours = { read: ink.work, failed: ink.fail, flood: ink.doubt } as const;
    const colour = kind === 'write' || kind === 'copy' ? ink['work-deep'] : colours[kind];
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.save();
    context.translate(-WIDTH / 2 + 9, y);
    context.beginPath();
    SIGNS[kind](context);
    context.restore();
    context.fillStyle = kind === 'failed' ? ink.fail : ink.ink;
    context.fillText(count > 99 ? '99+' : String(count), -WIDTH / 2 + 18, y + 0.5);
    return y + ITEM_HEIGHT;
  }

  /** An arrow's tail before the far end: this way it flows. */
  private stillTrail(context: CanvasRenderingContext2D, ink: Colours, link: number): void {
    const path = this.lanes.paths[link];
    if (!path) return;
    context.globalAlpha = 0.42;
    context.strokeStyle = ink.work;
    for (let step = 0; step < 4; step++) {
      context.lineWidth = (1.5 + step * 1.4) * this.k;
      context.beginPath();
      for (let part = 0; part <= 1; part++) {
        const back = ((4 - step - part) / 4) * TRAIL.length * this.k + 12;
        pointAt(path, 1 - back / path.length, this.at);
        if (part === 0) context.moveTo(this.at.x, this.at.y);
        else context.lineTo(this.at.x, this.at.y);
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

type Kind = 'read' | 'write' | 'copy' | 'flood' | 'failed';

const SIGNS: Readonly<Record<Kind, (context: CanvasRenderingContext2D) => void>> = {
  read: (context) => {
    context.arc(0, 0, 5, 0, FULL_TURN);
    context.fill();
  },
  write: (context) => context.fillRect(-5, -5, 10, 10),
  copy: (context) => {
    context.lineWidth = 2.2;
    for (const from of [-6, 0]) {
      context.moveTo(from, -5);
      context.lineTo(from + 5, 0);
      context.lineTo(from, 5);
    }
    context.stroke();
  },
  flood: (context) => {
    context.lineWidth = 1.8;
    for (const y of [-3.5, 0, 3.5]) {
      context.moveTo(-5, y);
      context.quadraticCurveTo(-2.5, y - 3, 0, y);
      context.quadraticCurveTo(2.5, y + 3, 5, y);
    }
    context.stroke();
  },
  failed: (context) => {
    context.lineWidth = 3;
    context.moveTo(-4.5, -4.5);
    context.lineTo(4.5, 4.5);
    context.moveTo(4.5, -4.5);
    context.lineTo(-4.5, 4.5);
    context.stroke();
  },
};

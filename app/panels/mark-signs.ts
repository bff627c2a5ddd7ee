// The marks of a change of state on the timeline, the same as parts wear: cross, disc, broken ring, two bars, half triangle.
import type { TimelineMark } from './timeline-marks.ts';

/** Draws around x and y. */
export function paintSign(
  context: CanvasRenderingContext2D,
  sign: TimelineMark['sign'],
  x: number,
  y: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.beginPath();
  if (sign === 'down') paintCross(context, x, y);
  else if (sign === 'hung') {
    context.fillRect(x - 4.5, y - 5, 3, 10);
    context.fillRect(x + 1.5, y - 5, 3, 10);
  } else if (sign === 'slow') paintHalfTriangle(context, x, y);
  else {
    context.arc(x, y, 4.6, 0, 2 * Math.PI);
    if (sign === 'up') context.fill();
    else {
      context.lineWidth = 2.4;
      context.setLineDash([3.6, 1.8]);
      context.stroke();
      context.setLineDash([]);
    }
  }
}

function paintCross(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.lineWidth = 3;
  context.moveTo(x - 4.5, y - 4.5);
  context.lineTo(x + 4.5, y + 4.5);
  context.moveTo(x + 4.5, y - 4.5);
  context.lineTo(x - 4.5, y + 4.5);
  context.stroke();
}

function paintHalfTriangle(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.lineWidth = 1.8;
  context.moveTo(x, y - 5.5);
  context.lineTo(x + 6, y + 4.5);
  context.lineTo(x - 6, y + 4.5);
  context.closePath();
  context.stroke();
  context.beginPath();
  context.moveTo(x, y - 5.5);
  context.lineTo(x, y + 4.5);
  context.lineTo(x - 6, y + 4.5);
  context.fill();
}

// The outline of an advertisement's arrow tag, for the live painter; drawing/bead.ts has the same for the export.

/** Corners along its way and across it. */
const ALONG = [-9, 3, 9, 3, -9];
const ACROSS = [-5.5, -5.5, 0, 5.5, 5.5];

type Column = Float32Array | Float64Array;

/** Adds the tag of bead `i` to the path: its middle at x, y, pointing along the unit vector dx, dy, `k` times its size. */
export function traceAdvert(
  context: CanvasRenderingContext2D,
  x: Column,
  y: Column,
  dx: Column,
  dy: Column,
  i: number,
  k: number,
): void {
  for (let corner = 0; corner < ALONG.length; corner++) {
    const along = (ALONG[corner] as number) * k;
    const across = (ACROSS[corner] as number) * k;
    const atX = (x[i] as number) + along * (dx[i] as number) - across * (dy[i] as number);
    const atY = (y[i] as number) + along * (dy[i] as number) + across * (dx[i] as number);
    if (corner === 0) context.moveTo(atX, atY);
    else context.lineTo(atX, atY);
  }
  context.closePath();
}

// Broken design files by number, for whoever shows that `parse` neither crashes nor hangs: a good design with a few places
// overwritten, and now and then something that is no design at all. Number N is the same file on every machine.
import { nextUniform, STREAM_WORDS, seedStream } from '../foundation/prng.ts';
import type { Design } from './design.ts';

const MOST_PLACES = 4;
/** One file in so many is not even a damaged design. */
const NO_DESIGN_EVERY = 10;

type Draw = (below: number) => number;
type Path = readonly (string | number)[];

/** File number `index`, made from a design that is left alone. */
export function brokenFile(design: Design, index: number): unknown {
  const state = new Int32Array(STREAM_WORDS);
  seedStream(state, 0, index, 'broken-file');
  const draw: Draw = (below) => Math.floor(nextUniform(state, 0) * below);
  if (index % NO_DESIGN_EVERY === 0) return oddValue(draw, 3);
  const file: unknown = JSON.parse(JSON.stringify(design));
  const places = pathsIn(file, []);
  for (let left = 1 + draw(MOST_PLACES); left > 0; left--) overwrite(file, places[draw(places.length)] ?? [], draw);
  return file;
}

function pathsIn(value: unknown, prefix: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...prefix, key];
    return [path, ...pathsIn(child, path)];
  });
}

/** Puts something odd at a place, takes the place away, or gives it the value of another key; a place that is gone stays so. */
function overwrite(file: unknown, path: Path, draw: Draw): void {
  let at: unknown = file;
  for (const key of path.slice(0, -1)) at = isBranch(at) ? at[key] : undefined;
  const last = path[path.length - 1];
  if (!isBranch(at) || last === undefined) return;
  const way = draw(8);
  if (way === 0) delete at[last];
  else if (way === 1) at[`${last}x`] = at[last];
  else if (way === 2) at[last] = Object.values(at)[draw(Object.keys(at).length)];
  else at[last] = oddValue(draw, 3);
}

const isBranch = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

const ODD: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  0.5,
  1e300,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'users',
  'dns',
  'haproxy',
  '__proto__',
  'constructor',
  '\ud800',
  '<script>',
  'x'.repeat(10_000),
];

/** A value of any sort; branches go down at most `depth` levels. */
function oddValue(draw: Draw, depth: number): unknown {
  const sort = draw(depth > 0 ? 4 : 2);
  if (sort < 2) return sort === 0 ? draw(1_000) : ODD[draw(ODD.length)];
  const children = Array.from({ length: draw(5) }, () => oddValue(draw, depth - 1));
  if (sort === 2) return children;
  return Object.fromEntries(children.map((child, at) => [['version', 'hosts', 'links', 'id', '__proto__'][at], child]));
}

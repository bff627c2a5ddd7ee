// What the schemas of a design file are made of. Every message is the repair: what to put there instead.
import * as v from 'valibot';

const MAX_TEXT = 200;
const MAX_CANVAS = 100_000;
export const MAX_LATENCY_MS = 60_000;

export const text = (what: string, least = 1) => {
  const message = `Give ${what}, ${least} to ${MAX_TEXT} characters.`;
  return v.pipe(v.string(message), v.minLength(least, message), v.maxLength(MAX_TEXT, message));
};

export const number = (least: number, most: number, unit = '') => {
  const message = `Give a number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}.`;
  return v.pipe(v.number(message), v.finite(message), v.minValue(least, message), v.maxValue(most, message));
};

export const integer = (least: number, most: number, unit = '') => {
  const message = `Give a whole number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}.`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
};

export const flag = v.boolean('Give true or false.');
export const list = <Item extends v.GenericSchema>(item: Item, most: number, what: string) =>
  v.pipe(v.array(item, `Give a list of ${what}.`), v.maxLength(most, `Give at most ${most} ${what}.`));

export const point = v.object(
  { x: number(-MAX_CANVAS, MAX_CANVAS), y: number(-MAX_CANVAS, MAX_CANVAS) },
  'Give a point with x and y.',
);
export const size = v.object(
  { width: number(1, MAX_CANVAS), height: number(1, MAX_CANVAS) },
  'Give a size with width and height.',
);

// The colours of the overlay as resolved values, read once per theme: a 2D canvas knows no CSS variables.
import { COLOUR_NAMES, type Colours, LIGHT } from '../../drawing/palette.ts';

/** The palette as the page shows it at this moment. */
export function readInk(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = COLOUR_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || LIGHT[name]] as const);
  return Object.fromEntries(read) as Colours;
}

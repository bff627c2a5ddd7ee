// Values with a unit as people write them: `2 s`, `400 ms`, `1 min`, `25 %`. Pure.
export type Unit = 'duration' | 'percent' | 'count' | 'rate';

/** A value in milliseconds, a share 0..1, a whole number, or a rate, as text. */
export function quantityText(value: number, unit: Unit): string {
  if (unit === 'percent') return `${trimmed(value * 100)} %`;
  if (unit === 'rate') return `${trimmed(value)} /s`;
  if (unit === 'count') return trimmed(value);
  if (value >= 60_000 && value % 60_000 === 0) return `${value / 60_000} min`;
  return value >= 1_000 ? `${trimmed(value / 1_000)} s` : `${trimmed(value)} ms`;
}

const trimmed = (value: number): string => String(Number(value.toFixed(3)));

/** The value that a text says, or null when it says none. A bare number of a duration is in the unit that stood there. */
export function quantityOf(text: string, unit: Unit, before: number): number | null {
  const match = /^\s*(-?\d+(?:[.,]\d+)?)\s*(ms|s|sec|min|m|%|\/s|req\/s)?\s*$/i.exec(text);
  if (match === null) return null;
  const number = Number((match[1] ?? '').replace(',', '.'));
  const written = (match[2] ?? '').toLowerCase();
  if (unit === 'percent') return written === '' || written === '%' ? Number((number / 100).toFixed(6)) : null;
  if (unit === 'duration') return number * (factorOf(written, before) ?? Number.NaN);
  if (unit === 'rate') return written === '' || written.endsWith('/s') ? number : null;
  return written === '' ? number : null;
}

function factorOf(written: string, before: number): number | null {
  if (written === 'ms') return 1;
  if (written === 's' || written === 'sec') return 1_000;
  if (written === 'min' || written === 'm') return 60_000;
  if (written !== '') return null;
  if (before >= 60_000 && before % 60_000 === 0) return 60_000;
  return before >= 1_000 ? 1_000 : 1;
}

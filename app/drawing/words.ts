// How figures are written on a diagram: rates, times, shares. A figure that is not measured yet is `--`.

export const NOT_MEASURED = '--';

/** `20 req/s`, `1.5 reads/s`, `1 write/s`; a tenth is kept below 10. */
export function perSecond(rate: number | null, unit: 'req' | 'read' | 'write' | 'copied'): string {
  if (rate === null) return NOT_MEASURED;
  const shown = short(rate);
  const plural = (unit === 'read' || unit === 'write') && shown !== '1' ? 's' : '';
  return `${shown} ${unit}${plural}/s`;
}

/** `58 ms`, `1.1 s`, `12 s`. */
export function milliseconds(ms: number | null): string {
  if (ms === null) return NOT_MEASURED;
  if (ms < 999.5) return `${ms < 9.95 ? short(ms) : String(Math.round(ms))} ms`;
  return `${ms < 99_950 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000))} s`;
}

/** `91%`. Only what is all is called 100, only what is nothing is called 0. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 100 && share < 1) return '99%';
  if (whole === 0 && share > 0) return '1%';
  return `${whole}%`;
}

/** `1 in 4 writes`, `all writes`, `no writes`, `3 in 10 writes`. */
export function shareOfWrites(share: number): string {
  if (share <= 0) return 'no writes';
  if (share >= 1) return 'all writes';
  const oneIn = 1 / share;
  if (Math.abs(oneIn - Math.round(oneIn)) < 0.01) return `1 in ${Math.round(oneIn)} writes`;
  const inTen = share * 10;
  if (Math.abs(inTen - Math.round(inTen)) < 0.001) return `${Math.round(inTen)} in 10 writes`;
  return `${percent(share)} writes`;
}

/** `4.4 s` with tenths from the first moment on, so that it does not jump about; above 100 s `75 min`. */
export function elapsed(us: number): string {
  return us < 100_000_000 ? `${(Math.floor(us / 100_000) / 10).toFixed(1)} s` : `${Math.floor(us / 60_000_000)} min`;
}

/** What is not nothing is never called 0. */
function short(value: number): string {
  if (value > 0 && value < 0.05) return String(Number(value.toPrecision(1)));
  return value < 9.95 ? String(Number(value.toFixed(1))) : String(Math.round(value));
}

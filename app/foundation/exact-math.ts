// Logarithm and exponential from + - * / only: the same bits on every engine. The language leaves the last bit of Math.log
// and Math.exp open.

const LN2_HIGH = 0.6931471803691238; // fdlibm's split of ln 2: the high part has trailing zeros, so k * high is exact
const LN2_LOW = 1.9082149292705877e-10;
/** High and low word of the square root of 2, and what brings a high word at it to the next power of 2. */
const SQRT2_HIGH = 0x6a09e;
const SQRT2_LOW = 0x667f3bcd;
const TO_NEXT_POWER = 0x100000 - SQRT2_HIGH;

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
/** Index of the word that holds the exponent (1 on little-endian machines). */
const HIGH = (() => {
  bits[0] = 1;
  return words[1] === 0x3ff00000 ? 1 : 0;
})();
/** 2 to the power of 1023 - i, by halving: a number of binary exponent i - 1023 times this lies around 1, exactly. */
const TO_ONE = (() => {
  const powers = new Float64Array(2048);
  powers[1023] = 1;
  for (let i = 1024; i < powers.length; i++) powers[i] = (powers[i - 1] as number) / 2;
  for (let i = 1022; i > 0; i--) powers[i] = (powers[i + 1] as number) * 2;
  return powers;
})();

/**
 * Natural logarithm of a positive, normal number; error below 1 unit in the last place or two of Math.log.
 * Method: x = 2^k * m with m in [sqrt(1/2), sqrt(2)), ln m = 2 artanh(s), s = (m - 1) / (m + 1), series in s^2.
 */
export function ln(x: number): number {
  bits[0] = x;
  const high = words[HIGH] as number;
  // The exponent of the nearer power of 2, with neither a branch that chance decides nor a word written and read back.
  let exponent = (high + TO_NEXT_POWER) >>> 20;
  if ((high & 0x000fffff) === SQRT2_HIGH && (words[1 - HIGH] as number) < SQRT2_LOW) exponent--;
  const k = exponent - 1023;
  const m = x * (TO_ONE[exponent] as number);
  const s = (m - 1) / (m + 1);
  const z = s * s;
  // Estrin's scheme: the same terms as Horner's, in fewer steps that wait for each other.
  const z2 = z * z;
  const z4 = z2 * z2;
  const low = 1 / 3 + z * (1 / 5) + z2 * (1 / 7 + z * (1 / 9));
  const rest = 1 / 11 + z * (1 / 13) + z2 * (1 / 15 + z * (1 / 17)) + z4 * (1 / 19 + z * (1 / 21));
  const series = z * (low + z4 * rest);
  return k * LN2_HIGH + (2 * s + (2 * s * series + k * LN2_LOW));
}

/** Beyond these the result leaves the normal numbers: 0 below, Infinity above. */
const LEAST_EXPONENT = -708;
const MOST_EXPONENT = 709;
const LN2 = Math.LN2;

/**
 * e to the power of x; relative error a few units in the last place.
 * Method: x = k ln 2 + r with |r| <= ln 2 / 2, series in r (13 terms), then the exponent's bits.
 */
export function exp(x: number): number {
  if (x < LEAST_EXPONENT) return 0;
  if (x > MOST_EXPONENT) return Number.POSITIVE_INFINITY;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (r * sum) / n;
  bits[0] = 1;
  words[HIGH] = (k + 1023) << 20;
  return sum * (bits[0] as number);
}

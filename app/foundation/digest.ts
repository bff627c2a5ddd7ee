// The digest of a run: one number that differs as soon as one event differs. Two 32-bit lanes, mixed with every event.

export const DIGEST_WORDS = 2;

/** Mixes one event (time in whole microseconds, and up to two small integers) into the digest. */
export function mixDigest(digest: Int32Array, timeUs: number, a: number, b: number): void {
  const low = timeUs | 0;
  const high = (timeUs / 4294967296) | 0;
  let x = Math.imul((digest[0] as number) ^ low, 0x9e3779b1);
  x = Math.imul((x ^ (x >>> 15)) + a, 0x85ebca77);
  digest[0] = x ^ (x >>> 13);
  let y = Math.imul((digest[1] as number) ^ high ^ b, 0xc2b2ae3d);
  y = Math.imul((y ^ (y >>> 16)) + x, 0x27d4eb2f);
  digest[1] = y ^ (y >>> 14);
}

/** Sixteen hexadecimal digits. */
export const digestText = (digest: Int32Array): string =>
  Array.from(digest.subarray(0, DIGEST_WORDS), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

// HAProxy's mixing function (`full_hash`): Bob Jenkins' integer hash and one multiplication, on 32 bits.

/** The mixed bits of a number, as an unsigned 32-bit integer. */
export function mixed(key: number): number {
  let a = key | 0;
  a = (a + 0x7ed55d16 + (a << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = ((a + 0xd3a2646c) | 0) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3221225473) >>> 0;
}

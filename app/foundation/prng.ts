// Seeded random streams by name: sfc32 (Chris Doty-Humphrey, PractRand), integer arithmetic only. A stream is derived from
// (seed, element, purpose), so that adding an element does not change what the others draw.

/** Numbers that one stream needs in its Int32Array. */
export const STREAM_WORDS = 4;

/** FNV-1a over the UTF-16 code units of a text, 32 bits. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start | 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ (text.charCodeAt(i) & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (text.charCodeAt(i) >>> 8), 0x01000193);
  }
  return hash;
}

/** The next 32 bits of the stream at `offset` of `state`, as a signed integer. */
export function nextInt32(state: Int32Array, offset: number): number {
  const a = state[offset] as number;
  const b = state[offset + 1] as number;
  const c = state[offset + 2] as number;
  const counter = state[offset + 3] as number;
  const result = (((a + b) | 0) + counter) | 0;
  state[offset + 3] = (counter + 1) | 0;
  state[offset] = b ^ (b >>> 9);
  state[offset + 1] = (c + (c << 3)) | 0;
  state[offset + 2] = (((c << 21) | (c >>> 11)) + result) | 0;
  return result;
}

/** Fills the four words at `offset` for (seed, name); the first twelve numbers are thrown away to mix them. */
export function seedStream(state: Int32Array, offset: number, seed: number, name: string): void {
  state[offset] = hashText(name);
  state[offset + 1] = hashText(name, seed | 0);
  state[offset + 2] = seed | 0;
  state[offset + 3] = 1;
  for (let i = 0; i < 12; i++) nextInt32(state, offset);
}

/** A number in (0, 1), never 0 and never 1, from 32 bits. */
export const nextUniform = (state: Int32Array, offset: number): number =>
  ((nextInt32(state, offset) >>> 0) + 0.5) / 4294967296;

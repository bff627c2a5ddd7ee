// Bytes as text that survives in an address: base64 with `-` and `_`, without padding (RFC 4648, section 5). Pure, so that
// Node and the page write the same.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function toBase64Url(bytes: Uint8Array): string {
  const text: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at] as number, bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text.push(LETTERS[word >> 18] as string, LETTERS[(word >> 12) & 63] as string);
    if (b !== undefined) text.push(LETTERS[(word >> 6) & 63] as string);
    if (c !== undefined) text.push(LETTERS[word & 63] as string);
  }
  return text.join('');
}

const VALUES: ReadonlyMap<string, number> = new Map([...LETTERS].map((letter, value) => [letter, value]));

/** The bytes, or null with the place of the first letter that is none. A lone last letter holds no byte: it is none either. */
export function fromBase64Url(text: string): {
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly wrongAt: number;
} {
  if (text.length % 4 === 1) return { bytes: null, wrongAt: text.length - 1 };
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [word, bits, written] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const value = VALUES.get(text[at] as string);
    if (value === undefined) return { bytes: null, wrongAt: at };
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[written++] = (word >> bits) & 255;
  }
  return { bytes, wrongAt: -1 };
}

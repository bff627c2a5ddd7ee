// Text inside a PNG file: what the picture says, for those who do not see it. Source: PNG specification, third edition,
// sections 5.3 (chunks), 11.3.3.4 (iTXt) and annex D (CRC).
import { assert } from '../foundation/assert.ts';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** A chunk around its data: length, type, CRC. */
const FRAME = 12;

/** The file with one more text, right after its header. Throws when the bytes are no PNG. */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  const header = chunksOf(png)[0];
  assert(header !== undefined && header.type === 'IHDR', 'a PNG starts with its header');
  // Keyword, end, not compressed (2 bytes), no language, no translated keyword.
  const chunk = chunkOf('iTXt', [...utf8(keyword), 0, 0, 0, 0, 0, ...utf8(text)]);
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, header.end));
  result.set(chunk, header.end);
  result.set(png.subarray(header.end), header.end + chunk.length);
  return result;
}

/** The text under this keyword, or null. Reads what `withText` writes; compressed texts are passed over. */
export function textIn(png: Uint8Array, keyword: string): string | null {
  const start = utf8(`${keyword}\0`);
  for (const chunk of chunksOf(png)) {
    if (chunk.type !== 'iTXt' || !start.every((byte, index) => chunk.data[index] === byte)) continue;
    if (chunk.data[start.length] !== 0) continue;
    const language = chunk.data.indexOf(0, start.length + 2);
    const translated = language < 0 ? -1 : chunk.data.indexOf(0, language + 1);
    if (translated >= 0) return fromUtf8(chunk.data.subarray(translated + 1));
  }
  return null;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Where the next one starts. */
  readonly end: number;
}

function chunksOf(png: Uint8Array): readonly Chunk[] {
  assert(
    SIGNATURE.every((byte, index) => png[index] === byte),
    'the bytes are a PNG file',
  );
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + FRAME <= png.length) {
    const length = view.getUint32(at);
    const end = at + FRAME + length;
    if (end > png.length) break;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length), end });
    at = end;
  }
  return chunks;
}

function chunkOf(type: string, data: readonly number[]): Uint8Array {
  const chunk = new Uint8Array(FRAME + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(utf8(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** CRC-32 as PNG and zip use it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Half of a surrogate pair on its own becomes the replacement character. */
function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0) ?? 0;
    const code = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

const tail = (code: number): number => 0x80 | (code & 0x3f);

function fromUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let next = 1; next <= more; next++) code = (code << 6) | ((bytes[at + next] ?? 0) & 0x3f);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    at += more + 1;
  }
  return text;
}

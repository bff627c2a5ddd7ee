import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32, textIn, withText } from './png.ts';

// The smallest valid PNG: one transparent pixel.
const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

describe('text in a PNG file', () => {
  it.each(['Distributed: 3 hosts.', 'Größe, “quotes” and a 漢字 and 🙂', ''])(
    'comes back as it was written: %s',
    (text) => {
      const png = withText(PIXEL, 'Description', text);
      expect(textIn(png, 'Description')).toBe(text);
      expect(textIn(png, 'Other')).toBeNull();
    },
  );

  it('leaves the picture alone', () => {
    const png = withText(PIXEL, 'Description', 'a picture');
    const added = png.length - PIXEL.length;
    expect(png.subarray(0, 33)).toEqual(PIXEL.subarray(0, 33));
    expect(png.subarray(33 + added)).toEqual(PIXEL.subarray(33));
  });

  it('can hold several texts', () => {
    const png = withText(withText(PIXEL, 'Description', 'one'), 'Design', '{"version":1}');
    expect([textIn(png, 'Description'), textIn(png, 'Design')]).toEqual(['one', '{"version":1}']);
  });

  it('has the checksum that other programs compute', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);
    // zlib.crc32 came with Node 20.15 and 22.2; the value below is from there.
    const other = typeof zlibCrc32 === 'function' ? zlibCrc32(bytes) : crc32(bytes);
    expect(crc32(bytes)).toBe(other);
    expect(crc32(Uint8Array.from('123456789', (digit) => digit.charCodeAt(0)))).toBe(0xcbf43926);
  });

  it('is not put into what is no PNG', () => {
    expect(() => withText(new Uint8Array([1, 2, 3]), 'Description', 'x')).toThrow('PNG');
  });
});

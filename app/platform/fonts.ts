// The page's own font as CSS text with data URLs: a picture that stands alone must carry its font with it.

import italic from '@fontsource/b612/files/b612-latin-400-italic.woff2?url';
import regular from '@fontsource/b612/files/b612-latin-400-normal.woff2?url';
import bold from '@fontsource/b612/files/b612-latin-700-normal.woff2?url';

interface FontFile {
  readonly url: string;
  readonly weight: number;
  readonly style: 'normal' | 'italic';
}

const FILES: readonly FontFile[] = [
  { url: regular, weight: 400, style: 'normal' },
  { url: bold, weight: 700, style: 'normal' },
  { url: italic, weight: 400, style: 'italic' },
];

let loaded: Promise<string> | null = null;

/** The `@font-face` rules, read once from the page's own files. After a failure the next call tries again. */
export function loadFontFaces(): Promise<string> {
  loaded ??= Promise.all(FILES.map(fontFace)).then(
    (faces) => faces.join(''),
    (error: unknown) => {
      loaded = null;
      throw error;
    },
  );
  return loaded;
}

async function fontFace(file: FontFile): Promise<string> {
  const response = await fetch(file.url);
  if (!response.ok) throw new Error(`The font could not be read: ${response.status}.`);
  const data = base64(new Uint8Array(await response.arrayBuffer()));
  return `@font-face{font-family:B612;font-weight:${file.weight};font-style:${file.style};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

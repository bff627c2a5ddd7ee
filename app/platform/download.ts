// Hands a file to the person: the browser's own download, nothing leaves the machine.

export interface DownloadFile {
  /** With its ending: `distributed.png`. */
  readonly name: string;
  /** MIME type. */
  readonly type:
    | 'image/png'
    | 'image/svg+xml'
    | 'application/json'
    | 'text/csv'
    | 'text/markdown'
    | 'application/sarif+json';
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** How long the browser may take to start reading before the content is let go. */
const RELEASE_AFTER_MS = 60_000;

export function download(file: DownloadFile): void {
  const url = URL.createObjectURL(new Blob([file.content], { type: file.type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = file.name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER_MS);
}

/** A file name from a title: small letters, digits and dashes. */
export function fileName(title: string, ending: 'png' | 'svg' | 'json' | 'csv' | 'md' | 'sarif'): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${plain === '' ? 'design' : plain}.${ending}`;
}

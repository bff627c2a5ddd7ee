// How heavy the built page is, gzipped: what must arrive before the first picture, and each worker.
// Reads the folder that `vite build` wrote; the names come from its index.html and from vite.config.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface SizeRow {
  readonly name: string;
  readonly kB: number;
  readonly limitKB: number;
}

/** One row for each limit, kB of 1000 bytes. Throws if the folder has no built page. */
export function measureBundle(folder: string): SizeRow[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  const built = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const scripts = built.filter((file) => file.endsWith('.js'));
  const first = named.filter((file) => file.endsWith('.js'));
  const workers = scripts.filter((file) => file.startsWith('assets/worker-'));
  const lazy = scripts.filter((file) => !first.includes(file) && !workers.includes(file));
  if (first.length === 0) throw new Error(`${folder}/index.html names no script: is the page built?`);
  const total = (files: string[]) => files.reduce((sum, file) => sum + gzippedKB(join(folder, file)), 0);
  return [
    { name: 'initial JavaScript', kB: total(first), limitKB: 185 },
    { name: 'initial CSS', kB: total(named.filter((file) => file.endsWith('.css'))), limitKB: 12 },
    { name: 'lazy JavaScript', kB: total(lazy), limitKB: 350 },
    ...workers.map((file) => ({ name: `worker ${workerName(file)}`, kB: total([file]), limitKB: 60 })),
  ];
}

function gzippedKB(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length / 1000;
}

function workerName(file: string): string {
  return file.replace(/^assets\/worker-/, '').replace(/-[\w-]{8}\.js$/, '');
}

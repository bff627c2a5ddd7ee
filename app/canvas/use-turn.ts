// Whether the diagram is turned, and what turns it: loaded when the page is narrow, and only then.
import { use } from 'react';
import type { Turn } from './diagram.ts';
import { useOneColumn } from './viewport.ts';

let turning: Promise<Turn> | null = null;

/** Null on a wide page. On a narrow one the picture waits for what turns it, so that it is not drawn twice. */
export function useTurn(): Turn | null {
  const isNarrow = useOneColumn();
  if (!isNarrow) return null;
  turning ??= import('./upright.ts').then((module) => module.uprightDiagram);
  return use(turning);
}

// The classes of requests that a loss can deny, and how several are called by one word.

/** What a request wants: data, to store data, or a file that a web server has. */
export type Wish = 'read' | 'write' | 'static';

/**
 * What is denied for as long as an element is lost. `requests`: everything that is asked for, or all reads and writes where
 * only a file that nginx has itself is still answered.
 */
export type Denied = 'requests' | 'reads' | 'writes';

/** One word for what is denied of what is asked for; null for nothing, or only for files. */
export function deniedClass(denied: readonly Wish[], asked: readonly Wish[]): Denied | null {
  const isDenied = (wish: Wish) => denied.includes(wish);
  if (asked.length > 0 && asked.every(isDenied)) return 'requests';
  if (isDenied('read') && isDenied('write')) return 'requests';
  if (isDenied('read')) return 'reads';
  return isDenied('write') ? 'writes' : null;
}

// The log of a database as an observer sees it: which transaction stands at each position. A transaction is named by its
// position and the epoch that wrote it; an epoch is one server writing on from one place, so two logs that hold the same
// epoch hold the same transactions in it. (MariaDB's domain-server-sequence says the same with other words.)

export interface History {
  /** Positions 1 to `length` are written: the binlog of a primary, the relay log of a replica. */
  length: number;
  /** Epochs in order, and the first position of each. */
  readonly epochs: number[];
  readonly froms: number[];
  /** First position of each whole second of commit times, in order, and that second; only the newest are kept. */
  readonly secondFroms: number[];
  readonly seconds: number[];
}

export const NO_EPOCH = -1;
/** Positions older than so many seconds with writes count as written in the oldest second that is kept. */
const MOST_SECONDS = 4_096;

export const emptyHistory = (): History => ({ length: 0, epochs: [], froms: [], secondFroms: [], seconds: [] });

export const copyHistory = (history: History): History => ({
  length: history.length,
  epochs: history.epochs.slice(),
  froms: history.froms.slice(),
  secondFroms: history.secondFroms.slice(),
  seconds: history.seconds.slice(),
});

/** Writes the next position. Allocates only when the epoch or the second is a new one. */
export function append(history: History, epoch: number, second: number): number {
  const position = ++history.length;
  const { epochs, froms, seconds, secondFroms } = history;
  if (epochs[epochs.length - 1] !== epoch) {
    epochs.push(epoch);
    froms.push(position);
  }
  if (seconds[seconds.length - 1] !== second) {
    seconds.push(second);
    secondFroms.push(position);
    if (seconds.length > MOST_SECONDS) {
      seconds.splice(0, MOST_SECONDS / 2);
      secondFroms.splice(0, MOST_SECONDS / 2);
    }
  }
  return position;
}

/** Index of the run of positions that holds this one, or -1 before the first. */
function runOf(froms: readonly number[], position: number): number {
  let run = froms.length - 1;
  while (run >= 0 && (froms[run] as number) > position) run--;
  return run;
}

/** The epoch that wrote a position, NO_EPOCH for none. */
export const epochAt = (history: History, position: number): number =>
  position < 1 || position > history.length ? NO_EPOCH : (history.epochs[runOf(history.froms, position)] as number);

/** The whole second in which a position was committed. */
export function secondAt(history: History, position: number): number {
  const { seconds, secondFroms } = history;
  return seconds[Math.max(0, runOf(secondFroms, position))] ?? 0;
}

export const holds = (history: History, epoch: number, position: number): boolean =>
  epochAt(history, position) === epoch && epoch !== NO_EPOCH;

/** Positions up to here are the same transactions in both. */
export function commonLength(a: History, b: History): number {
  let common = 0;
  for (let run = 0; run < a.epochs.length && run < b.epochs.length; run++) {
    if (a.epochs[run] !== b.epochs[run]) break;
    const [endA, endB] = [endOf(a, run), endOf(b, run)];
    common = Math.min(endA, endB);
    if (endA !== endB) break;
  }
  return common;
}

/** Positions of `a` whose transaction is not the one that stands there in `b`. */
export function rowsApart(a: History, b: History): number {
  let shared = 0;
  for (let run = 0; run < a.epochs.length; run++) {
    const [from, end] = [a.froms[run] as number, endOf(a, run)];
    for (let other = 0; other < b.epochs.length; other++) {
      if (a.epochs[run] !== b.epochs[other]) continue;
      shared += Math.max(0, Math.min(end, endOf(b, other)) - Math.max(from, b.froms[other] as number) + 1);
    }
  }
  return a.length - shared;
}

const endOf = ({ froms, length }: History, run: number): number =>
  run + 1 < froms.length ? (froms[run + 1] as number) - 1 : length;

/** Forgets what lies behind `length`. */
export function truncate(history: History, length: number): void {
  if (length >= history.length) return;
  history.length = Math.max(0, length);
  const { epochs, froms, seconds, secondFroms } = history;
  while (froms.length > 0 && (froms[froms.length - 1] as number) > history.length) {
    froms.pop();
    epochs.pop();
  }
  while (secondFroms.length > 0 && (secondFroms[secondFroms.length - 1] as number) > history.length) {
    secondFroms.pop();
    seconds.pop();
  }
}

// What a bench group is made of: named measures, each a figure held against its bar.

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is demanded, as a person would say it, such as "at most 185". */
  readonly bar: string;
  /** `info` is a figure without a bar, such as a stress figure: stated, never failed. */
  readonly verdict: 'pass' | 'fail' | 'info';
}

/** Takes one or more figures; what they share (a build, a browser) is made once inside. A long one hands out each as it is ready. */
export type Measure = () => Promise<readonly Figure[]> | AsyncIterable<Figure>;

export async function* figuresOf(measure: Measure): AsyncGenerator<Figure> {
  const taken = measure();
  if (Symbol.asyncIterator in taken) yield* taken;
  else yield* await taken;
}

export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, bar: `at most ${limit}`, verdict: value <= limit ? 'pass' : 'fail' };
}

export function under(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, bar: `under ${limit}`, verdict: value < limit ? 'pass' : 'fail' };
}

export function atLeast(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, bar: `at least ${limit}`, verdict: value >= limit ? 'pass' : 'fail' };
}

export function stated(name: string, value: number, unit: string): Figure {
  return { name, value, unit, bar: 'stated', verdict: 'info' };
}

/** Something hoped for, beyond what is demanded: it is reached, or it is not. */
export function hoped(name: string, value: number, unit: string, goal: number): Figure {
  return { name, value, unit, bar: `goal ${goal}`, verdict: value >= goal ? 'pass' : 'info' };
}

/** Of something that must not happen. */
export function none(name: string, value: number, unit: string): Figure {
  return { name, value, unit, bar: 'none', verdict: value === 0 ? 'pass' : 'fail' };
}

/** The middle value; of an even number of them, the larger of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}

/**
 * What a piece of work costs one core, in milliseconds: the processor time of this program (helper threads included), so that
 * other programs on the same machine do not count.
 */
export function coreMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

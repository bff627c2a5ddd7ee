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

/** Takes one or more figures; what they share (a build, a browser) is made once inside. */
export type Measure = () => Promise<readonly Figure[]>;

export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, bar: `at most ${limit}`, verdict: value <= limit ? 'pass' : 'fail' };
}

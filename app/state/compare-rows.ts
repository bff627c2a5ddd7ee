// The difference of two runs on one clock, as rows of one table: what each side has come to, on one scale, and which is better.
import type { Design } from '../design/design.ts';
import { formatDuration, type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Outcomes, TraceWindow } from '../timeline/trace-window.ts';
import type { FindingsState } from './app.ts';

export interface Side {
  readonly window: TraceWindow;
  readonly design: Design;
  readonly findings: FindingsState;
  /** Of whole requests over the last ten seconds. */
  readonly p99Ms: number | null;
}

export interface CompareCell {
  readonly text: string;
  /** `of 412`; empty for nothing. */
  readonly note: string;
  /** Length of the bar, 0..1 of the row's scale; null without a figure. */
  readonly share: number | null;
  /** What the bar shows is a failure, is work done, or is neither. */
  readonly tone: 'work' | 'fail' | 'plain';
}

export interface CompareRow {
  readonly name: string;
  readonly note: string;
  readonly cells: readonly [CompareCell, CompareCell];
  /** Which of the two is better; null when they are the same or one is not known. */
  readonly better: 0 | 1 | null;
}

/** The first fault of the run, at or before a moment. */
export interface FirstFault {
  readonly atUs: Micros;
  /** `kill`, as in `since the kill`. */
  readonly noun: string;
}

const NOUNS: Partial<Record<Command['type'], string>> = {
  kill: 'kill',
  hang: 'hang',
  slow: 'slowdown',
  cut: 'cut',
  degrade: 'loss',
  flood: 'flood',
};

export function firstFaultOf(commands: readonly Command[], nowUs: Micros): FirstFault | null {
  let first: FirstFault | null = null;
  for (const { atUs, type } of commands) {
    const noun = NOUNS[type];
    if (noun !== undefined && atUs <= nowUs && (first === null || atUs < first.atUs)) first = { atUs, noun };
  }
  return first;
}

export function compareRows(left: Side, right: Side, fault: FirstFault | null, nowUs: Micros): readonly CompareRow[] {
  const sides = [left, right] as const;
  const fromUs = fault?.atUs ?? 0;
  const since = fault === null ? 'so far' : `since the ${fault.noun}`;
  const [one, other] = [left.window.outcomes(fromUs, nowUs), right.window.outcomes(fromUs, nowUs)];
  const silences = sides.map(({ window }) => longestSilence(window, fromUs, nowUs));
  return [
    parts(`Answered ${since}`, 'more is better', answeredOf(one), answeredOf(other)),
    parts(`Writes saved ${since}`, 'of those that ended, more is better', writesOf(one), writesOf(other)),
    least({
      name: 'Longest time without an answer',
      note: 'shorter is better',
      values: silences.map(({ seconds }) => seconds),
      words: (value, at) => `${value} s${silences[at]?.isOn ? ', and still' : ''}`,
      tone: 'fail',
    }),
    least({
      name: 'Slowest 1 in 100, last 10 s',
      note: 'shorter is better',
      values: sides.map(({ p99Ms }) => p99Ms),
      words: (value) => formatDuration(value * 1_000),
    }),
    least({
      name: 'Issues found',
      note: 'fewer is better',
      values: sides.map(({ findings }) =>
        findings.of > 0 && findings.done === findings.of ? findings.findings.length : null,
      ),
      words: String,
    }),
    least({
      name: 'Servers to pay for',
      note: 'fewer is better',
      values: sides.map(({ design }) => design.hosts.length),
      words: String,
    }),
  ];
}

interface Silence {
  /** Null while a second of it is not known. */
  readonly seconds: number | null;
  readonly isOn: boolean;
}

/** Whole seconds in a row in which no request was answered; still on when the last whole second is one of them. */
function longestSilence(window: TraceWindow, fromUs: Micros, nowUs: Micros): Silence {
  let [longest, run] = [0, 0];
  for (let index = Math.ceil(fromUs / SECOND); index < Math.floor(nowUs / SECOND); index++) {
    const second = window.second(index);
    if (second === undefined) return { seconds: null, isOn: false };
    run = second.answered + second.retried > 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return { seconds: longest, isOn: run > 2 };
}

export interface Part {
  readonly count: number;
  readonly of: number;
}

const answeredOf = ({ answered, retried, total }: Outcomes): Part => ({ count: answered + retried, of: total });
const writesOf = ({ writes, writesFailed }: Outcomes): Part => ({ count: writes - writesFailed, of: writes });

/** More is better, since as many came on both sides; both bars on the scale of the larger whole. */
export function parts(name: string, note: string, left: Part, right: Part): CompareRow {
  const scale = Math.max(1, left.of, right.of);
  const cell = ({ count, of }: Part): CompareCell => ({
    text: String(count),
    note: `of ${of}`,
    share: count / scale,
    tone: 'work',
  });
  const better = left.count === right.count ? null : left.count > right.count ? 0 : 1;
  return { name, note, cells: [cell(left), cell(right)], better };
}

export interface Least {
  readonly name: string;
  readonly note: string;
  readonly values: readonly (number | null)[];
  readonly words: (value: number, at: 0 | 1) => string;
  readonly tone?: 'fail';
}

/** Less is better. */
export function least({ name, note, values, words, tone }: Least): CompareRow {
  const [left = null, right = null] = values;
  const scale = Math.max(1e-9, left ?? 0, right ?? 0);
  const cell = (value: number | null, at: 0 | 1): CompareCell => ({
    text: value === null ? '--' : words(value, at),
    note: '',
    share: value === null ? null : value / scale,
    tone: tone ?? 'plain',
  });
  const better = left === null || right === null || left === right ? null : left < right ? 0 : 1;
  return { name, note, cells: [cell(left, 0), cell(right, 1)], better };
}

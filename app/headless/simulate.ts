// `npm run simulate -- FILE [--seconds N] [--format json|httplog|stats]`: runs a run {design, seed, commands}, or a recording of
// the real HAProxy, and prints JSON (every request, every change of what is alive or believed, metrics, digest), or what the
// load balancer would write as its log or its statistics. A list of arrivals is played to its end, other traffic for N s (60).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { problemText } from '../design/parse.ts';
import { fromSeconds } from '../foundation/micros.ts';
import { readRunFile } from './run-file.ts';
import { linesOf } from './simulate-lines.ts';

const DEFAULT_SECONDS = 60;
const MOST_SECONDS = 86_400;

/** Says what is wrong in clear sentences and ends with code 2. */
function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(2);
}

function argumentsGiven() {
  try {
    return parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' }, format: { type: 'string' } } });
  } catch (error) {
    return refuse([error instanceof Error ? error.message : String(error)]);
  }
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return refuse([`${file} cannot be read. Give a file with a run {design, seed, commands} or a recording.`]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse([`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

const { values, positionals } = argumentsGiven();
const [file] = positionals;
if (file === undefined)
  refuse(['Say which file: npm run simulate -- FILE [--seconds N] [--format json|httplog|stats]']);
const seconds = values.seconds === undefined ? DEFAULT_SECONDS : Number(values.seconds);
if (!(seconds > 0 && seconds <= MOST_SECONDS)) refuse([`--seconds must be a number up to ${MOST_SECONDS}.`]);
const format = values.format ?? 'json';
if (!['json', 'httplog', 'stats'].includes(format)) refuse(['--format must be json, httplog or stats.']);
const runnable = readRunFile(readJson(file));
if (!runnable.ok) refuse(runnable.problems.map((problem) => `${file}: ${problemText(problem)}`));
const lines = linesOf(runnable.value, fromSeconds(seconds), format);
if (lines === null) refuse([`${file}: the design has no load balancer, so there is no log and no statistics of one.`]);
process.stdout.write(`${lines.join('\n')}\n`);

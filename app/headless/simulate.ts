// `npm run simulate -- FILE [--seconds N]`: runs a run {design, seed, commands}, or a recording of the real HAProxy, and
// prints JSON: every request with its outcome, every change of what is alive and of what is believed of a server, the
// metrics, and the digest. A list of arrivals is played to its end, any other traffic for N seconds (60).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { problemText } from '../design/parse.ts';
import { fromSeconds } from '../foundation/micros.ts';
import { readRunFile } from './run-file.ts';
import { simulate } from './simulate-run.ts';

const DEFAULT_SECONDS = 60;
const MOST_SECONDS = 86_400;

/** Says what is wrong in clear sentences and ends with code 2. */
function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(2);
}

function argumentsGiven() {
  try {
    return parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
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
if (file === undefined) refuse(['Say which file: npm run simulate -- FILE [--seconds N]']);
const seconds = values.seconds === undefined ? DEFAULT_SECONDS : Number(values.seconds);
if (!(seconds > 0 && seconds <= MOST_SECONDS)) refuse([`--seconds must be a number up to ${MOST_SECONDS}.`]);
const runnable = readRunFile(readJson(file));
if (!runnable.ok) refuse(runnable.problems.map((problem) => `${file}: ${problemText(problem)}`));
console.log(JSON.stringify(simulate(runnable.value, fromSeconds(seconds)), null, 1));

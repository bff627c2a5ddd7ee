// The recordings of the real programs, counted: `npm run verify` prints the same verdicts check by check.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecording, readRecording } from '../../ground-truth/recording.ts';
import { verifyRecording } from '../../ground-truth/verify-recording.ts';
import { type Measure, none, stated } from './measure.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth');

export const recordings: Measure = async () => {
  let [passed, failed, notModelled] = [0, 0, 0];
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    if (!isRecording(input)) continue;
    const recording = readRecording(input);
    const rows = recording.ok ? verifyRecording(recording.value) : [];
    if (rows.length === 0 || rows.some(({ verdict }) => verdict === 'FAIL')) failed++;
    else if (rows.every(({ verdict }) => verdict === 'pass')) passed++;
    else notModelled++;
  }
  if (passed + failed === 0) throw new Error(`No recording was found in ${FOLDER}.`);
  return [
    none('recordings that fail', failed, 'recordings'),
    stated('  that pass', passed, 'recordings'),
    stated('  not modelled yet', notModelled, 'recordings'),
  ];
};

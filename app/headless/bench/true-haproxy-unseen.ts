// Recordings that the project does not contain: its own under other names, and new ones of an installed HAProxy, made in this
// very run with parameters drawn from a seed. Nothing may be keyed by a name, a file or a set of parameters.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecording, readRecording } from '../../ground-truth/recording.ts';
import { renamedRecording } from '../../ground-truth/renamed-recording.ts';
import { verifyRecording } from '../../ground-truth/verify-recording.ts';
import { findHaproxy, type Recorded } from '../recorder/record.ts';
import { MOST_STALL_MS, recordRedrawn } from '../recorder/record-redrawn.ts';
import { FAMILIES } from '../recorder/redrawn.ts';
import { atLeast, type Measure, none, stated } from './measure.ts';
import { Progress } from './progress.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth/haproxy');

function passes(input: unknown): boolean {
  const recording = readRecording(input);
  if (!recording.ok) return false;
  return verifyRecording(recording.value).every(({ verdict }) => verdict === 'pass');
}

export const renamedRecordings: Measure = async () => {
  let [right, wrong] = [0, 0];
  for (const file of readdirSync(FOLDER)) {
    if (!file.endsWith('.json')) continue;
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    if (!isRecording(input)) continue;
    if (passes(renamedRecording(input))) right++;
    else wrong++;
  }
  if (right + wrong === 0) throw new Error(`No recording was found in ${FOLDER}.`);
  return [
    none('recordings that fail under other names', wrong, 'recordings'),
    stated('  that pass, all servers and families renamed', right, 'recordings'),
  ];
};

/** With fewer, the machine was too busy for the figure to say anything. */
const LEAST_COUNTED = 32;

/** Another seed each day, so that nobody has seen them; printed, so that they can be made again. */
const seedOfToday = (): number => Math.floor(Date.now() / 86_400_000);

export const redrawnRecordings: Measure = async () => {
  const found = findHaproxy();
  if (found === null) {
    console.error('No HAProxy is installed (Debian: haproxy): no new recordings are made.');
    return [stated('new recordings of an installed HAProxy', 0, 'recordings')];
  }
  const seed = seedOfToday();
  const counts = { passed: 0, failed: 0, stalled: 0, stalledPassed: 0 };
  const recordings = FAMILIES.reduce((sum, { share }) => sum + share, 0);
  const progress = new Progress(`HAProxy ${found.version} under drawn parameters`, recordings, 'recordings');
  await recordRedrawn(found.program, seed, (recorded: Recorded) => {
    progress.at(counts.passed + counts.failed + counts.stalled);
    const isRight = passes(recorded);
    if (recorded.environment.stallMs > MOST_STALL_MS) {
      counts.stalled++;
      if (isRight) counts.stalledPassed++;
    } else if (isRight) counts.passed++;
    else {
      counts.failed++;
      console.error(`${recorded.name} (${recorded.family}) fails: npm run record -- --into FOLDER --seed ${seed}`);
    }
  });
  return [
    none(`new recordings of HAProxy ${found.version}, drawn parameters, that fail`, counts.failed, 'recordings'),
    atLeast(`  that pass, seed ${seed}`, counts.passed, 'recordings', LEAST_COUNTED),
    stated(`  held up by this machine for more than ${MOST_STALL_MS} ms, not counted`, counts.stalled, 'recordings'),
    stated('    that pass all the same', counts.stalledPassed, 'recordings'),
  ];
};

// The virtual IP held against the recordings of the real keepalived, counted: every entry of every recording's `expect`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyVrrp } from '../../ground-truth/verify-vrrp.ts';
import { isVrrpRecording, readVrrpRecording } from '../../ground-truth/vrrp-recording.ts';
import { atMost, type Measure, none, stated } from './measure.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth');
/** Of all entries, as the bar says. */
const MOST_UNDECIDED_SHARE = 0.03;

export const vrrpRecordings: Measure = async () => {
  let [recordings, passed, failed, undecided] = [0, 0, 0, 0];
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    if (!isVrrpRecording(input)) continue;
    const recording = readVrrpRecording(input);
    if (!recording.ok) throw new Error(`${name}: ${recording.problems[0]?.reason}`);
    recordings++;
    for (const { verdict } of verifyVrrp(recording.value)) {
      if (verdict === 'pass') passed++;
      else if (verdict === 'FAIL') failed++;
      else undecided++;
    }
  }
  if (recordings === 0) throw new Error(`No recording of keepalived was found in ${FOLDER}.`);
  return [
    none('expectations of keepalived recordings that fail', failed, 'entries'),
    stated('  that pass', passed, 'entries'),
    stated('  in recordings', recordings, 'recordings'),
    atMost('  undecided', (undecided / (passed + failed + undecided)) * 100, '%', MOST_UNDECIDED_SHARE * 100),
  ];
};

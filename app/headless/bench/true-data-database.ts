// What is held against the real MariaDB, counted: `npm run verify` prints the same, entry by entry.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDatabaseRecording, readDatabaseRecording } from '../../ground-truth/database-recording.ts';
import { verifyDatabase } from '../../ground-truth/verify-database.ts';
import { type Measure, none, stated } from './measure.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth/database');

/** Every entry of every recording's `expect`. */
export const databaseTruth: Measure = async () => {
  let [files, passed, failed] = [0, 0, 0];
  for (const name of readdirSync(FOLDER)) {
    if (!name.endsWith('.json')) continue;
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    if (!isDatabaseRecording(input)) continue;
    const recording = readDatabaseRecording(input);
    if (!recording.ok) throw new Error(`${name}: ${recording.problems[0]?.reason ?? ''}`);
    files++;
    for (const { verdict } of verifyDatabase(recording.value)) {
      if (verdict === 'pass') passed++;
      else failed++;
    }
  }
  if (files === 0) throw new Error(`No recording of the database was found in ${FOLDER}.`);
  return [
    none('expectations of the database that fail', failed, 'entries'),
    stated('  pass', passed, 'entries'),
    stated('  recordings', files, 'files'),
  ];
};

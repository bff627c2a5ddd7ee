// `npm run record -- --into FOLDER [--seed N]`: puts an installed HAProxy through scenarios of the families that the project
// knows, with parameters drawn from the seed, and writes what it did as recordings. `npm run verify -- FOLDER` replays them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findHaproxy } from './recorder/record.ts';
import { recordRedrawn } from './recorder/record-redrawn.ts';

const { values } = parseArgs({ options: { into: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? 1);
if (values.into === undefined || !Number.isInteger(seed)) {
  console.error('Give a folder with --into, and a whole number with --seed.');
  process.exit(2);
}
const found = findHaproxy();
if (found === null) {
  console.error(
    'No HAProxy is installed. The recordings of this project were made with 2.6.12 (Debian 12: apt install haproxy).',
  );
  process.exit(1);
}
mkdirSync(values.into, { recursive: true });
let count = 0;
const into = values.into;
await recordRedrawn(found.program, seed, (recorded) => {
  const name = `redrawn-${seed}-${String(++count).padStart(2, '0')}.json`;
  writeFileSync(join(into, name), `${JSON.stringify(recorded)}\n`);
});
console.log(`${count} recordings of HAProxy ${found.version} in ${values.into}`);

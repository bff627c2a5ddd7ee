// `npm run size`: prints how heavy the page in dist/ is, and fails if a part is over its limit.
import { measureBundle } from './bundle-size.ts';

const rows = measureBundle('dist');
for (const { name, kB, limitKB } of rows) {
  const verdict = kB <= limitKB ? 'ok' : 'TOO HEAVY';
  console.log(`${name.padEnd(24)} ${kB.toFixed(1).padStart(7)} kB gzipped, at most ${limitKB}  ${verdict}`);
}
process.exitCode = rows.every(({ kB, limitKB }) => kB <= limitKB) ? 0 : 1;

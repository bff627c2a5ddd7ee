// `npm run bench [-- --only NAME [--rows 1,4-6]] [--json]`: prints one line for each figure as soon as it is ready, and fails if
// one falls short of its bar. What takes minutes says on standard error how far it is. A row is a measure of the group, in the
// order of its list; one measure may print several figures.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { groups } from './bench/groups.ts';
import { type Figure, figuresOf, type Measure } from './bench/measure.ts';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, rows: { type: 'string' }, json: { type: 'boolean' } },
});

if (options.only !== undefined && !Object.hasOwn(groups, options.only)) {
  console.error(`No group "${options.only}". There are: ${Object.keys(groups).join(', ')}.`);
  process.exit(1);
}

/** The rows that `1,4-6` names, counted from 1; all without it. Ends the program where it names none that exists. */
function chosenRows(measures: readonly Measure[]): readonly Measure[] {
  if (options.rows === undefined) return measures;
  const chosen = options.rows.split(',').flatMap((part) => {
    const [from = '', to = from] = part.split('-');
    return measures.slice(Math.max(0, Number(from) - 1), Number(to));
  });
  if (options.only === undefined || chosen.length === 0) {
    console.error(
      `--rows goes with --only and names rows of that group, such as 1 or 2,4-6. It has ${measures.length}.`,
    );
    process.exit(1);
  }
  return chosen;
}

function print(group: string, figure: Figure): void {
  if (options.json) {
    console.log(JSON.stringify({ group, ...figure }));
    return;
  }
  const value = Number.isInteger(figure.value) ? String(figure.value) : figure.value.toPrecision(4);
  console.log(
    `${group}  ${figure.name.padEnd(56)} ${value.padStart(10)} ${figure.unit.padEnd(12)} ${figure.bar.padEnd(20)} ${figure.verdict}`,
  );
}

const [load = 0] = loadavg();
if (load > availableParallelism()) {
  console.error(`This machine is busy (load ${load.toFixed(1)}): frames and times will look worse than they are.`);
}

let taken = 0;
let short = 0;
for (const [group, measures] of Object.entries(groups)) {
  if (options.only !== undefined && group !== options.only) continue;
  for (const measure of chosenRows(measures)) {
    for await (const figure of figuresOf(measure)) {
      print(group, figure);
      taken += 1;
      if (figure.verdict === 'fail') short += 1;
    }
  }
}
process.exitCode = taken > 0 && short === 0 ? 0 : 1;

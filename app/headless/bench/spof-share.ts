// A share of the sites that the static single points of failure are held against, in a process of its own:
// `spof-share.ts LAW FIRST STEP SITES`. LAW is `ways` (brute force), `runs` (the simulation: killed and cut) or `hangs` (stopped). Sends word of each site.
import { againstEveryWay, againstRuns, type Comparison, smallSites } from '../../ground-truth/spof-laws.ts';

const COMPARE: Readonly<Record<string, (index: number) => Comparison>> = {
  ways: againstEveryWay,
  runs: (index) => againstRuns(index, Number.POSITIVE_INFINITY, ['kill', 'cut']),
  hangs: (index) => againstRuns(index, Number.POSITIVE_INFINITY, ['hang']),
};

const [law = '', ...numbers] = process.argv.slice(2);
const [first = 0, step = 1, sites = 0] = numbers.map(Number);
const indices = law === 'ways' ? smallSites(sites) : Array.from({ length: sites }, (_, index) => index);

for (let at = first; at < indices.length; at += step) {
  const index = indices[at] as number;
  process.send?.(COMPARE[law]?.(index) satisfies Comparison | undefined);
}
process.disconnect?.();

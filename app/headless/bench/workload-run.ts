// One workload in a process of its own, as a page has a worker of its own: `workload-run.ts W1|W2|W3 REQUESTS SEED`. Prints user
// time beside the result, after a warm-up in which the compiler settles. It does so in two worlds: what it takes for granted
// about the objects of the first, it finds out with the second, and compiles nearly everything once more.
import { playWorkload, type Workload } from './workloads.ts';

const [name, requests, seed] = process.argv.slice(2) as [Workload, string, string];
const WARM_UP = 500_000;

playWorkload(name, WARM_UP, 0);
playWorkload(name, WARM_UP, 0);
const before = process.cpuUsage();
const result = playWorkload(name, Number(requests), Number(seed));
const cpuS = process.cpuUsage(before).user / 1e6;
console.log(JSON.stringify({ ...result, cpuS }));

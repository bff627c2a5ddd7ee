// How fast the complete engine is beside SimPy on the same work, in one run; and whether its means are theory's.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScript } from './bundle-script.ts';
import { atLeast, type Figure, median, stated } from './measure.ts';
import { Progress } from './progress.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

const ROUNDS = 3;
const REQUESTS = 1_000_000;
const PEER_REQUESTS = 200_000;
const LEAST_TIMES_FASTER = 8;
const SCRIPT = new URL('./workload-run.ts', import.meta.url);
const PEER = fileURLToPath(new URL('./peers/simpy_models.py', import.meta.url));
const PYTHONS = ['/usr/bin/python3', 'python3'];
/** Mean time in the system and the standard deviation of a mean of n requests times the root of n (mm1, round_robin). */
const THEORY = { W1: { meanS: 5, sd: 46.15 }, W2: { meanS: 0.060_05, sd: 0.2224 } } as const;

interface Timed {
  readonly requests: number;
  readonly meanS: number;
  readonly cpuS: number;
}

function ours(script: string, name: Workload, seed: number): Timed & { readonly events: number } {
  const words = [script, name, String(REQUESTS), String(seed)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} did not run: ${stderr}`);
  return JSON.parse(stdout);
}

/** A Python with SimPy 3, or null. */
function findPeer(): string | null {
  const asks = ['-c', 'import simpy; assert simpy.__version__.startswith(("3.", "4."))'];
  return PYTHONS.find((python) => spawnSync(python, asks).status === 0) ?? null;
}

function peer(python: string, name: Workload, seed: number): Timed {
  const words = [PEER, name, String(PEER_REQUESTS), String(seed)];
  const { status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`SimPy did not run ${name}: ${stderr}`);
  return JSON.parse(stdout);
}

const perRequestUs = ({ cpuS, requests }: Timed): number => (cpuS / requests) * 1e6;

export async function* besideSimPy(): AsyncGenerator<Figure> {
  const python = findPeer();
  if (python === null) console.error('SimPy 3 is not installed (Debian: python3-simpy3): its rows are skipped.');
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
  try {
    const script = join(folder, 'workload.mjs');
    writeFileSync(script, await bundleScript(join(folder, 'built'), SCRIPT));
    for (const name of WORKLOADS) yield* workloadFigures(script, name, python);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function workloadFigures(script: string, name: Workload, python: string | null): Figure[] {
  const progress = new Progress(name, ROUNDS, 'rounds');
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    progress.at(round);
    const own = ours(script, name, round + 1);
    return { own, other: python === null ? null : peer(python, name, round + 1) };
  });
  const owns = rounds.map(({ own }) => own);
  const figures = [
    stated(`${name}, complete engine`, median(owns.map(perRequestUs)), 'us/request'),
    stated(`  events`, median(owns.map(({ events, cpuS }) => events / cpuS)), 'events/s'),
  ];
  const ratios = rounds.flatMap(({ own, other }) => (other === null ? [] : [perRequestUs(other) / perRequestUs(own)]));
  if (ratios.length > 0) {
    const others = rounds.flatMap(({ other }) => (other === null ? [] : [perRequestUs(other)]));
    figures.push(stated('  SimPy', median(others), 'us/request'));
    figures.push(atLeast(`  faster than SimPy, median of ${ROUNDS}`, median(ratios), 'times', LEAST_TIMES_FASTER));
  }
  return [...figures, ...meanFigures(name, owns)];
}

/** All rounds together, within three standard errors of theory. W3 has no formula: stated. */
function meanFigures(name: Workload, owns: readonly Timed[]): Figure[] {
  const mean = owns.reduce((sum, own) => sum + own.meanS, 0) / owns.length;
  if (name === 'W3') return [stated('  mean time in the system', mean, 's')];
  const { meanS, sd } = THEORY[name];
  const error = sd / Math.sqrt(ROUNDS * REQUESTS);
  const isNear = Math.abs(mean - meanS) <= 3 * error;
  const bar = `${meanS} +- ${(3 * error).toPrecision(2)}`;
  return [{ name: '  mean time in the system', value: mean, unit: 's', bar, verdict: isNear ? 'pass' : 'fail' }];
}

// Runs that went through a link, by number, and what they came to: the same in Node and in a worker of a browser.
import { behaviours } from '../../catalogue/kinds.ts';
import type { Design } from '../../design/design.ts';
import { BUILT_IN_IDS, builtInDesign } from '../../designs/built-in.ts';
import { largeDesign } from '../../designs/large-design.ts';
import type { SharedRun } from '../../exchange/link.ts';
import { fragmentOf, runOfHash, textOf } from '../../platform/run-link.ts';
import type { Command } from '../../simulation/command.ts';
import { ENGINE_VERSION } from '../../simulation/engine-version.ts';
import type { Run } from '../../simulation/run.ts';
import { Timeline } from '../../timeline/timeline.ts';

const SECONDS = 40;
const COMMANDS = 10;

export interface LinkedDigest {
  /** Of the run itself, and of what its link opens to; null when the link does not open. */
  readonly direct: string;
  readonly linked: string | null;
  /** Letters of the whole link, with a name of usual length before it. */
  readonly letters: number;
}

/** Built-in designs in both timings, then a design of 30 hosts, which a link carries in full. */
const DESIGNS: readonly (() => Design)[] = [
  ...BUILT_IN_IDS.flatMap((id) => [() => builtInDesign(id, 'classroom'), () => builtInDesign(id, 'realistic')]),
  () => largeDesign(30),
];
export const LINKED_RUNS = DESIGNS.length;
/** Of the classic design with ten commands, by number: the one that the bar on the length is about. */
export const CLASSIC = 2 * BUILT_IN_IDS.indexOf('distributed');

/** Ten commands of every sort that there is, at times to the microsecond. */
function commandsFor({ hosts, components, links }: Design): readonly Command[] {
  const balancer = components.find((one) => one.kind === 'load-balancer');
  const part = (at: number) => components[at % components.length]?.id ?? '';
  const line = links.find((one) => one.protocol === 'http')?.id ?? '';
  const host = hosts.at(-1)?.id ?? '';
  const all: readonly Command[] = [
    { atUs: 4_123_457, type: 'kill', target: host },
    { atUs: 8_923_001, type: 'repair', target: host },
    { atUs: 11_004_913, type: 'hang', target: part(1) },
    { atUs: 13_333_333, type: 'slow', target: part(2), factor: 10 },
    { atUs: 17_700_019, type: 'cut', target: line },
    { atUs: 19_800_777, type: 'repair', target: line, fault: 'cut' },
    { atUs: 22_100_077, type: 'degrade', target: line, lossShare: 0.1, delayMs: 200 },
    { atUs: 25_000_001, type: 'flood', target: 'users', rateRps: 40 },
    { atUs: 30_808_081, type: 'reconfigure', target: 'users', patch: { rateRps: 6.5, writeShare: 0.4 } },
    balancer === undefined
      ? { atUs: 33_234_567, type: 'repair', target: 'users' }
      : { atUs: 33_234_567, type: 'reconfigure', target: balancer.id, patch: { servers: { 0: { weight: 3 } } } },
  ];
  return all.slice(0, COMMANDS);
}

function sharedRun(index: number): SharedRun {
  const design = (DESIGNS[index] as () => Design)();
  const acts = commandsFor(design).map((command) => ({
    label: `${command.type} ${command.target}`,
    commands: [command],
  }));
  return { design, seed: 4 + index, acts, atUs: 31_400_000, engine: ENGINE_VERSION };
}

const runOf = ({ design, seed, acts }: SharedRun): Run => ({
  design,
  seed,
  commands: acts.flatMap((act) => act.commands),
});

/** Letters before the `#`, with a name of usual length. */
export const PLACE = 'https://spofcheck.example.org/'.length;

/** `#run=...` */
export const linkOf = async (index: number): Promise<string> => `#${await fragmentOf(textOf(sharedRun(index)))}`;

/** The classic design with its ten commands, beside the largest built-in one. */
export async function comparedLink(): Promise<string> {
  const beside = { type: 'design', id: 'scaled-up' } as const;
  return `#${await fragmentOf(textOf({ ...sharedRun(CLASSIC), beside }))}`;
}

export async function linkedRun(index: number): Promise<LinkedDigest> {
  const run = sharedRun(index);
  const link = await linkOf(index);
  const opened = await runOfHash(link);
  const letters = PLACE + link.length;
  return { direct: digestOf(runOf(run)), linked: opened.ok ? digestOf(runOf(opened.value)) : null, letters };
}

function digestOf(run: Run): string {
  const timeline = new Timeline(run, behaviours, structuredClone);
  let digest = '';
  for (let second = 0; second < SECONDS; second++) ({ digest } = timeline.chunk(second));
  return digest;
}

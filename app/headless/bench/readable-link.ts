// The link: how long it is, whether it opens to the same run in Node and in Chromium, and what becomes of broken ones.
import { Dice } from '../../foundation/dice.ts';
import { fragmentOf, runOfHash } from '../../platform/run-link.ts';
import { inChromium } from './in-chromium.ts';
import { CLASSIC, comparedLink, LINKED_RUNS, type LinkedDigest, linkedRun, linkOf, PLACE } from './linked-runs.ts';
import { atMost, type Figure, type Measure, none, stated } from './measure.ts';

const MUTATED = 10_000;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= %#\u00e9\u0000'];

export const links: Measure = async () => {
  const indices = Array.from({ length: LINKED_RUNS }, (_, index) => index);
  const inNode: LinkedDigest[] = [];
  for (const index of indices) inNode.push(await linkedRun(index));
  const inBrowser = await inChromium<LinkedDigest>(new URL('./page/link-worker.ts', import.meta.url), indices);
  const isSame = (index: number) => {
    const [node, browser] = [inNode[index], inBrowser[index]];
    return node?.linked === node?.direct && browser?.linked === node?.direct && browser?.direct === node?.direct;
  };
  return [
    atMost('link of the classic design with ten commands', inNode[CLASSIC]?.letters ?? Number.NaN, 'characters', 2_000),
    stated('  link of a design of 30 servers, carried in full', inNode.at(-1)?.letters ?? Number.NaN, 'characters'),
    none(
      `links to other digests, Node and Chromium, ${LINKED_RUNS} runs`,
      indices.filter((at) => !isSame(at)).length,
      'runs',
    ),
    stated('  with another design beside it', PLACE + (await comparedLink()).length, 'characters'),
    ...(await mutated('links', await linkOf(CLASSIC))),
    ...(await mutated('links to comparisons', await comparedLink())),
    ...(await bomb()),
  ];
};

async function mutated(what: string, link: string): Promise<readonly Figure[]> {
  const dice = new Dice(11, 'mutated links');
  let [opened, silent, slowestMs] = [0, 0, 0];
  for (let round = 0; round < MUTATED; round++) {
    const broken = mutate(link, dice);
    const sinceMs = performance.now();
    const result = await runOfHash(broken).catch(() => null);
    slowestMs = Math.max(slowestMs, performance.now() - sinceMs);
    const [problem] = result === null || result.ok ? [] : result.problems;
    if (result?.ok === true) opened++;
    else if (!/\S\.$/.test(problem?.reason ?? '') || !/\S\.$/.test(problem?.repair ?? '')) silent++;
  }
  return [
    none(`mutated ${what} without a sentence, of ${MUTATED}`, silent, 'links'),
    stated('  of them still open to a run', opened, 'links'),
    stated('  slowest of them', slowestMs, 'ms'),
  ];
}

function mutate(link: string, dice: Dice): string {
  let mutated = link;
  for (let edits = dice.whole(1, 4); edits > 0; edits--) {
    const at = dice.whole(5, mutated.length - 1);
    mutated = mutated.slice(0, at) + (dice.chance(0.3) ? '' : dice.one(LETTERS)) + mutated.slice(at + dice.whole(0, 2));
  }
  return mutated;
}

/** Few letters that stand for 200 MB. */
async function bomb(): Promise<readonly Figure[]> {
  const link = `#${await fragmentOf(' '.repeat(200_000_000))}`;
  const result = await runOfHash(link);
  return [none('links that unpack to more than 4 MB and are read', result.ok ? 1 : 0, 'links')];
}

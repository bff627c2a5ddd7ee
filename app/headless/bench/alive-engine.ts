// What the engine and the pure floors cost in Node, in time of one core: events a second, seeks, SVG text, and broken files.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawKind } from '../../catalogue/figures.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { kindSchemas } from '../../catalogue/schemas.ts';
import { brokenFile } from '../../design/broken-files.ts';
import type { Design } from '../../design/design.ts';
import { parseDesign } from '../../design/parse.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { figuresOf } from '../../drawing/figures.ts';
import { EXPORT } from '../../drawing/palette.ts';
import { scene } from '../../drawing/scene.ts';
import { sheet } from '../../exchange/sheet.ts';
import { svgText } from '../../exchange/svg.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../../foundation/prng.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { sampleOf, sampleSheet } from '../draw-samples.ts';
import { atLeast, coreMs, type Measure, median, none, stated, under } from './measure.ts';

const TRIALS = 5;
const BUSY_RPS = 1_000;
/** So many that no request waits: what is measured is the engine, not a full queue. */
const MANY_WORKERS = 200;
const BUSY_SECONDS = 20;

export function busyDesign(): Design {
  const design = distributedDesign('realistic');
  return {
    ...design,
    traffic: { ...design.traffic, rateRps: BUSY_RPS },
    components: design.components.map((component) =>
      component.kind === 'app-server'
        ? { ...component, config: { ...component.config, workers: MANY_WORKERS } }
        : component,
    ),
  };
}

/** Events a second through the timeline, as the page's worker does it: traced, with its checkpoints. */
export function tracedRate(design: Design, seed: number, seconds: number) {
  const timeline = new Timeline({ design, seed, commands: [] }, behaviours, structuredClone);
  const ms = coreMs(() => {
    for (let second = 0; second < seconds; second++) timeline.chunk(second);
  });
  const { totals, events } = timeline.world;
  return { rate: (events / ms) * 1_000, answeredShare: totals.answered / (totals.started || 1), events };
}

export const eventRate: Measure = async () => {
  const trial = (seed: number) => tracedRate(busyDesign(), seed, BUSY_SECONDS);
  trial(0); // what a worker has compiled after its first seconds
  const trials = Array.from({ length: TRIALS }, (_, index) => trial(index + 1));
  const rates = trials.map(({ rate }) => rate);
  return [
    atLeast(`engine at 1,000 req/s, traced, median of ${TRIALS}`, Math.round(median(rates)), 'events/s', 500_000),
    stated(`engine at 1,000 req/s, traced, best of ${TRIALS}`, Math.round(Math.max(...rates)), 'events/s'),
    stated(`  answered, with ${MANY_WORKERS} workers a server`, trials[0]?.answeredShare ?? 0, 'share'),
    stated(`  events in ${BUSY_SECONDS} s of the run`, trials[0]?.events ?? 0, 'events'),
  ];
};

const RUN_SECONDS = 600;
const SEEKS = 60;

/** The worst of random seeks in a run of ten minutes that has been lived to its end. Nothing of it is on the page. */
export const seeks: Measure = async () => {
  const design = distributedDesign('realistic');
  const run = { design: { ...design, traffic: { ...design.traffic, rateRps: 40 } }, seed: 7, commands: [] };
  const timeline = new Timeline(run, behaviours, structuredClone);
  for (let second = 0; second < RUN_SECONDS; second++) timeline.chunk(second);
  const words = new Int32Array(STREAM_WORDS);
  seedStream(words, 0, 1, 'bench/seeks');
  const took = Array.from({ length: SEEKS }, () => {
    const second = Math.floor(nextUniform(words, 0) * RUN_SECONDS);
    return coreMs(() => timeline.chunk(second));
  });
  return [
    under(`seek in a 10 min run at 40 req/s, worst of ${SEEKS}`, Math.max(...took), 'ms', 150),
    stated('  median of these', median(took), 'ms'),
    stated('  checkpoints held', timeline.checkpointCount, 'checkpoints'),
  ];
};

/** The sheet with everything on it, from the design to the text, with its fonts. */
export const svgSpeed: Measure = async () => {
  const find = createRequire(import.meta.url);
  const data = readFileSync(find.resolve('@fontsource/b612/files/b612-latin-400-normal.woff2')).toString('base64');
  const fontFaces = `@font-face{font-family:B612;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
  let characters = 0;
  const once = () => {
    const sample = sampleOf(distributedDesign('classroom'), 'killed');
    const figures = figuresOf(sample.design, sample.readings, drawKind);
    const picture = sheet(scene(sample.design, figures, { ...sample.state, title: null }), sampleSheet(sample));
    characters = svgText(picture, { colours: EXPORT, ground: 'ground', fontFaces }).length;
  };
  const first = coreMs(once);
  const rest = Array.from({ length: TRIALS }, () => coreMs(once));
  return [
    under(`SVG text of the sheet, median of ${TRIALS}`, median(rest), 'ms', 20),
    stated('  the first one, nothing compiled', first, 'ms'),
    stated('  its length', characters, 'characters'),
  ];
};

const BROKEN_FILES = 1_000;

/** Broken design files: each is refused with a reason, or accepted and valid, and none takes long. */
export const brokenFiles: Measure = async () => {
  const design = distributedDesign('classroom');
  let [crashes, refused, accepted, mute, slowest] = [0, 0, 0, 0, 0];
  for (let index = 0; index < BROKEN_FILES; index++) {
    const ms = coreMs(() => {
      try {
        const result = parseDesign(brokenFile(design, index), kindSchemas);
        if (result.ok) parseDesign(plain(result.value), kindSchemas).ok ? accepted++ : mute++;
        else if (result.problems.length > 0 && result.problems.every((one) => one.reason !== '')) refused++;
        else mute++;
      } catch {
        crashes++;
      }
    });
    slowest = Math.max(slowest, ms);
  }
  return [
    none(`crashes in ${BROKEN_FILES} broken files`, crashes, 'files'),
    none('  refused without a reason, or accepted and not valid', mute, 'files'),
    stated('  refused with a reason', refused, 'files'),
    stated('  accepted and valid', accepted, 'files'),
    stated('  the slowest', slowest, 'ms'),
  ];
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

// Writes a built-in design as SVG, so that the pictures can be looked at without the page:
// npx tsx app/headless/draw.ts distributed out.svg [light|dark|export] [healthy|killed|standby] [sheet]
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawKind, takeLateFigures } from '../catalogue/figures.ts';
import { LATE_FIGURES } from '../catalogue/late-figures.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { scaledUpDesign } from '../designs/scaled-up.ts';
import { securedDesign } from '../designs/secured.ts';
import { simpleDesign } from '../designs/simple.ts';
import { figuresOf } from '../drawing/figures.ts';
import { THEMES, type Theme } from '../drawing/palette.ts';
import { scene } from '../drawing/scene.ts';
import { sheet } from '../exchange/sheet.ts';
import { svgText } from '../exchange/svg.ts';
import { sampleOf, sampleSheet } from './draw-samples.ts';

const [name = 'distributed', target = `${name}.svg`, theme = 'light', moment = 'healthy', form = 'diagram'] =
  process.argv.slice(2);

const find = createRequire(import.meta.url);
const face = (file: string, weight: number, style: string): string => {
  const data = readFileSync(find.resolve(`@fontsource/b612/files/b612-latin-${file}.woff2`)).toString('base64');
  return `@font-face{font-family:B612;font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
};
const fontFaces = [
  face('400-normal', 400, 'normal'),
  face('700-normal', 700, 'normal'),
  face('400-italic', 400, 'italic'),
];

takeLateFigures(LATE_FIGURES);
const DESIGNS = {
  simple: simpleDesign,
  distributed: distributedDesign,
  secured: securedDesign,
  'scaled-up': scaledUpDesign,
} as const;
const plain = DESIGNS[name as keyof typeof DESIGNS]('classroom');
const sample = sampleOf(plain, moment);
const figures = figuresOf(sample.design, sample.readings, drawKind);
const colours = THEMES[theme as Theme];
const picture =
  form === 'sheet'
    ? sheet(scene(sample.design, figures, { ...sample.state, title: null }), sampleSheet(sample))
    : scene(sample.design, figures, sample.state);
const options = { colours, ground: 'ground', fontFaces: fontFaces.join('') } as const;
const before = process.hrtime.bigint();
const text = svgText(picture, options);
const tookMs = Number(process.hrtime.bigint() - before) / 1e6;
writeFileSync(target, text);
process.stdout.write(`${target}: ${text.length} characters in ${tookMs.toFixed(1)} ms\n`);

// Makes the files of the blast radius and hands them to the browser to keep.
import { EXPORT } from '../drawing/palette.ts';
import { svgText } from '../exchange/svg.ts';
import { download, fileName } from '../platform/download.ts';
import { loadFontFaces } from '../platform/fonts.ts';
import { rasterise } from '../platform/rasterise.ts';
import type { App } from './app.ts';
import { blastCsv, blastPicture } from './blast-files.ts';
import type { BlastOrder } from './blast-order.ts';
import type { BlastTable } from './blast-room.ts';

const nameOf = ({ design, how }: BlastTable): string => `blast radius ${how} ${design.title}`;

export async function exportCsv(app: App, table: BlastTable, order: BlastOrder): Promise<void> {
  const content = blastCsv(table, order, app.findings.getState().findings);
  download({ name: fileName(nameOf(table), 'csv'), type: 'text/csv', content });
  app.hand.setState({ notice: 'The CSV is made and handed to the browser.' });
}

export async function exportPng(app: App, table: BlastTable, order: BlastOrder): Promise<void> {
  const { design, seed } = table;
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const foot = `Made with Spofcheck. ${design.timings} timings, ${design.traffic.rateRps} requests a second, seed ${seed}, ${date}`;
  const picture = blastPicture(table, order, app.findings.getState().findings, foot);
  const svg = svgText(picture, { colours: EXPORT, ground: 'ground', fontFaces: await loadFontFaces() });
  const { width, height } = picture.size;
  const made = await rasterise({ svg, width, height, scale: 2, textAlternative: picture.textAlternative });
  if (!made.ok) {
    app.hand.setState({ refusal: `The PNG could not be made. The CSV has every figure of it.` });
    return;
  }
  download({ name: fileName(nameOf(table), 'png'), type: 'image/png', content: made.value });
  app.hand.setState({ notice: 'The PNG is made and handed to the browser.' });
}

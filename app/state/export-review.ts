// Makes the review in one of its four forms and hands it to the browser to keep.
import { reviewMarkdown } from '../exchange/review.ts';
import { reviewParts } from '../exchange/review-parts.ts';
import { reviewSarif } from '../exchange/sarif.ts';
import { download, fileName } from '../platform/download.ts';
import { loadFontFaces } from '../platform/fonts.ts';
import { rasterise } from '../platform/rasterise.ts';
import type { App } from './app.ts';
import { pictureOf, pictureText } from './picture.ts';
import { reviewOf } from './review.ts';

export const REVIEW_FORMS = ['png', 'svg', 'md', 'sarif'] as const;
export type ReviewForm = (typeof REVIEW_FORMS)[number];

const WORDS: Readonly<Record<ReviewForm, string>> = { png: 'PNG', svg: 'SVG', md: 'Markdown', sarif: 'SARIF file' };

export async function exportReview(app: App, form: ReviewForm): Promise<void> {
  const made = await reviewFile(app, form);
  app.hand.setState(
    made
      ? { notice: `The review is made as ${WORDS[form]} and handed to the browser.` }
      : { refusal: 'The PNG of the review could not be made. Its SVG and Markdown say the same.' },
  );
}

async function reviewFile(app: App, form: ReviewForm): Promise<boolean> {
  const playback = app.playback.getState();
  const { view } = playback;
  if (view === null) return false;
  const findings = app.findings.getState();
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const state = app.design.getState();
  const review = reviewOf({ state, design: view.asSet, findings, drawnBy: '', date });
  const name = `review ${view.design.title}`;
  if (form === 'md') {
    download({ name: fileName(name, 'md'), type: 'text/markdown', content: reviewMarkdown(review) });
    return true;
  }
  if (form === 'sarif') {
    download({ name: fileName(name, 'sarif'), type: 'application/sarif+json', content: reviewSarif(review) });
    return true;
  }
  // The review has every issue, folded ones too.
  const shown = { ...findings, unfolded: true };
  const window = app.frame.window;
  const input = { design: state, playback, findings: shown, view, window, date, drawnBy: '' };
  const picture = pictureOf(input, reviewParts(review));
  const svg = pictureText(picture, await loadFontFaces());
  if (form === 'svg') {
    download({ name: fileName(name, 'svg'), type: 'image/svg+xml', content: svg });
    return true;
  }
  const { width, height } = picture.size;
  const made = await rasterise({ svg, width, height, scale: 2, textAlternative: picture.textAlternative });
  if (made.ok) download({ name: fileName(name, 'png'), type: 'image/png', content: made.value });
  return made.ok;
}

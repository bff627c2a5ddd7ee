// Makes the file that a person takes away: the sheet at the playhead, as SVG text or as PNG bytes, by our own renderer.
import type { StoreApi } from 'zustand/vanilla';
import { download, fileName } from '../platform/download.ts';
import { loadFontFaces } from '../platform/fonts.ts';
import { rasterise } from '../platform/rasterise.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import type { DesignState, FindingsState, HandState, PlaybackState } from './app.ts';
import { pictureOf, pictureText } from './picture.ts';

interface Stores {
  readonly design: StoreApi<DesignState>;
  readonly playback: StoreApi<PlaybackState>;
  readonly findings: StoreApi<FindingsState>;
  readonly hand: StoreApi<HandState>;
  readonly window: TraceWindow;
}

export async function exportPicture(stores: Stores, format: 'svg' | 'png', scale: number): Promise<void> {
  const playback = stores.playback.getState();
  const { view } = playback;
  if (view === null) return;
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const picture = pictureOf({
    design: stores.design.getState(),
    playback,
    findings: stores.findings.getState(),
    view,
    window: stores.window,
    date,
    drawnBy: '',
  });
  const svg = pictureText(picture, await loadFontFaces());
  if (format === 'svg') {
    download({ name: fileName(view.design.title, 'svg'), type: 'image/svg+xml', content: svg });
    stores.hand.setState({ notice: 'The SVG is made and handed to the browser.' });
    return;
  }
  const { width, height } = picture.size;
  const made = await rasterise({
    svg,
    width,
    height,
    scale: scale === 2 ? 2 : 1,
    textAlternative: picture.textAlternative,
  });
  if (!made.ok) {
    const again = scale === 2 ? ' Try again at 1x.' : '';
    stores.hand.setState({ refusal: `The PNG could not be made.${again}` });
    return;
  }
  download({ name: fileName(view.design.title, 'png'), type: 'image/png', content: made.value });
  stores.hand.setState({ notice: 'The PNG is made and handed to the browser.' });
}

// Questions a second on each link, for the names of the lines: the mean of the last five whole seconds, looked up once a second.
import { elementsOf } from '../design/elements.ts';
import { SECOND } from '../foundation/micros.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { FlowCounts } from './overlay/flow-counts.ts';

const SECONDS = 5;

interface Rates {
  second: number;
  version: number;
  counts: FlowCounts;
  indexOf(id: string): number;
}

const ratesOf = new WeakMap<object, Rates>();

/** Null until a second has passed. A primitive, so that a line is named anew only when its rate has changed. */
export function useLinkRates(linkId: string): number | null {
  const app = useApp();
  return useStoreValue(app.playback, (state) => (state.view === null ? null : rateOf(app, linkId)));
}

function rateOf(app: App, linkId: string): number | null {
  const second = Math.floor(app.frame.playheadUs() / SECOND);
  if (second < 1) return null;
  const { counts, indexOf } = ratesAt(app, second);
  const link = indexOf(linkId);
  if (link < 0) return null;
  const asked = (counts.reads[link] ?? 0) + (counts.writes[link] ?? 0) + (counts.copies[link] ?? 0);
  return asked / Math.min(SECONDS, second);
}

function ratesAt(app: App, second: number): Rates {
  const { design } = app.design.getState();
  const { window } = app.frame;
  const known = ratesOf.get(design);
  if (known !== undefined && known.second === second && known.version === window.version) return known;
  const elements = elementsOf(design);
  const rates = known ?? { second, version: 0, counts: new FlowCounts(elements.count), indexOf: elements.indexOf };
  rates.second = second;
  rates.version = window.version;
  rates.counts.count(window, second * SECOND, SECONDS);
  ratesOf.set(design, rates);
  return rates;
}

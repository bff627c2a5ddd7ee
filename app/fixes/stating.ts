// What fixes are made of that are a mere setting of the parts at which a finding stands, with the change in words.
import type { Finding } from '../analysis/finding.ts';
import { partsInWords } from '../analysis/in-words.ts';
import type { Component, Design } from '../design/design.ts';
import { type Settings, withConfigs } from '../design/edit.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Fix, FixPlan } from './fix.ts';

/** Settings by kind, for the parts of the finding alone; a kind that is not named stays as it is. */
export type ByKind = Readonly<Record<string, Settings | undefined>>;

export const stating =
  (words: string, settings: ByKind): Fix =>
  (design, finding) =>
    stated(design, partsOf(design, finding), words, ({ kind }) => settings[kind] ?? null);

export const partsOf = (design: Design, { places }: Finding): readonly Component[] =>
  places.flatMap((place) => (place.type === 'component' ? (wiringOf(design).component(place.id) ?? []) : []));

export function stated(
  design: Design,
  parts: readonly Component[],
  words: string,
  settingsOf: (part: Component) => Settings | null,
): FixPlan | null {
  const changed = parts.filter((part) => settingsOf(part) !== null);
  if (changed.length === 0) return null;
  return {
    design: withConfigs(design, (part) => (changed.includes(part) ? settingsOf(part) : null)),
    changes: [`${words} at ${partsInWords(design, changed)}`],
  };
}

// The built-in designs by id: what the tabs show, and what a link names instead of carrying it.
import type { Design } from '../design/design.ts';
import { distributedDesign } from './distributed.ts';
import { hardenedDesign } from './hardened.ts';
import { scaledUpDesign } from './scaled-up.ts';
import { securedDesign } from './secured.ts';
import { simpleDesign } from './simple.ts';

export type BuiltInId = 'simple' | 'distributed' | 'secured' | 'scaled-up' | 'hardened';
export type Pace = 'classroom' | 'realistic';

const MAKERS: Readonly<Record<BuiltInId, (timings: Pace) => Design>> = {
  simple: simpleDesign,
  distributed: distributedDesign,
  secured: securedDesign,
  'scaled-up': scaledUpDesign,
  hardened: hardenedDesign,
};

export const builtInDesign = (id: BuiltInId, timings: Pace): Design => MAKERS[id](timings);

/** In the order of the tabs. */
export const BUILT_IN_IDS = Object.keys(MAKERS) as readonly BuiltInId[];

export const isBuiltIn = (id: string): id is BuiltInId => Object.hasOwn(MAKERS, id);

// Rows of availability tables as systems of parts, played for as many years as the tolerance rule asks for: parts that are
// independent, parts that few crews repair, and two nodes of which one takes over.
import * as v from 'valibot';
import { availabilityOf } from '../analysis/availability/ledger.ts';
import { AT_ONCE, type Part, type System, YEAR_H } from '../analysis/availability/system.ts';
import { meanTimeToOutageH, playYears, type Years } from '../analysis/availability/years.ts';
import { type Estimate, estimate } from './theory-run.ts';

/** Families of tables that are played in years. */
export const AVAILABILITY_FAMILIES = ['availability_static', 'availability_repair', 'failover'];

const BATCHES = 40;
/** More than the rule's 20,000 failures: an outage lasts as long as chance will have it, and its error must be below 1 in 100. */
const OUTAGES = 30_000;
const FIRST_YEARS = 8;

/** By the name in a table: what a batch of years says of it. */
type Quantities = Readonly<Record<string, (years: Years, seed: number) => number>>;

interface Experiment {
  readonly system: System;
  readonly quantities: Quantities;
}

/** What a row asks for, over a share of the outages that the full size takes. Throws on a row that nobody can read. */
export function availabilityExperiment(
  family: string,
  params: Readonly<Record<string, unknown>>,
  share: number,
  wanted: readonly string[],
): (seed: number) => Map<string, Estimate> {
  const { system, quantities } = experimentOf(family, params);
  const unknown = wanted.filter((name) => !Object.hasOwn(quantities, name));
  if (unknown.length > 0) throw new Error(`Nothing counts ${unknown.join(', ')} in ${family}.`);
  return (seed) => {
    let years = FIRST_YEARS;
    // Of the class that fails least often, which has the longest outages: those of the other come as often or more.
    while ((playYears(system, years, seed).classes.at(-1)?.outages ?? 0) < (OUTAGES * share) / BATCHES) years *= 2;
    const batches = Array.from({ length: BATCHES }, (_, batch) => playYears(system, years, seed + batch));
    return new Map(
      wanted.map((name) => {
        const values = batches.map((batch, index) => quantities[name]?.(batch, seed + index) ?? Number.NaN);
        return [name, estimate(values.reduce((sum, one) => sum + one, 0) / BATCHES, values)];
      }),
    );
  };
}

function experimentOf(family: string, params: Readonly<Record<string, unknown>>): Experiment {
  switch (family) {
    case 'availability_static':
      return independent(blocksOf(params));
    case 'availability_repair':
      return repaired(v.parse(repairSchema, params));
    default:
      return failover(v.parse(failoverSchema, params));
  }
}

const availability =
  (ofClass: number) =>
  ({ classes }: Years): number => {
    const ledger = classes[ofClass];
    return ledger === undefined ? Number.NaN : availabilityOf(ledger).mean;
  };

const downtimeH = (ofClass: number) => (years: Years) => (1 - availability(ofClass)(years)) * YEAR_H;

const part = (id: string, mtbfH: number, mttrH: number): Part => ({
  id,
  meanUpH: mtbfH,
  knownAfterH: 0,
  meanRepairH: mttrH,
  lostH: [],
});

// ---- independent parts ---------------------------------------------------------------------------------------------------------

/** So many of these equal parts are needed. */
interface Block {
  readonly needed: number;
  readonly units: number;
  readonly mtbfH: number;
  readonly mttrH: number;
}

const seriesSchema = v.object({
  structure: v.literal('series'),
  mtbf_h: v.array(v.number()),
  mttr_h: v.array(v.number()),
});
const alikeSchema = v.object({ structure: v.string(), mtbf_h: v.number(), mttr_h: v.number() });
const wordsSchema = v.object({ structure: v.string() });
const K_OF_N = /^(\d+)-of-(\d+)$/;
const BLOCK_WORDS = /(\d+)-of-(\d+)[^(]*\((\d+(?:\.\d+)?) h\/(\d+(?:\.\d+)?) h\)/g;

/** Blocks that are all needed. */
function blocksOf(params: Readonly<Record<string, unknown>>): readonly Block[] {
  if (v.is(seriesSchema, params)) {
    return params.mtbf_h.map((mtbfH, at) => ({ needed: 1, units: 1, mtbfH, mttrH: params.mttr_h[at] ?? Number.NaN }));
  }
  if (v.is(alikeSchema, params)) {
    const [, needed, units] = K_OF_N.exec(params.structure) ?? [];
    if (needed === undefined || units === undefined) throw new Error(`Nobody knows the structure ${params.structure}.`);
    return [{ needed: Number(needed), units: Number(units), mtbfH: params.mtbf_h, mttrH: params.mttr_h }];
  }
  const { structure } = v.parse(wordsSchema, params);
  const blocks = [...structure.matchAll(BLOCK_WORDS)].map(([, needed, units, mtbfH, mttrH]) => ({
    needed: Number(needed),
    units: Number(units),
    mtbfH: Number(mtbfH),
    mttrH: Number(mttrH),
  }));
  if (!structure.startsWith('series of:') || blocks.length === 0)
    throw new Error(`Nobody knows the structure ${structure}.`);
  return blocks;
}

function independent(blocks: readonly Block[]): Experiment {
  const owner = blocks.flatMap(({ units }, block) => Array.from({ length: units }, () => block));
  const system: System = {
    parts: owner.map((block, index) => {
      const { mtbfH, mttrH } = blocks[block] as Block;
      return part(`part ${index}`, mtbfH, mttrH);
    }),
    classes: 1,
    people: AT_ONCE,
    service: (down) => {
      const isUp = blocks.every(({ needed, units }, block) => {
        const lost = down.filter((index) => owner[index] === block).length;
        return units - lost >= needed;
      });
      return { served: [isUp ? 1 : 0], promoted: null };
    },
  };
  return { system, quantities: { availability: availability(0), downtime_h_per_year: downtimeH(0) } };
}

// ---- few crews -----------------------------------------------------------------------------------------------------------------

const repairSchema = v.object({
  units: v.number(),
  needed: v.number(),
  crews: v.number(),
  mtbf_h: v.number(),
  mttr_h: v.number(),
  laws: v.literal('exponential'),
});

/** First outages of a batch: as many as the others have. */
const FIRST_OUTAGES = 750;

function repaired({ units, needed, crews, mtbf_h, mttr_h }: v.InferOutput<typeof repairSchema>): Experiment {
  const system: System = {
    parts: Array.from({ length: units }, (_, index) => part(`unit ${index}`, mtbf_h, mttr_h)),
    classes: 1,
    people: { ...AT_ONCE, crews },
    service: (down) => ({ served: [units - down.length >= needed ? 1 : 0], promoted: null }),
  };
  const outages = ({ classes }: Years): number => classes[0]?.outages ?? Number.NaN;
  return {
    system,
    quantities: {
      availability: availability(0),
      mean_time_to_first_outage_h: (_years, seed) => meanTimeToOutageH(system, 0, seed, FIRST_OUTAGES).meanH,
      outages_per_year: (years) => outages(years) / years.years,
      mean_outage_h: (years) => (years.classes[0]?.outageH ?? Number.NaN) / outages(years),
    },
  };
}

// ---- one takes over ------------------------------------------------------------------------------------------------------------

const failoverSchema = v.object({
  mtbf_h: v.number(),
  mttr_h: v.number(),
  promotion_mean_h: v.number(),
  promotion_success: v.number(),
  manual_recovery_mean_h: v.number(),
  laws: v.literal('exponential'),
});

/**
 * Writes, then reads. The first node is the active one whenever it is up: the two are alike, and it makes no difference which of
 * them is called so.
 */
function failover(row: v.InferOutput<typeof failoverSchema>): Experiment {
  const system: System = {
    parts: ['active', 'passive'].map((id) => part(id, row.mtbf_h, row.mttr_h)),
    classes: 2,
    people: {
      ...AT_ONCE,
      promotion: {
        meanH: row.promotion_mean_h,
        success: row.promotion_success,
        meanRecoveryH: row.manual_recovery_mean_h,
      },
    },
    service: (down) => {
      if (!down.includes(0)) return { served: [1, 1], promoted: null };
      return down.includes(1) ? { served: [0, 0], promoted: null } : { served: [0, 1], promoted: [1, 1] };
    },
  };
  return {
    system,
    quantities: {
      write_availability: availability(0),
      read_availability: availability(1),
      write_downtime_h_per_year: downtimeH(0),
      failovers_per_year: ({ promotions, years }) => promotions / years,
    },
  };
}

// A design as a system of parts that fail: machines, programs that die or hang, and lines between machines. A machine's death takes
// along all that it carries. Who is served with some of them down is what the drawing says (ways.ts), and where only a share is
// served, what the runs measured.
import { type Design, type Link, USERS } from '../../design/design.ts';
import { SECOND } from '../../foundation/micros.ts';
import { cuttable, killable } from '../blast-radius.ts';
import type { LastingFault } from '../fault-measure.ts';
import type { Knowledge } from '../finding.ts';
import { Ways } from '../ways.ts';
import { type Operating, operatingOf } from './operations.ts';
import type { ByClass, Outage } from './outage.ts';
import { promotedDesign } from './promoted.ts';
import type { Part, People, Service, System } from './system.ts';

const MINUTES = 60;
const SECONDS = 3_600;
const WISHES = ['read', 'write'] as const;

/** What can fail: every machine and every running program, dead; every program, hung; every line between two machines. */
export function failures(design: Design, knowledge: Knowledge): readonly LastingFault[] {
  const isHost = (id: string) => design.hosts.some((host) => host.id === id);
  const fromUsers = new Set(design.links.filter((link: Link) => link.from === USERS).map(({ id }) => id));
  const targets = killable(design, knowledge);
  return [
    ...targets.map((target): LastingFault => ({ type: 'kill', target })),
    ...targets.filter((id) => !isHost(id)).map((target): LastingFault => ({ type: 'hang', target })),
    // The users' own lines are taken for granted (state/assumptions.ts).
    ...cuttable(design).flatMap((target): LastingFault[] => (fromUsers.has(target) ? [] : [{ type: 'cut', target }])),
  ];
}

/** When somebody knows of a failure that comes alone, and by what. */
export interface Known {
  /** From the failure, minutes. */
  readonly afterMin: number;
  /** An alert tells who is on call; a user complains; or somebody sees it by chance. */
  readonly by: 'alert' | 'user' | 'chance';
}

/** `isWatched`: false is the same site without any monitoring. */
export function knownAfter({ served, toldUs }: Outage, operating: Operating, isWatched: boolean): Known {
  const toldMin = toldUs === null || !isWatched ? Number.POSITIVE_INFINITY : toldUs / SECOND / MINUTES;
  const complainMin = served.some((share) => share < 1) ? operating.complainMin : Number.POSITIVE_INFINITY;
  const unseenMin = operating.unseenH * MINUTES;
  if (toldMin <= Math.min(complainMin, unseenMin)) return { afterMin: toldMin, by: 'alert' };
  return complainMin <= unseenMin ? { afterMin: complainMin, by: 'user' } : { afterMin: unseenMin, by: 'chance' };
}

/** What fails, with how often and how long. */
function partOf(design: Design, outage: Outage, operating: Operating, isWatched: boolean): Part {
  const { fault, lostS, toldUs } = outage;
  const { type, target } = fault;
  const component = design.components.find(({ id }) => id === target);
  const what = type === 'cut' ? 'link' : (component?.kind ?? 'host');
  const { mtbfH, repairMin } = operating.failureTimes(what);
  const share = component === undefined ? 1 : type === 'hang' ? operating.hangShare : 1 - operating.hangShare;
  const toldH = toldUs === null || !isWatched ? Number.POSITIVE_INFINITY : toldUs / SECOND / SECONDS;
  return {
    id: `${type} ${target}`,
    meanUpH: mtbfH === null || share === 0 ? null : mtbfH / share,
    knownAfterH: Math.min(toldH, operating.unseenH),
    meanRepairH: repairMin / MINUTES,
    lostH: lostS.map((lost) => lost / SECONDS),
  };
}

const peopleOf = (operating: Operating): People => ({
  complainAfterH: operating.complainMin / MINUTES,
  reactH: operating.reactMin / MINUTES,
  crews: null,
  promotion: {
    meanH: operating.promoteMin / MINUTES,
    success: operating.promotionSuccess,
    meanRecoveryH: operating.recoverMin / MINUTES,
  },
});

export interface Site {
  readonly design: Design;
  readonly knowledge: Knowledge;
  /** In the order of the system's parts. */
  readonly outages: readonly Outage[];
  readonly system: System;
  /** Ways of the design as it is, and as it is once this replica is the primary. */
  readonly ways: Ways;
  promotedWays(replica: string): Ways;
}

/** `outages`: measured of this design, of every failure; those that never happen are left out of the system's parts. */
export function siteOf(
  design: Design,
  outages: readonly Outage[],
  knowledge: Knowledge,
  isWatched = design.monitoring !== null,
): Site {
  const operating = operatingOf(design);
  const ways = new Ways(design, knowledge);
  const promoted = new Map<string, Ways>();
  const promotedWays = (replica: string): Ways => {
    const known = promoted.get(replica) ?? new Ways(promotedDesign(design, replica, knowledge), knowledge);
    promoted.set(replica, known);
    return known;
  };
  const serviceWith = (down: readonly Outage[]): Service => {
    const faults = down.map(({ fault }) => fault);
    const served = WISHES.map((wish, at) =>
      ways.way(wish, faults) === null
        ? 0
        : least(
            down.map((outage) => outage.served),
            at,
          ),
    );
    // What a promotion wins was measured with the failure that asks for it.
    const replica = down.find((outage) => outage.promoted !== null)?.promoted?.replica;
    if ((served[1] as number) > 0 || replica === undefined) return { served, promoted: null };
    const after = promotedWays(replica);
    const promoted = WISHES.map((wish, at) =>
      after.way(wish, faults) === null
        ? 0
        : least(
            down.map((outage) => outage.promoted?.served ?? outage.served),
            at,
          ),
    );
    return { served, promoted: asked(promoted) > asked(served) ? promoted : null };
  };
  const { writeShare, staticShare } = design.traffic;
  /** Of all reads and writes: nobody promotes what loses more than it wins. */
  const asked = ([reads = 0, writes = 0]: readonly number[]) =>
    reads * (1 - writeShare - staticShare) + writes * writeShare;
  const parts = outages.map((outage) => partOf(design, outage, operating, isWatched));
  const system: System = {
    parts,
    classes: WISHES.length,
    people: peopleOf(operating),
    service: (down) => serviceWith(down.map((index) => outages[index] as Outage)),
  };
  return { design, knowledge, outages, system, ways, promotedWays };
}

/** The least of some shares of a class; 1 of none. */
const least = (shares: readonly ByClass[], at: number): number =>
  shares.reduce((found, share) => Math.min(found, share[at] as number), 1);

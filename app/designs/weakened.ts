// A design drawn by dice around a weakness: the built-in designs and those that are made to have one weakness, with walls, watches,
// settings and lines taken away or added at random. For the fixes, which must mend more than the drawings that they were made for.
import type { Design } from '../design/design.ts';
import { editHosts, editLinks, withConfigs } from '../design/edit.ts';
import type { Dice } from '../foundation/dice.ts';
import { BUILT_IN_IDS, builtInDesign } from './built-in.ts';
import { WEAK_AVAILABILITY } from './weak-availability.ts';
import { WEAK_CAPACITY } from './weak-capacity.ts';
import { WEAK_DATA } from './weak-data.ts';
import { WEAK_PROTECTION } from './weak-protection.ts';

const WEAK = [...WEAK_AVAILABILITY, ...WEAK_DATA, ...WEAK_CAPACITY, ...WEAK_PROTECTION];
/** How often each of the changes is made. */
const CHANGE = 0.25;

/** `rule`: the weakness that the design is to have; after the changes it may have lost it. */
export function weakenedDesign(dice: Dice, rule: string): Design {
  const bases = WEAK.filter((one) => one.rule === rule).map(({ has }) => has);
  const base =
    dice.chance(0.7) && bases.length > 0 ? dice.one(bases) : builtInDesign(dice.one(BUILT_IN_IDS), 'classroom');
  return CHANGES.reduce((design, change) => (dice.chance(CHANGE) ? change(design, dice) : design), base);
}

const CHANGES: readonly ((design: Design, dice: Dice) => Design)[] = [
  (design, dice) => editHosts(design, (host) => (dice.chance(0.5) ? { ...host, firewall: null } : host)),
  (design, dice) => editHosts(design, (host) => (dice.chance(0.5) ? { ...host, collector: null } : host)),
  (design, dice) => editHosts(design, (host) => ({ ...host, public: dice.chance(0.5) })),
  (design, dice) => editHosts(design, (host) => ({ ...host, zone: dice.one(['room 1', 'room 2']) })),
  (design, dice) => editHosts(design, (host) => ({ ...host, adminPort: dice.one([null, 22, 2222]) })),
  (design) => ({ ...design, monitoring: null }),
  (design, dice) =>
    editHosts(design, (host) =>
      host.firewall !== null && dice.chance(0.4)
        ? { ...host, firewall: { rules: host.firewall.rules.slice(1) } }
        : host,
    ),
  (design, dice) =>
    editLinks(design, (link) =>
      link.protocol !== 'file' && link.protocol !== 'vrrp' && dice.chance(0.3)
        ? { ...link, encrypted: !link.encrypted }
        : link,
    ),
  (design, dice) =>
    withConfigs(design, ({ kind }) =>
      kind === 'app-server' ? { readsFrom: dice.one(['local', 'primary', 'replica', 'both']) } : null,
    ),
  (design, dice) =>
    withConfigs(design, ({ kind }) =>
      kind === 'load-balancer'
        ? { balance: dice.one(['roundrobin', 'leastconn', 'first']), retries: dice.whole(0, 3) }
        : null,
    ),
  (design, dice) => ({
    ...design,
    traffic: { ...design.traffic, writeShare: dice.one([0.1, 0.25, 0.5]), users: dice.one([3, 20]) },
  }),
];

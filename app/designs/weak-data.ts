// For each rule about data a design that has the weakness, one that has not, and one that does not say what the rule must know.

import type { Design } from '../design/design.ts';
import { withConfig, withConfigs, withoutLinks } from '../design/edit.ts';
import { distributedDesign } from './distributed.ts';
import { scaledUpDesign } from './scaled-up.ts';
import type { WeakDesign } from './weak-availability.ts';

const pair = distributedDesign('classroom');
const cluster = scaledUpDesign('classroom');
const MONITOR = { monitorIntervalMs: 1_000, failcount: 3, backendConnectTimeoutMs: 1_000 };

const replica = (patch: object): Design => withConfig(cluster, 'mysql2', { ...patch });
const primary = (patch: object): Design => withConfig(cluster, 'mysql1', { ...patch });
const safe = (design: Design): Design => ({ ...design, objectives: { mayLoseWrites: false } });
const semiSync = (): Design =>
  withConfigs(cluster, ({ kind }) =>
    kind === 'database' ? { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' } : null,
  );

export const WEAK_DATA: readonly WeakDesign[] = [
  { rule: 'DB-01', has: replica({ superReadOnly: false }), hasNot: replica({ superReadOnly: true }), lacks: cluster },
  { rule: 'DB-02', has: safe(cluster), hasNot: safe(semiSync()), lacks: cluster },
  { rule: 'DB-02', has: safe(pair), hasNot: { ...pair, objectives: { mayLoseWrites: true } }, lacks: pair },
  { rule: 'DB-03', has: withoutLinks(pair, 'app2-mysql1'), hasNot: pair },
  { rule: 'DB-04', has: replica({ monitor: MONITOR }), hasNot: replica({ monitor: { ...MONITOR, stonithMs: 500 } }) },
  {
    rule: 'DB-05',
    has: replica({ promotionRehearsed: false }),
    hasNot: replica({ promotionRehearsed: true }),
    lacks: cluster,
  },
  { rule: 'DB-05', has: replica({ promotionRehearsed: false }), hasNot: replica({ monitor: MONITOR }) },
  { rule: 'DB-06', has: primary({ backup: 'none' }), hasNot: primary({ backup: 'elsewhere' }), lacks: cluster },
  { rule: 'DB-06', has: primary({ backup: 'same-server' }), hasNot: replica({ backup: 'same-server' }) },
  { rule: 'DB-07', has: withConfig(pair, 'mysql2', { masterDelayS: 2 }), hasNot: pair },
];

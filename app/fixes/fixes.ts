// The list of fixes by rule: which findings have a button, and what it does.
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import {
  calmChecks,
  checks,
  fairTurns,
  limits,
  quickChecks,
  redispatch,
  timeouts,
  warmUp,
} from './balancer-settings.ts';
import {
  backups,
  confirmedByReplica,
  fenced,
  readsOwnWrites,
  refusedAdmins,
  rehearsed,
  writesToPrimary,
} from './data-settings.ts';
import { firewalls } from './firewalls.ts';
import type { Fix, FixPlan } from './fix.ts';
import { https } from './https.ts';
import { fittingPools, nestedTimeouts, oneRetrier, sharedSessions } from './layer-settings.ts';
import { drawnCertificate, encryptedData, encryptedInside, networks, opened } from './lines.ts';
import { logs } from './logs.ts';
import { monitoring } from './monitoring.ts';
import { ownServer } from './own-server.ts';
import { promotion } from './promotion.ts';
import {
  clientAddress,
  encryptedDisk,
  hardening,
  hsts,
  lockedAdmin,
  modernTls,
  rateLimit,
  redirect,
} from './protection.ts';
import { readBoth } from './read-both.ts';
import { readyCheck } from './ready-check.ts';
import { secondBalancer } from './second-balancer.ts';
import { secondServer } from './second-server.ts';
import { secondHeartbeat, tracked } from './shared-address.ts';
import { renamed } from './summary.ts';

/** Only where its host has a stand-in, which does not step in while the host lives. */
const deepCheck: Fix = (design, finding) => (finding.onlyAlone === true ? readyCheck(design, finding) : null);

/** The first of a rule's fixes that knows what to do with the design is its button. */
const FIXES: Readonly<Record<string, readonly Fix[]>> = {
  'AV-01': [secondBalancer, secondServer, deepCheck, promotion, readBoth],
  'AV-02': [promotion],
  'AV-03': [ownServer],
  'AV-05': [secondServer],
  'AV-06': [secondBalancer],
  'AV-07': [tracked],
  'AV-08': [secondHeartbeat],
  'AV-09': [checks],
  'AV-10': [readyCheck],
  'AV-11': [quickChecks],
  'AV-12': [calmChecks],
  'AV-13': [redispatch],
  'AV-14': [sharedSessions],
  'AV-16': [secondServer],
  'DB-01': [refusedAdmins],
  'DB-02': [confirmedByReplica],
  'DB-03': [writesToPrimary],
  'DB-04': [fenced],
  'DB-05': [rehearsed],
  'DB-06': [backups],
  'DB-07': [readsOwnWrites],
  'CA-02': [timeouts],
  'CA-03': [limits],
  'CA-04': [nestedTimeouts],
  'CA-05': [oneRetrier],
  'CA-06': [fittingPools],
  'CA-07': [fairTurns],
  'CA-08': [warmUp],
  'SE-01': [firewalls],
  'SE-02': [firewalls],
  'SE-03': [https],
  'SE-04': [redirect],
  'SE-05': [hsts],
  'SE-06': [encryptedInside],
  'SE-07': [modernTls],
  'SE-08': [firewalls],
  'SE-09': [firewalls],
  'SE-10': [networks],
  'SE-11': [firewalls],
  'SE-12': [firewalls],
  'SE-13': [lockedAdmin],
  'SE-14': [encryptedData],
  'SE-15': [encryptedDisk],
  'SE-16': [rateLimit],
  'SE-17': [clientAddress],
  'SE-18': [hardening],
  'MO-01': [monitoring],
  'MO-02': [monitoring],
  'MO-03': [monitoring],
  'MO-04': [monitoring],
  'MO-05': [monitoring],
  'MO-06': [monitoring],
  'MO-07': [monitoring],
  'MO-08': [logs],
  'HY-01': [drawnCertificate],
  'HY-02': [opened],
};

/** Rules that have a fix. */
export const FIXED_RULES: readonly string[] = Object.keys(FIXES);

/** What the fix of a finding would do to a design, or null where there is none. */
export function planOf(design: Design, finding: Finding): FixPlan | null {
  for (const fix of FIXES[finding.rule] ?? []) {
    const plan = fix(design, finding);
    if (plan !== null) return { ...plan, design: renamed(plan.design) };
  }
  return null;
}

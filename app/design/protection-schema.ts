// The shape of what protects and watches a site in a design file: walls, certificates, collectors, monitoring, promises, operations.
import * as v from 'valibot';
import { WATCHES } from './design.ts';
import { flag, integer, list, MAX_LATENCY_MS, number, point, text } from './schema-values.ts';

export const port = integer(1, 65_535);
/** 0 lets VRRP in, which knows no ports. */
const rule = v.object(
  { from: text('"anyone" or the id of a host'), port: integer(0, 65_535) },
  'Give a rule with from and port.',
);
export const firewall = v.object(
  {
    rules: list(rule, 1000, 'rules'),
  },
  'Give null, or a firewall with rules.',
);
export const collector = v.object(
  {
    intervalMs: integer(1_000, 3_600_000, 'ms'),
    logs: flag,
    position: point,
    route: v.exactOptional(list(point, 20, 'corners')),
  },
  'Give null, or a collector with intervalMs, logs and position.',
);
const delay = integer(0, 86_400_000, 'ms');
const alert = v.variant(
  'type',
  [
    v.object({ type: v.literal('silent-host'), forMs: delay }),
    v.object({ type: v.literal('program-down'), checks: integer(1, 100) }),
    v.object({ type: v.literal('server-down'), forMs: delay }),
    v.object({ type: v.literal('failed-answers'), share: number(0, 1), forMs: delay }),
    v.object({ type: v.literal('replication-lag'), forMs: delay }),
    v.object({ type: v.literal('certificate'), daysBefore: integer(0, 3650, 'days') }),
  ],
  'Give an alert: {"type": "silent-host", "forMs": 30000}, "program-down", "server-down", "failed-answers", "replication-lag" or "certificate".',
);

export const monitoring = v.object(
  {
    position: point,
    hostId: v.nullable(text('null, or the id of a host')),
    latencyMs: number(0, MAX_LATENCY_MS, 'ms'),
    watches: list(v.picklist(WATCHES, `Give one of: ${WATCHES.join(', ')}.`), WATCHES.length, 'watches'),
    alerts: list(alert, 50, 'alerts'),
    onCall: v.nullable(v.object({ position: point, tellMs: delay }, 'Give null, or who is told: position, tellMs.')),
  },
  'Give null, or monitoring with position, watches, alerts, onCall.',
);

export const certificate = v.object(
  {
    component: text('the id of a component'),
    names: list(text('a name'), 100, 'names'),
    validDays: integer(0, 36_500, 'days'),
    selfSigned: flag,
    renewed: flag,
  },
  'Give a certificate with component, names, validDays.',
);

export const objectives = v.object(
  {
    detectMs: v.exactOptional(delay),
    mayLoseWrites: v.exactOptional(flag),
    availability: v.exactOptional(number(0, 1)),
  },
  'Give the objectives, or {}.',
);

export const accepted = v.object(
  { finding: text('the id of an issue'), reason: text('a reason') },
  'Give an accepted risk with finding and reason.',
);

/** A year, and a hundred of them: longer means say nothing that `null` does not. */
const MOST_MIN = 525_600;
const MOST_H = 876_000;
const failureTimes = v.object(
  {
    what: text('"host", "link" or a kind'),
    mtbfH: v.nullable(number(0.01, MOST_H, 'hours')),
    repairMin: number(0, MOST_MIN, 'minutes'),
  },
  'Give what fails, mtbfH and repairMin.',
);
const minutes = v.exactOptional(number(0, MOST_MIN, 'minutes'));
const share = v.exactOptional(number(0, 1));

export const operations = v.object(
  {
    failures: v.exactOptional(list(failureTimes, 50, 'failure times')),
    hangShare: share,
    who: v.exactOptional(text('who is told')),
    reactMin: minutes,
    complainMin: minutes,
    unseenH: v.exactOptional(number(0, MOST_H, 'hours')),
    promoteMin: minutes,
    promotionSuccess: share,
    recoverMin: minutes,
  },
  'Give the operations: failures, reactMin, complainMin and so on.',
);

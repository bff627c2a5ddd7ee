// What designs 3 and 4 have alike: the certificate of the site, collectors, and monitoring that tells somebody.
import type { Certificate, Collector, Monitoring, Point } from '../design/design.ts';

/** Valid for 90 days and renewed in time, as by an ACME client. */
export const siteCertificate = (component: string): Certificate => ({
  component,
  names: ['www.foobar.com'],
  validDays: 90,
  selfSigned: false,
  renewed: true,
});

export const collectorAt = (position: Point): Collector => ({ intervalMs: 10_000, logs: true, position });

/** Outside, asked by nobody: it hears of each host every 10 s and tells somebody of a silent one after three. */
export const monitoringAt = (position: Point, onCall: Point): Omit<Monitoring, 'latencyMs'> => ({
  position,
  hostId: null,
  watches: ['qps', 'errors', 'latency', 'server-states', 'replication-lag', 'certificate', 'logs'],
  alerts: [
    { type: 'silent-host', forMs: 30_000 },
    { type: 'server-down', forMs: 10_000 },
    { type: 'failed-answers', share: 0.05, forMs: 30_000 },
    { type: 'certificate', daysBefore: 14 },
  ],
  onCall: { position: onCall, tellMs: 5_000 },
});

// Somebody who knows: a collector on every host, monitoring outside of the site that watches what people ask for, alert rules,
// and somebody who is told.
import type { AlertRule, Collector, Design, Host, Monitoring, Point } from '../design/design.ts';
import { USERS, WATCHES } from '../design/design.ts';
import { moved } from '../design/move.ts';
import type { Fix } from './fix.ts';
import { isBare } from './sheet-room.ts';

const COLLECTOR_MS = 10_000;
/** In the heading of a host, at the right. */
const COLLECTOR = { width: 36, height: 24 };
const ALERTS: readonly AlertRule[] = [
  { type: 'silent-host', forMs: 3 * COLLECTOR_MS },
  { type: 'server-down', forMs: 10_000 },
  { type: 'failed-answers', share: 0.05, forMs: 30_000 },
  { type: 'replication-lag', forMs: 60_000 },
  { type: 'certificate', daysBefore: 14 },
];
const TELL_MS = 5_000;
/** The pill of monitoring, the pill of who is told, and the line between them. */
const PILL_WIDTH = 150;
const ON_CALL_WIDTH = 132;
const LINE = 60;
/** Where monitoring stands in a row of its own, below the title: so much lower is everything else, and so much is it itself. */
const ROOM = 48;
const PILL_DOWN = 30;

export const monitoring: Fix = (design) => {
  const unwatched = design.hosts.filter(({ collector }) => collector === null);
  const { design: roomy, at } = withRoom(design);
  const watching = monitoringOf(roomy, at);
  const before = design.monitoring;
  const isSame =
    before !== null && JSON.stringify({ ...watching, position: before.position }) === JSON.stringify(before);
  if (unwatched.length === 0 && isSame) return null;
  return {
    design: { ...roomy, hosts: roomy.hosts.map((host) => withCollector(roomy, host)), monitoring: watching },
    changes: changesFrom(unwatched.length, before),
  };
};

function changesFrom(unwatched: number, before: Monitoring | null): readonly string[] {
  return [
    ...(unwatched > 0 ? [`adds ${unwatched === 1 ? 'a collector' : `${unwatched} collectors`}`] : []),
    ...(before === null ? ['adds monitoring outside of the site'] : []),
    ...(before !== null && before.hostId !== null ? ['moves monitoring out of the site'] : []),
    'watches requests, errors, latency, queues, server states, lag, certificate and logs',
    ...(before?.onCall == null ? ['tells somebody'] : []),
  ];
}

function withRoom(design: Design): { readonly design: Design; readonly at: Point } {
  if (design.monitoring !== null) return { design, at: design.monitoring.position };
  const at = design.layout.monitoring;
  const isTight = design.hosts.some(
    ({ position, size }) =>
      position.y < at.y + 70 && position.x < at.x + PILL_WIDTH + LINE + ON_CALL_WIDTH && at.x < position.x + size.width,
  );
  if (!isTight) return { design, at };
  const lower = moved(design, { x: 0, y: ROOM });
  const { size } = design.layout;
  return {
    design: { ...lower, layout: { ...lower.layout, size: { ...size, height: size.height + ROOM } } },
    at: { x: at.x, y: at.y + PILL_DOWN },
  };
}

function monitoringOf(design: Design, position: Point): Monitoring {
  const before = design.monitoring;
  const [entry] = design.links.filter(({ from }) => from === USERS);
  return {
    position,
    hostId: null,
    latencyMs: before?.latencyMs ?? entry?.latencyMs ?? 0,
    watches: WATCHES,
    alerts: ALERTS.map((rule) => before?.alerts.find(({ type }) => type === rule.type) ?? rule),
    onCall: before?.onCall ?? { position: onCallBeside(design, position), tellMs: TELL_MS },
  };
}

/** Right of monitoring where no host stands, else left. */
function onCallBeside({ hosts, layout, traffic }: Design, at: Point): Point {
  const right = at.x + PILL_WIDTH + LINE;
  const isTaken = hosts.some(
    ({ position, size }) =>
      position.y < at.y + 70 && position.x < right + ON_CALL_WIDTH && right < position.x + size.width,
  );
  const fits = right + ON_CALL_WIDTH <= layout.size.width && !isTaken;
  return { x: fits ? right : Math.min(traffic.position.x, Math.max(0, at.x - LINE - ON_CALL_WIDTH)), y: at.y + 7 };
}

const withCollector = (design: Design, host: Host): Host =>
  host.collector === null ? { ...host, collector: collectorOn(design, host) } : host;

/** At the right end of the heading, or below its left one where a part reaches into it. */
function collectorOn(design: Design, host: Host): Collector {
  const { size, heading } = host;
  const isTop = heading === 'top';
  const atRight = { x: size.width - COLLECTOR.width - 8, y: isTop ? 8 : size.height - 34 };
  const atLeft = { x: 10, y: isTop ? 43 : size.height - 64 };
  return {
    intervalMs: COLLECTOR_MS,
    logs: true,
    position: isBare(design, host, atRight, COLLECTOR) ? atRight : atLeft,
  };
}

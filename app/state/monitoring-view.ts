// What monitoring says of itself at the playhead, by the reports that have come, and whether somebody knows.
import type { Reading } from '../drawing/figure.ts';
import type { MonitoringState } from '../drawing/scene-state.ts';
import { elapsed, NOT_MEASURED, perSecond } from '../drawing/words.ts';
import { MS } from '../foundation/micros.ts';
import { FIELDS, Told } from '../simulation/trace.ts';
import type { Measured } from './readings.ts';

export function monitoringView(
  { design, fields, window, nowUs }: Measured,
  readings: Readonly<Record<string, Reading>>,
): MonitoringState | null {
  const { monitoring, hosts } = design;
  if (monitoring === null) return null;
  const { elements } = window;
  const field = (element: number, index: number) => fields[element * FIELDS + index] ?? 0;
  const about = (index: number) => field(elements.monitoring, index);
  const watched = hosts.filter((host) => host.collector !== null);
  const webServers = design.components.filter((component) => component.kind === 'web-server');
  const rates = webServers.map(({ id }) => perSecond(readings[id]?.requestsPerS ?? null, 'req').replace(' req/s', ''));
  const qps = monitoring.watches.includes('qps') && rates.length > 0 && !rates.includes(NOT_MEASURED);
  return {
    lines: [`${about(Told.Reporting)} of ${watched.length} report`, ...(qps ? [`QPS ${rates.join(' and ')}`] : [])],
    onCall: onCallWords(about(Told.Firing), about(Told.Somebody) === 1, nowUs - about(Told.SinceMs) * MS),
    told: about(Told.Somebody) === 1,
    silent: hosts
      .filter((host, index) => host.collector !== null && field(elements.monitoring + 1 + index, Told.Silent) === 1)
      .map((host) => host.id),
  };
}

function onCallWords(firing: number, isTold: boolean, sinceUs: number): string {
  if (isTold) return `told ${elapsed(sinceUs)} ago`;
  return firing > 0 ? 'alert on its way' : 'no alert';
}

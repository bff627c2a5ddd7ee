// Reads of a headless run when each write of a primary was received by its replica, and when it was visible there.
import { elementOf, fieldValues } from '../../analysis/reading.ts';
import type { WatchedRun } from '../../analysis/shared-runs.ts';
import type { Component } from '../../design/design.ts';
import type { Micros } from '../../foundation/micros.ts';
import { Field } from '../../simulation/trace.ts';

/** One write on its way: when it was in the primary's log, and in the replica's relay log. */
export interface Shipment {
  readonly position: number;
  readonly writtenUs: Micros;
  readonly receivedUs: Micros;
}

/** Of the writes that began their way in the watched span, in order. */
export function shipments(
  { run, fromUs, toUs }: WatchedRun,
  primary: Component,
  replica: Component,
): readonly Shipment[] {
  const [from, to] = [primary, replica].map(({ id }) => elementOf(run.design, id));
  const written = new Map<number, Micros>();
  const shipped: Shipment[] = [];
  for (const { logs } of run.chunks) {
    for (let row = 0; row < logs.atUs.length; row++) {
      const [atUs, position] = [logs.atUs[row] as number, logs.position[row] as number];
      if (logs.element[row] === from && atUs >= fromUs && atUs < toUs) written.set(position, atUs);
      const writtenUs = logs.element[row] === to ? written.get(position) : undefined;
      if (writtenUs !== undefined) shipped.push({ position, writtenUs, receivedUs: atUs });
    }
  }
  return shipped;
}

/** From the primary's log until a read of the replica shows it; null when the run has no such write. */
export function medianLagUs(watched: WatchedRun, primary: Component, replica: Component): Micros | null {
  const { run, fromUs } = watched;
  const versions = fieldValues(run, elementOf(run.design, replica.id), Field.Version, fromUs, run.untilUs + 1);
  const lags = shipments(watched, primary, replica).flatMap(({ position, writtenUs }) => {
    const shown = versions.find(({ value }) => value >= position);
    return shown === undefined ? [] : [shown.atUs - writtenUs];
  });
  return lags.sort((a, b) => a - b)[Math.floor(lags.length / 2)] ?? null;
}

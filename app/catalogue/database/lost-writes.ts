// What a crash costs that comes while a confirmed write is on its way to the replica: the host of the primary dies at such an instant,
// which a run of the site as it is has shown, and the replica is promoted.
import type { Evidence } from '../../analysis/finding.ts';
import { fieldValues } from '../../analysis/reading.ts';
import { calmRun } from '../../analysis/shared-runs.ts';
import { type Micros, SECOND } from '../../foundation/micros.ts';
import { Field, USERS_ELEMENT } from '../../simulation/trace.ts';
import type { DatabasePair } from './pairs.ts';
import { shipments } from './replica-lag.ts';

/** So many instants are tried: a write whose user hangs on the dead host as well is not lost, since nobody was told of it. */
const TRIES = 4;
/** Somebody promotes the replica, and the answers that were on their way have come. */
const PROMOTED_US: Micros = SECOND;
const SETTLED_US: Micros = 4 * SECOND;

/** Confirmed writes that are not in the log of record any more, and all that were confirmed; null when none is lost. */
export function lostWithPromotion(
  { primary, replica }: DatabasePair,
  evidence: Evidence,
): { readonly count: number; readonly of: number } | null {
  const { design, measure } = evidence;
  const calm = calmRun(evidence);
  const open = shipments(calm, primary, replica).filter(({ writtenUs, receivedUs }) => receivedUs - writtenUs > 1);
  for (const { writtenUs, receivedUs } of open.slice(0, TRIES)) {
    const atUs = Math.floor((writtenUs + receivedUs) / 2);
    const run = measure(
      design,
      [
        { type: 'kill', atUs, target: primary.hostId },
        { type: 'admin', atUs: atUs + PROMOTED_US, target: replica.id, words: ['promote'] },
      ],
      atUs + SETTLED_US,
    );
    const at = (field: number) => fieldValues(run, USERS_ELEMENT, field, 0, run.untilUs + 1).at(-1)?.value ?? 0;
    if (at(Field.WritesLost) > 0) return { count: at(Field.WritesLost), of: at(Field.WritesSaved) };
  }
  return null;
}

// Fixes that keep data: settings of databases, where applications read and write, and what is stated of backups and promotions. What is
// stated has to be done as well.
import { knowledge } from '../catalogue/knowledge.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { withConfigs, withLink } from '../design/edit.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { freshId } from './fresh.ts';
import { partsOf, stating } from './stating.ts';
import { withTracks } from './tracks.ts';

export const refusedAdmins = stating('refuses the writes of administrators', { database: { superReadOnly: true } });
export const rehearsed = stating('has the promotion written down and rehearsed', {
  database: { promotionRehearsed: true },
});
export const backups = stating('keeps backups on another server', { database: { backup: 'elsewhere' } });
export const readsOwnWrites = stating('reads from the primary', { 'app-server': { readsFrom: 'primary' } });

/** `AFTER_SYNC`: nobody sees a write before a replica has it. */
const SEMI_SYNC = { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' };

/** At the ends of the lines at which the finding stands. */
export const confirmedByReplica: Fix = (design, { places }) => {
  const ends = new Set(
    places.flatMap((place) => {
      const link = place.type === 'link' ? wiringOf(design).link(place.id) : undefined;
      return link === undefined ? [] : [link.from, link.to];
    }),
  );
  if (ends.size === 0) return null;
  return {
    design: withConfigs(design, ({ id }) => (ends.has(id) ? SEMI_SYNC : null)),
    changes: ['confirms a write when a replica has it'],
  };
};

const STONITH_MS = 1_000;

export const fenced: Fix = (design) => {
  const open = design.components.filter(({ config }) => {
    const monitor = config['monitor'] as { readonly stonithMs?: number | null } | null | undefined;
    return monitor != null && monitor.stonithMs == null;
  });
  if (open.length === 0) return null;
  return {
    design: withConfigs(design, (one) => (open.includes(one) ? { monitor: { stonithMs: STONITH_MS } } : null)),
    changes: ['powers the old primary off before a replica takes writes'],
  };
};

/** A line to the primary for every application server that has none, like the one that it has to a replica. */
export const writesToPrimary: Fix = (design, finding) => {
  const primary = design.components.find((one) => knowledge.dataRole(one) === 'primary');
  const lines = partsOf(design, finding).flatMap((app) => lineLike(app, design));
  if (primary === undefined || lines.length === 0) return null;
  const linked = lines.reduce<Design>(
    (so, { label: _label, ...line }) =>
      withLink(so, { ...unrouted(line), id: freshId(so, `${line.from}-${primary.id}`), to: primary.id }),
    design,
  );
  return { design: withTracks(withDoors(linked)), changes: ['leads every app server to the primary as well'] };
};

const lineLike = ({ id }: Component, design: Design): readonly Link[] =>
  wiringOf(design)
    .linksFrom(id)
    .filter(({ protocol }) => protocol === 'mysql')
    .slice(0, 1);

// Reads that may go to either database: where one is gone the application asks the other.
import type { Finding } from '../analysis/finding.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { unrouted } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { withDoors } from './doors.ts';
import type { Fix } from './fix.ts';
import { freshId } from './fresh.ts';
import { withTracks } from './tracks.ts';

export const readBoth: Fix = (design, finding) => {
  const lonely = databaseAt(design, finding);
  const others = design.components.filter(({ id, kind }) => kind === 'database' && id !== lonely?.id);
  if (lonely === null || others.length === 0) return null;
  const apps = design.components.filter(({ kind, config }) => kind === 'app-server' && config['readsFrom'] !== 'both');
  const lines = design.components
    .filter(({ kind }) => kind === 'app-server')
    .flatMap((app) => missingLines(design, app, [lonely, ...others]));
  if (apps.length === 0 && lines.length === 0) return null;
  const components = design.components.map((one) =>
    one.kind === 'app-server' ? { ...one, config: { ...one.config, readsFrom: 'both' } } : one,
  );
  return {
    design: withTracks(withDoors({ ...design, components, links: [...design.links, ...lines] })),
    changes: [
      'lets every app server read from both databases, in turn',
      ...(lines.length > 0 ? ['leads each app server to both'] : []),
    ],
  };
};

function databaseAt(design: Design, { places: [place] }: Finding): Component | null {
  if (place?.type !== 'component' && place?.type !== 'host') return null;
  const isIt = ({ id, hostId, kind }: Component) => kind === 'database' && (id === place.id || hostId === place.id);
  return design.components.find(isIt) ?? null;
}

/** Like a line to a database that it has; an app server without any is no reader. */
function missingLines(design: Design, app: Component, databases: readonly Component[]): readonly Link[] {
  const known = wiringOf(design)
    .linksFrom(app.id)
    .filter(({ protocol }) => protocol === 'mysql');
  const longest = known.toSorted((a, b) => b.latencyMs - a.latencyMs)[0];
  if (longest === undefined) return [];
  return databases
    .filter(({ id }) => !known.some(({ to }) => to === id))
    .map(({ id }) => ({ ...unrouted(longest), id: freshId(design, `${app.id}-${id}`), to: id }));
}

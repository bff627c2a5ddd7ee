// Which database takes writes, and which one the applications take for the primary, once the monitors have noticed what is
// lost: a replica whose monitor does not reach the primary is promoted (database/monitor.ts), the old primary's host may be
// powered off for it, and the applications are told.
import { type Loss, lossOf, NOTHING_LOST, together } from '../analysis/loss.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { closedLinks } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros, SECOND } from '../foundation/micros.ts';
import { type DatabaseConfig, SEMI_SYNC_TIMEOUT_MS } from './database/config.ts';

export const isDatabase = (component: Component | undefined): component is Component => component?.kind === 'database';

const configOf = (component: Component): DatabaseConfig => component.config as unknown as DatabaseConfig;

/** By group of databases that are linked to each other: which of them may be the one whose log is the log of record. */
type Records = ReadonlyMap<string, readonly string[]>;

interface Aftermath {
  /** What is lost in the end: a monitor with a power board takes the host of the old primary along. */
  readonly loss: Loss;
  /** Replicas that have been made primaries. */
  readonly promoted: ReadonlySet<string>;
  /** Null while nothing was promoted: everybody goes by what is configured. */
  readonly records: Records | null;
}

/** What is lost once the monitors have acted. The same object for the same loss. */
export const lossAfterwards = (design: Design, loss: Loss): Loss => aftermathOf(design, loss).loss;

/** It takes writes: it is configured to, or it was promoted. */
export const takesWrites = (component: Component, design: Design, loss: Loss): boolean =>
  configOf(component).role === 'primary' || aftermathOf(design, loss).promoted.has(component.id);

/** By database: what an application takes it for. */
export type Roles = (database: Component) => 'primary' | 'replica';

/**
 * What the databases are to an application, one for each way in which it may have come: with two monitors either may promote
 * its replica last. An application whose line to the new primary is cut does not hear of it (app-server/read-route.ts).
 */
export function rolesFor(application: Component, design: Design, loss: Loss): readonly Roles[] {
  const before = aftermathOf(design, NOTHING_LOST);
  const now = aftermathOf(design, loss);
  if (
    now.promoted === before.promoted ||
    now.records === null ||
    isOutOfTouch(application, design, now.records, loss)
  ) {
    return rolesBy(design, before.records);
  }
  return rolesBy(design, now.records);
}

function rolesBy(design: Design, records: Records | null): readonly Roles[] {
  if (records === null) return [(database) => configOf(database).role];
  const most = Math.max(...[...records.values()].map((candidates) => candidates.length));
  const groups = groupsOf(design);
  return Array.from(
    { length: most },
    (_, choice): Roles =>
      (database) => {
        const candidates = records.get(groups.get(database.id) ?? '') ?? [];
        return candidates[Math.min(choice, candidates.length - 1)] === database.id ? 'primary' : 'replica';
      },
  );
}

function isOutOfTouch(application: Component, design: Design, records: Records, { gone }: Loss): boolean {
  const groups = groupsOf(design);
  return wiringOf(design)
    .linksFrom(application.id)
    .some((link) => gone.has(link.id) && records.get(groups.get(link.to) ?? '')?.includes(link.to) === true);
}

/** Everything whose loss can promote a replica, or keep an application from hearing of it. */
export function promotionDeciders(design: Design): readonly string[] {
  const watched = watchersOf(design);
  if (watched.length === 0) return [];
  const databases = design.components.filter(({ kind }) => kind === 'database');
  return [
    ...watched.map(({ link }) => link.id),
    ...databases.flatMap(({ id, hostId }) => [id, hostId]),
    // Any database that an application still reaches may be the one that it writes to in place of the promoted one.
    ...design.links.filter(({ protocol }) => protocol === 'mysql').map(({ id }) => id),
  ];
}

/** The longest until a monitor has promoted its replica, and until a primary stops waiting for acknowledgements. */
export function noticedByDatabaseUs(component: Component): Micros {
  const { monitor, rplSemiSyncMasterEnabled, rplSemiSyncMasterTimeoutMs } = configOf(component);
  const semiMs = rplSemiSyncMasterEnabled === true ? (rplSemiSyncMasterTimeoutMs ?? SEMI_SYNC_TIMEOUT_MS) : 0;
  if (monitor == null) return fromMs(semiMs);
  const probeMs = Math.max(monitor.monitorIntervalMs, monitor.backendConnectTimeoutMs);
  return (
    fromMs(Math.max(semiMs, monitor.monitorIntervalMs + monitor.failcount * probeMs + (monitor.stonithMs ?? 0))) +
    SECOND
  );
}

// ---- who was promoted -----------------------------------------------------------------------------------------------------

/** A replica with a monitor, whom it follows, and on which link. */
interface Watcher {
  readonly replica: Component;
  readonly source: Component;
  readonly link: Link;
}

function watchersOf(design: Design): readonly Watcher[] {
  const wiring = wiringOf(design);
  return design.components.flatMap((replica) => {
    if (!isDatabase(replica) || configOf(replica).role !== 'replica' || configOf(replica).monitor === undefined)
      return [];
    const link = wiring.linksTo(replica.id).find(({ from }) => isDatabase(wiring.component(from)));
    const source = wiring.component(link?.from ?? '');
    return link === undefined || source === undefined ? [] : [{ replica, source, link }];
  });
}

interface Known {
  readonly before: Aftermath;
  /** By what was lost first, and by all that is lost in the end. */
  readonly byLoss: WeakMap<Loss, Aftermath>;
}

const aftermaths = new WeakMap<Design, Known>();

/** What was promoted before anything was lost (behind a firewall) stays so. */
function aftermathOf(design: Design, loss: Loss): Aftermath {
  let known = aftermaths.get(design);
  if (known === undefined) {
    const nobody = { loss: NOTHING_LOST, promoted: new Set<string>(), records: null };
    const before = promotedFurther(design, nobody, NOTHING_LOST);
    known = { before, byLoss: new WeakMap([[before.loss, before]]) };
    aftermaths.set(design, known);
  }
  if (loss === NOTHING_LOST) return known.before;
  const found = known.byLoss.get(loss) ?? promotedFurther(design, known.before, loss);
  known.byLoss.set(loss, found).set(found.loss, found);
  return found;
}

/** Promotions, and the deaths that they bring, until no monitor has anything more to do. */
function promotedFurther(design: Design, before: Aftermath, first: Loss): Aftermath {
  let loss = before.loss === NOTHING_LOST ? first : together(before.loss, first);
  const watchers = watchersOf(design);
  const fresh: Watcher[] = [];
  for (;;) {
    const more = watchers.filter(
      (watcher) =>
        !before.promoted.has(watcher.replica.id) && !fresh.includes(watcher) && isAlone(watcher, design, loss),
    );
    if (more.length === 0) break;
    fresh.push(...more);
    const fenced = more.filter(({ replica, source }) => isFencing(replica) && source.hostId !== replica.hostId);
    if (fenced.length > 0) {
      loss = together(
        loss,
        lossOf(
          design,
          fenced.map(({ source }) => ({ type: 'kill', target: source.hostId })),
        ),
      );
    }
  }
  if (fresh.length === 0) return loss === before.loss ? before : { ...before, loss };
  const groups = groupsOf(design);
  const records = new Map(before.records ?? firstRecords(design));
  for (const group of new Set(fresh.map(({ replica }) => groups.get(replica.id) as string))) {
    records.set(
      group,
      fresh.filter(({ replica }) => groups.get(replica.id) === group).map(({ replica }) => replica.id),
    );
  }
  return { loss, promoted: new Set([...before.promoted, ...fresh.map(({ replica }) => replica.id)]), records };
}

/** It is there, and does not reach the one that it follows. */
const isAlone = ({ replica, source, link }: Watcher, design: Design, { gone }: Loss): boolean =>
  !gone.has(replica.id) && (gone.has(source.id) || gone.has(link.id) || closedLinks(design).has(link.id));

export const isFencing = (replica: Component): boolean => configOf(replica).monitor?.stonithMs != null;

/** The first that begins as a primary (simulation/writes.ts). */
function firstRecords(design: Design): Records {
  const records = new Map<string, readonly string[]>();
  const groups = groupsOf(design);
  for (const component of design.components.filter(isDatabase)) {
    const group = groups.get(component.id) as string;
    if (configOf(component).role === 'primary' && !records.has(group)) records.set(group, [component.id]);
  }
  return records;
}

const groupings = new WeakMap<Design, ReadonlyMap<string, string>>();

/** By database: the id of the first of those that are linked to each other, directly or not. */
function groupsOf(design: Design): ReadonlyMap<string, string> {
  const known = groupings.get(design);
  if (known !== undefined) return known;
  const wiring = wiringOf(design);
  const groups = new Map<string, string>();
  for (const { id } of design.components.filter(isDatabase)) {
    const waiting = groups.has(id) ? [] : [id];
    for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
      if (groups.has(member)) continue;
      groups.set(member, id);
      const ends = [...wiring.linksFrom(member).map(({ to }) => to), ...wiring.linksTo(member).map(({ from }) => from)];
      waiting.push(...ends.filter((end) => isDatabase(wiring.component(end))));
    }
  }
  groupings.set(design, groups);
  return groups;
}

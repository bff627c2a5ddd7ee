// Recounts of issues that say how many requests were answered, refused, readable or sent somewhere.
import { formatDuration, SECOND } from '../../foundation/micros.ts';
import { Alive, BeliefState, Field, Belief as LinkField } from '../../simulation/trace.ts';
import type { Recount } from './expected.ts';
import type { PlayedRequest, PlayedRun } from './played.ts';
import { answeredOf, calmOf, faultsOf, found, requestsIn, runWith, spanOf } from './span.ts';

const shares = (requests: readonly PlayedRequest[]): readonly string[] => [
  String(answeredOf(requests)),
  String(requests.length),
];

/** `Killed it: 0 of 135 requests answered`, of what the sentence speaks. */
const killed: Recount = ({ comesTrueWith, evidence }, _, runs) => {
  const run = runWith(runs, comesTrueWith[0] ?? '', 'kill');
  const kind = evidence?.includes('writes') ? 'write' : evidence?.includes('reads') ? 'read' : undefined;
  return shares(requestsIn(run, kind));
};

const killedWithApps: Recount = (finding, design, runs) => {
  const run = runWith(runs, finding.comesTrueWith[0] ?? '', 'kill');
  const apps = design.components.filter(({ kind }) => kind === 'app-server');
  const gone = apps.filter(({ id }) => run.values(id, Field.Alive).at(-1)?.value !== Alive.Up);
  return [...killed(finding, design, runs), String(gone.length), String(apps.length)];
};

const killedTogether: Recount = (_, __, runs) =>
  shares(
    requestsIn(
      found(
        runs.find((run) => faultsOf(run).length > 0),
        'several killed',
      ),
    ),
  );

/** Requests asked along any of these lines. */
function sentAlong(run: PlayedRun, lines: readonly string[]): ReadonlySet<number> {
  return new Set(
    run.asked.filter(({ link }) => link !== undefined && lines.includes(link)).map(({ request }) => request),
  );
}

const startedIn = (run: PlayedRun, fromUs: number, toUs: number): readonly number[] =>
  run.started.filter(({ atUs }) => atUs >= fromUs && atUs < toUs).map(({ request }) => request);

/** `Server 1: HAProxy still sent it 85 of 135 requests`. */
const stillSent: Recount = ({ places }, _, runs) => {
  const run = found(
    runs.find((one) => faultsOf(one).length === 1),
    'one killed',
  );
  const sent = sentAlong(run, [placeId(places[0])]);
  const { fromUs, toUs } = spanOf(run);
  const all = startedIn(run, fromUs, toUs);
  return [all.filter((request) => sent.has(request)).length, all.length].map(String);
};

const placeId = (place: { readonly type: string } | undefined): string =>
  place !== undefined && 'id' in place ? String(place.id) : '';

/** `Server 2 stayed UP and failed 53 of 53 reads`. */
const stayedUp: Recount = ({ places, comesTrueWith, evidence }, design, runs) => {
  const line = placeId(places[0]);
  const asked = found(
    design.links.find(({ id }) => id === line),
    line,
  ).to;
  const run = evidence?.startsWith('Hung')
    ? runWith(runs, asked, 'hang')
    : runWith(runs, comesTrueWith[0] ?? '', 'kill');
  const wasDown = run.values(line, LinkField.State).some(({ value }) => value === BeliefState.Down);
  const all = requestsIn(run, evidence?.includes('reads') ? 'read' : undefined).filter(({ server }) => server === line);
  return wasDown ? ['it was DOWN'] : [all.length - answeredOf(all), all.length].map(String);
};

/** `56 of 135 requests failed; with redispatch 36 do`. */
const redispatched: Recount = (_, __, runs) => {
  const [asDrawn, changed] = [false, true].map((is) =>
    requestsIn(
      found(
        runs.find((run) => run.isChanged === is && faultsOf(run).length > 0),
        'with and without redispatch',
      ),
    ),
  ) as [readonly PlayedRequest[], readonly PlayedRequest[]];
  return [asDrawn.length - answeredOf(asDrawn), asDrawn.length, changed.length - answeredOf(changed)].map(String);
};

/** Users whose requests came to another app server than before. */
const moved: Recount = ({ evidence }, design, runs) => {
  const isKill = evidence?.startsWith('Killed') ?? false;
  const run = found(
    runs.find((one) => faultsOf(one).length > 0 === isKill),
    'users who come again',
  );
  const { fromUs, toUs } = spanOf(run);
  const appOf = new Map(
    run.asked.flatMap(({ request, link }) => {
      const to = design.links.find(({ id }) => id === link)?.to;
      return design.components.some(({ id, kind }) => id === to && kind === 'app-server')
        ? [[request, to] as const]
        : [];
    }),
  );
  const last = new Map<number, string | undefined>();
  const [again, movers] = [new Set<number>(), new Set<number>()];
  for (const { request, user, startUs, kind, status } of run.ended) {
    const app = appOf.get(request);
    if (app === undefined || kind === 'flood' || status !== 200) continue;
    const before = last.get(user);
    last.set(user, app);
    if (before === undefined || startUs < fromUs || startUs >= toUs) continue;
    again.add(user);
    if (before !== app) movers.add(user);
  }
  return [movers.size, again.size].map(String);
};

/** `it was away for 3.0 s, and 20 requests failed`. */
const restarted: Recount = ({ places }, _, runs) => {
  const part = placeId(places[0]);
  const run = found(
    runs.find((one) => faultsOf(one).length === 1),
    'a restart',
  );
  const alive = run.values(part, Field.Alive);
  const died = alive.findIndex(({ value }) => value !== Alive.Up);
  const awayUs = (alive[died + 1]?.atUs ?? run.untilUs) - (alive[died]?.atUs ?? 0);
  const failed = run.ended.filter(({ answered }) => !answered).length;
  return [formatDuration(awayUs), String(failed)];
};

/** `18 of 35 writes came to a replica and were refused as read-only`. */
const refusedWrites: Recount = (_, __, runs) => {
  const writes = requestsIn(calmOf(runs), 'write');
  return [writes.filter(({ reason }) => reason === 'read-only').length, writes.length].map(String);
};

/** `13 of 31 reads did not show it`. */
const notSeen: Recount = (_, __, runs) => {
  const run = found(
    runs.find(({ isChanged }) => isChanged),
    'users who look again',
  );
  const reads = run.ended.filter(({ kind }) => kind === 'read');
  return [reads.filter(({ staleBy }) => staleBy > 0).length, reads.length].map(String);
};

/** `144 of 144 requests were readable`; with several lines, how many first. */
const tapped: Recount = ({ rule, places }, design, runs) => {
  const hostOf = (id: string) => design.components.find((part) => part.id === id)?.hostId;
  const inside = design.links.filter(
    ({ encrypted, protocol, from, to }) =>
      !encrypted && protocol === 'http' && from !== 'users' && hostOf(from) !== hostOf(to),
  );
  const lines = rule === 'SE-03' ? places.map(placeId) : inside.map(({ id }) => id);
  const run = calmOf(runs);
  const read = sentAlong(run, lines);
  const all = startedIn(run, 0, spanOf(run).toUs);
  const counts = [all.filter((request) => read.has(request)).length, all.length].map(String);
  return rule === 'SE-06' && lines.length > 1 ? [String(lines.length), ...counts] : counts;
};

/** `A flood of 40 requests a second: 82 of 135 requests of the users were answered`. */
const flooded: Recount = (_, __, runs) => {
  const floods = runs.flatMap((run) =>
    run.commands.flatMap((one) => (one.type === 'flood' ? [{ run, flood: one }] : [])),
  );
  const { run, flood } = found(floods.at(-1), 'a flood');
  const users = run.ended.filter(
    ({ kind, startUs }) => (kind === 'read' || kind === 'write') && startUs >= flood.atUs && startUs < spanOf(run).toUs,
  );
  return [String(flood.rateRps), ...shares(users)];
};

/** `Server 1 got 11 of 23 requests in its first 5.0 s`. */
const cameBack: Recount = ({ places }, _, runs) => {
  const run = found(
    runs.find((one) => faultsOf(one).length === 1),
    'who comes back',
  );
  const repairUs = found(
    run.commands.find(({ type }) => type === 'repair'),
    'a repair',
  ).atUs;
  const line = placeId(places[0]);
  const up = run.values(line, LinkField.State).find(({ atUs, value }) => atUs > repairUs && value === BeliefState.Up);
  const fromUs = found(up, 'UP again').atUs;
  const all = startedIn(run, fromUs, fromUs + 5 * SECOND);
  const sent = sentAlong(run, [line]);
  return [String(all.filter((request) => sent.has(request)).length), String(all.length), formatDuration(5 * SECOND)];
};

/** `HAProxy made 3 tries for a request, asked 3 times it makes 9`. */
const tries: Recount = (_, design, runs) => {
  const run = found(
    runs.find((one) => faultsOf(one).length > 0),
    'every server killed',
  );
  const { fromUs } = spanOf(run);
  const early = new Set(startedIn(run, fromUs, fromUs + 2 * SECOND));
  const fronts = new Set(design.components.filter(({ kind }) => kind === 'load-balancer').map(({ id }) => id));
  const counts = new Map<number, number>();
  for (const { request, link } of run.asked) {
    const from = design.links.find(({ id }) => id === link)?.from ?? '';
    if (early.has(request) && fronts.has(from)) counts.set(request, (counts.get(request) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  const asks = (design.traffic.retries ?? 0) + 1;
  return [most, asks, most * asks].map(String);
};

export const REQUEST_RECOUNTS: Readonly<Record<string, Recount>> = {
  'AV-01': killed,
  'AV-02': killed,
  'AV-03': killedWithApps,
  'AV-04': killedTogether,
  'AV-06': killed,
  'AV-07': killed,
  'AV-09': stillSent,
  'AV-10': stayedUp,
  'AV-13': redispatched,
  'AV-14': moved,
  'AV-16': restarted,
  'DB-03': refusedWrites,
  'DB-05': killed,
  'DB-07': notSeen,
  'SE-03': tapped,
  'SE-06': tapped,
  'SE-16': flooded,
  'CA-05': tries,
  'CA-08': cameBack,
};

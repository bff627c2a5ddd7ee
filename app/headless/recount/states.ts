// Recounts of issues that say how long something lasted, how busy a part was, how many waited, or which writes were lost.
import type { Component, Design } from '../../design/design.ts';
import { formatDuration, type Micros, MS, SECOND } from '../../foundation/micros.ts';
import { Alive, BeliefState, DatabaseSign, Field, Belief as LinkField, Told } from '../../simulation/trace.ts';
import type { Recount } from './expected.ts';
import { type PlayedRun, play } from './played.ts';
import {
  calmOf,
  faultsOf,
  found,
  isCalm,
  partsNamed,
  requestsIn,
  runWith,
  spanOf,
  stretches,
  timeWhen,
} from './span.ts';

/** How busy a part was: without those who only hold a connection and wait for a thread. */
function loadOf(run: PlayedRun, { id }: Component, fromUs: Micros, toUs: Micros) {
  const all = stretches(
    run,
    [Field.Busy, Field.Queue, Field.Capacity, Field.Extra].map((field) => [id, field] as const),
    fromUs,
    toUs,
  );
  const working = (values: readonly number[]) => Math.max(0, (values[0] ?? 0) - (values[3] ?? 0));
  const most = (at: number) => Math.max(0, ...all.map(({ values }) => values[at] ?? 0));
  const mostWorking = Math.max(0, ...all.map(({ values }) => working(values)));
  const capacity = all.at(-1)?.values[2] ?? 0;
  const places = most(3) > 0 && mostWorking > 0 ? Math.min(capacity, mostWorking) : capacity;
  const workedUs = all.reduce((sumUs, one) => sumUs + working(one.values) * (one.toUs - one.fromUs), 0);
  const busy = workedUs / (toUs - fromUs);
  return { share: places === 0 ? 0 : busy / places, queued: most(1), held: most(3) };
}

const percent = (share: number): string => String(Math.round(share * 100));
const calmLoad = (run: PlayedRun, part: Component) => loadOf(run, part, spanOf(run).fromUs, spanOf(run).toUs);
const partNamed = (sentence: string | null, design: Design, at = 0): Component =>
  found(partsNamed(sentence ?? '', design)[at], `a part in "${sentence}"`);

/** `At 18 requests a second the app server on Server 2 was busy 83 % of the time`. */
const busy: Recount = ({ evidence }, design, runs) => {
  const { share } = calmLoad(calmOf(runs), partNamed(evidence, design));
  return [String(design.traffic.rateRps), percent(share)];
};

/** `Without Server 1: ... busy 100 % of the time, up to 408 waited`. */
const tooFew: Recount = ({ evidence, comesTrueWith }, design, runs) => {
  const run = runWith(runs, comesTrueWith[0] ?? '', 'kill');
  const { share, queued } = loadOf(run, partNamed(evidence, design), 20 * SECOND, 65 * SECOND);
  return [percent(share), String(queued)];
};

const rateOf = ({ commands }: PlayedRun): number => {
  const [first] = commands;
  return first?.type === 'reconfigure' ? Number(first.patch['rateRps'] ?? 0) : 0;
};

/** `At 12 requests a second the queue never empties`: of the rates that were tried the smallest at which it does not. */
const breaking: Recount = ({ places }, _, runs) => {
  const id = places[0] !== undefined && 'id' in places[0] ? places[0].id : '';
  const neverEmpties = (run: PlayedRun) =>
    stretches(run, [[id, Field.Queue]], run.untilUs / 3, run.untilUs).every(({ values }) => (values[0] ?? 0) > 0);
  const tried = runs.filter((run) => rateOf(run) > 0 && run.commands.length === 1);
  const full = tried.filter(neverEmpties).map(rateOf);
  const fine = tried.filter((run) => !neverEmpties(run)).map(rateOf);
  const least = Math.min(...full);
  // The one before it, within 2 percent, did empty.
  const isTight = fine.some((rate) => rate < least && least - rate <= Math.max(1, least / 50));
  return isTight ? [String(least)] : ['a rate just below at which it empties'];
};

/** One and a half times what keeps the busiest app server busy for all of the time. */
function overloaded(design: Design, runs: readonly PlayedRun[]): { readonly run: PlayedRun; readonly rateRps: number } {
  const apps = design.components.filter(({ kind }) => kind === 'app-server');
  const busiest = Math.max(...apps.map((app) => calmLoad(calmOf(runs), app).share));
  const rateRps = Math.ceil((design.traffic.rateRps / busiest) * 1.5);
  return {
    run: found(
      runs.find((run) => rateOf(run) === rateRps),
      `${rateRps} requests a second`,
    ),
    rateRps,
  };
}

/** `At 37 requests a second up to 132 waited for the app server on Server 1, and 0 in HAProxy`. */
const passedOn: Recount = ({ evidence }, design, runs) => {
  const { run, rateRps } = overloaded(design, runs);
  const balancer = found(
    design.components.find(({ kind }) => kind === 'load-balancer'),
    'a balancer',
  );
  const { queued } = loadOf(run, partNamed(evidence, design), 0, run.untilUs);
  return [String(rateRps), String(queued), String(loadOf(run, balancer, 0, run.untilUs).held)];
};

const number = ({ config }: Component, key: string): number => Number(config[key]);

/** `2 app servers may open 160 connections, MySQL on Server 1 takes 100`, and how many found none. */
const pools: Recount = ({ evidence }, design, runs) => {
  const database = partNamed(evidence, design);
  const apps = design.components.filter(
    ({ id, kind }) => kind === 'app-server' && design.links.some(({ from, to }) => from === id && to === database.id),
  );
  const wanted = apps.reduce((sum, app) => sum + number(app, 'poolSize' in app.config ? 'poolSize' : 'workers'), 0);
  const drawn = [apps.length, wanted, number(database, 'connections')].map(String);
  if (!evidence?.includes('found none')) return drawn;
  const { run, rateRps } = overloaded(design, runs);
  const refused = run.ended.filter(({ reason }) => reason === 'database-refused').length;
  return [...drawn, String(rateRps), String(refused)];
};

/** `A request holds its server for 42 ms on average`, or how busy two of them were. */
const turns: Recount = ({ evidence }, design, runs) => {
  const run = calmOf(runs);
  if (!evidence?.includes('holds its server')) {
    return [0, 1].map((at) => percent(calmLoad(run, partNamed(evidence, design, at)).share));
  }
  const held = run.ended.map(({ activeUs }) => activeUs).filter((activeUs) => activeUs >= 0);
  return [formatDuration(held.reduce((sumUs, us) => sumUs + us, 0) / held.length)];
};

const WAITS: Readonly<Record<string, string>> = { 'web-server': 'proxyReadTimeoutMs', 'app-server': 'readTimeoutMs' };
const waitsMs = ({ kind, config }: Component): number =>
  kind === 'load-balancer' ? Number(config['timeoutServerMs']) : Number(config[WAITS[kind] ?? ''] ?? Number.NaN);

/** `67 of 135 requests given up after 5.0 s, nginx waits for 60.0 s`. */
const gaveUp: Recount = ({ evidence }, design, runs) => {
  const behind = partNamed(evidence, design);
  const requests = requestsIn(runWith(runs, behind.id, 'hang'));
  const gone = requests.filter(({ termination, reason }) => termination === 'sH' || reason === 'app-timeout');
  const asking = (part: Component) =>
    design.components.filter(({ id }) => design.links.some(({ from, to }) => from === id && to === part.id));
  const pairs = asking(behind).flatMap((inner) =>
    asking(inner).map((outer) => [waitsMs(outer), waitsMs(inner)] as const),
  );
  const [outerMs = Number.NaN, innerMs = Number.NaN] = pairs.find(([outer, inner]) => outer < inner) ?? [];
  return [String(gone.length), String(requests.length), formatDuration(outerMs * MS), formatDuration(innerMs * MS)];
};

/** `Server 1 was dead for 60.0 s; no one was told`. */
const untold: Recount = ({ evidence }, design, runs) => {
  const dead = found(
    runs.find((run) => faultsOf(run).length > 0 && run.commands.length === 1),
    'somebody dead',
  );
  const [fault] = faultsOf(dead);
  const victim = fault !== undefined && 'target' in fault ? fault.target : '';
  const deadUs = timeWhen(stretches(dead, [[victim, Field.Alive]], 0, dead.untilUs), ([alive]) => alive !== Alive.Up);
  if (evidence?.includes('no one')) return [formatDuration(deadUs)];
  const { fromUs } = spanOf(dead);
  const told = runWith(
    runs.filter((run) => run !== dead),
    victim,
    'kill',
  ).values('monitoring', Told.Somebody);
  const toldUs = told.find(({ atUs, value }) => atUs >= fromUs && value === 1)?.atUs ?? Number.NaN;
  return [formatDuration(deadUs), formatDuration(toldUs - fromUs)].filter(
    (_, at) => at === 0 || design.monitoring !== null,
  );
};

/** How long two of them were something at once. */
function bothUs(run: PlayedRun, ids: readonly string[], field: number, is: (value: number) => boolean): Micros {
  const { fromUs, toUs } = spanOf(run);
  return timeWhen(
    stretches(
      run,
      ids.map((id) => [id, field] as const),
      fromUs,
      toUs,
    ),
    (values) => values.every(is),
  );
}

/** `Balancer 1 and Balancer 2 both held 203.0.113.10 for 35.1 s`. */
const bothHeld: Recount = ({ evidence }, design, runs) => {
  const run = evidence?.startsWith('Cut')
    ? found(
        runs.find((one) => !isCalm(one)),
        'a cut line',
      )
    : calmOf(runs);
  const hosts = design.hosts.filter(({ name }) => evidence?.includes(name));
  return [
    formatDuration(
      bothUs(
        run,
        hosts.map(({ id }) => id),
        Field.HoldsAddress,
        (holds) => holds === 1,
      ),
    ),
  ];
};

const databaseOn = (design: Design, evidence: string | null, at: number): Component => {
  const places = design.components
    .filter(({ kind }) => kind === 'database')
    .map((part) => ({
      part,
      at: evidence?.indexOf(design.hosts.find(({ id }) => id === part.hostId)?.name ?? '?') ?? -1,
    }))
    .filter((one) => one.at >= 0);
  return found(places.toSorted((one, other) => one.at - other.at)[at]?.part, `a database in "${evidence}"`);
};

/** `Data 1 and Data 2 both took writes for 35.0 s, 26 rows differ`. */
const bothWrote: Recount = ({ evidence }, design, runs) => {
  const run = found(
    runs.find((one) => faultsOf(one).length > 0),
    'a cut line',
  );
  const [old, next] = [0, 1].map((at) => databaseOn(design, evidence, at).id) as [string, string];
  const together = bothUs(run, [old, next], Field.Signs, (signs) => (signs & DatabaseSign.Writable) !== 0);
  // What the one has that the other has not: its own positions from where they part.
  const logOf = (id: string) => run.logged.filter(({ database }) => database === id);
  const [mine, theirs] = [logOf(old), logOf(next)];
  const has = new Set(theirs.map(({ epoch, position }) => `${epoch} ${position}`));
  const differ = mine.filter(({ epoch, position }) => !has.has(`${epoch} ${position}`)).length;
  return [formatDuration(together), String(differ)];
};

/** `1 of 8 confirmed writes was lost`: told to their users as saved, and not in the log of who was promoted. */
const lostWrites: Recount = ({ evidence }, design, runs) => {
  const run = found(
    runs.findLast((one) => one.commands.some(({ type }) => type === 'admin')),
    'a promotion',
  );
  const next = databaseOn(design, evidence, 1).id;
  const has = new Set(
    run.logged.filter(({ database }) => database === next).map(({ epoch, position }) => `${epoch} ${position}`),
  );
  const kept = new Set(
    run.logged.filter(({ epoch, position }) => has.has(`${epoch} ${position}`)).map(({ request }) => request),
  );
  const confirmed = run.ended.filter(({ kind, answered }) => kind === 'write' && answered);
  return [confirmed.filter(({ request }) => !kept.has(request)).length, confirmed.length].map(String);
};

/** `The data of 16 writes ... lie on Data 1 alone`, or how soon a change was at the replica. */
const backups: Recount = ({ evidence }, design, runs) => {
  const run = calmOf(runs);
  const saved = run.ended.filter(({ kind, answered }) => kind === 'write' && answered).length;
  if (evidence?.startsWith('The data of')) return [String(saved)];
  const primary = databaseOn(design, evidence, 0).id;
  const replica = found(
    design.links.find(({ from, protocol }) => from === primary && protocol === 'replication'),
    'a replica',
  ).to;
  const { fromUs, toUs } = spanOf(run);
  const shown = run.values(replica, Field.Version);
  const received = new Set(run.logged.filter(({ database }) => database === replica).map(({ position }) => position));
  const lags = run.logged
    .filter(
      ({ database, atUs, position }) => database === primary && atUs >= fromUs && atUs < toUs && received.has(position),
    )
    .flatMap(({ atUs, position }) => {
      const seen = shown.find(({ value }) => value >= position);
      return seen === undefined ? [] : [seen.atUs - atUs];
    })
    .sort((one, other) => one - other);
  return [formatDuration(lags[Math.floor(lags.length / 2)] ?? Number.NaN)];
};

/** So many moments within the interval of the checks are tried for the worst. */
const MOMENTS = 40;

/** `noticed after 6.7 s, at worst after 7.2 s, and 5.0 s are promised`: the worst by killing it at many moments. */
const noticed: Recount = ({ places }, design, runs) => {
  const line = places[0] !== undefined && 'id' in places[0] ? places[0].id : '';
  const run = found(
    runs.find((one) => faultsOf(one).length === 1),
    'a server killed',
  );
  const downUs = (one: PlayedRun) => {
    const { fromUs } = spanOf(one);
    const down = one
      .values(line, LinkField.State)
      .find(({ atUs, value }) => atUs >= fromUs && value === BeliefState.Down);
    return (down?.atUs ?? Number.NaN) - fromUs;
  };
  const balancer = design.components.find(({ id }) => id === design.links.find((link) => link.id === line)?.from);
  const servers = (balancer?.config['servers'] ?? []) as readonly { link: string; check: { interMs: number } | null }[];
  const interUs = (servers.find(({ link }) => link === line)?.check?.interMs ?? 0) * MS;
  const late = Array.from({ length: MOMENTS }, (_, at) => {
    const shift = (us: Micros) => us + Math.round((at * interUs) / MOMENTS);
    const commands = run.commands.map((one) => ({ ...one, atUs: shift(one.atUs) }));
    return downUs(play({ design: null, seed: 4, commands, untilUs: run.untilUs + SECOND }, design));
  });
  const worstUs = Math.max(...late);
  const slackUs = interUs / MOMENTS + 50 * MS;
  const promised = formatDuration((design.objectives.detectMs ?? Number.NaN) * MS);
  return [formatDuration(downUs(run)), { leastUs: worstUs, mostUs: worstUs + slackUs }, promised];
};

export const STATE_RECOUNTS: Readonly<Record<string, Recount>> = {
  'AV-05': breaking,
  'AV-08': bothHeld,
  'AV-11': noticed,
  'AV-15': tooFew,
  'DB-02': lostWrites,
  'DB-04': bothWrote,
  'DB-06': backups,
  'MO-01': untold,
  'CA-01': busy,
  'CA-03': passedOn,
  'CA-04': gaveUp,
  'CA-06': pools,
  'CA-07': turns,
};

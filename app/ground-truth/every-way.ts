// Who is served, by brute force and a second time: every way through the drawing from the users to a component is written down,
// and each is asked whether a request of this sort may go it while these elements are lost. Nothing of the analysis or of the
// catalogue's files for it is used, and no way is left out: what the clever search says must be the same. Only for small sites
// (the number of ways grows with each component), with one monitor for each group of databases and two keepalived at most.
import { type Component, type Design, type Link, USERS } from '../design/design.ts';
import { addressHolders, type Lost } from './every-holder.ts';

export type Asked = 'read' | 'write' | 'static';

type Config = Readonly<Record<string, unknown>>;

interface Server {
  readonly link: string;
  readonly weight: number;
  readonly backup: boolean;
  readonly check: { readonly type: string; readonly uri?: string; readonly interMs: number } | null;
}

/** Of these sorts of requests, those that some way answers. */
export type Served = (asked: readonly Asked[], lost: Lost) => readonly Asked[];

/** The ways are written down once. */
export function everyWay(design: Design): Served {
  const ways = waysFrom(design, USERS, []);
  const parts = new Map(design.components.map((part) => [part.id, part]));
  const holders = addressHolders(design, withFenced(design, parts, NOTHING));
  return (asked, first) => {
    const lost = withFenced(design, parts, first);
    const site = new Site(design, parts, lost, holders?.(lost) ?? null);
    return asked.filter((one) => ways.some((way) => site.answers(way.at(-1)?.to ?? '', one) && site.goes(way, one)));
  };
}

function waysFrom(design: Design, from: string, before: readonly Link[]): readonly (readonly Link[])[] {
  return design.links.flatMap((link) => {
    if (link.from !== from || !['http', 'mysql'].includes(link.protocol)) return [];
    if (before.some((one) => one.to === link.to)) return [];
    const way = [...before, link];
    return [way, ...waysFrom(design, link.to, way)];
  });
}

/** When the balancer gives a check up: `inter`, or `timeout check` where it is set. */
function limitMs(check: { readonly interMs: number }, balancer: Config): number {
  const [connectMs, checkMs] = [Number(balancer['timeoutConnectMs']), balancer['timeoutCheckMs']];
  return checkMs === null ? check.interMs : Math.max(Number(checkMs), Math.min(check.interMs, connectMs));
}

/** What the way to the application and back takes, and the database's answer. */
const ON_THE_WAY_MS = 60;

const NOTHING: Lost = { dead: new Set(), stopped: new Set() };

/** A monitor with a power board takes the host of the old primary along, if it is not its own. There is one monitor. */
function withFenced(design: Design, parts: ReadonlyMap<string, Component>, lost: Lost): Lost {
  const site = new Site(design, parts, lost, null);
  for (const { id, hostId, config } of parts.values()) {
    const monitor = config['monitor'] as { readonly stonithMs?: number } | undefined;
    const source = site.sourceOf(id);
    if (monitor?.stonithMs === undefined || source === undefined || !site.isPromoted(id, lost)) continue;
    if (source.hostId === hostId) continue;
    const falls = design.components.filter((one) => one.hostId === source.hostId).map((one) => one.id);
    const dead = new Set([...lost.dead, source.hostId, ...falls]);
    return { dead, stopped: new Set([...lost.stopped].filter((one) => !dead.has(one))) };
  }
  return lost;
}

/** The site while something is lost. */
class Site {
  private readonly design: Design;
  private readonly parts: ReadonlyMap<string, Component>;
  private readonly lost: Lost;
  /** Hosts whom the users' neighbours may ask for the address, or null where it does not move. */
  private readonly holders: ReadonlySet<string> | null;
  /** What was found of a link before: many ways share it. */
  private readonly known = new Map<string, boolean>();

  constructor(design: Design, parts: ReadonlyMap<string, Component>, lost: Lost, holders: ReadonlySet<string> | null) {
    this.design = design;
    this.parts = parts;
    this.lost = lost;
    this.holders = holders;
  }

  goes(way: readonly Link[], asked: Asked): boolean {
    return way.every((link) => {
      const name = `${asked} ${link.id}`;
      const goes = this.known.get(name) ?? this.goesAlong(link, asked);
      this.known.set(name, goes);
      return goes;
    });
  }

  private goesAlong(link: Link, asked: Asked): boolean {
    return this.carries(link) && this.isThere(link.to) && this.isChosen(link, asked);
  }

  /** Can the component answer by itself? */
  answers(id: string, asked: Asked): boolean {
    const { kind, config } = this.part(id);
    if (kind === 'web-server') return asked === 'static';
    if (kind === 'app-server') return asked === 'static' || this.databasesOf(id).length === 0;
    if (kind !== 'database' || asked === 'static') return false;
    return asked === 'read' || config['role'] === 'primary' || this.isPromoted(id, this.lost);
  }

  private part(id: string): Component {
    return this.parts.get(id) as Component;
  }

  private isThere(id: string): boolean {
    const { dead, stopped } = this.lost;
    return !dead.has(id) && !dead.has(this.part(id).hostId) && !stopped.has(id);
  }

  /** Not cut, and let in by the firewall at its end. */
  private carries(link: Link): boolean {
    return !this.lost.dead.has(link.id) && this.isOpen(link);
  }

  private isOpen({ from, to, port }: Link): boolean {
    const hostId = this.part(to).hostId;
    const firewall = this.design.hosts.find((host) => host.id === hostId)?.firewall ?? null;
    const caller = from === USERS ? 'anyone' : this.part(from).hostId;
    if (firewall === null || caller === hostId) return true;
    return firewall.rules.some((rule) => rule.port === port && ['anyone', caller].includes(rule.from));
  }

  /** May whoever stands at the start of the link send such a request along it, once all have noticed? */
  private isChosen(link: Link, asked: Asked): boolean {
    if (link.from === USERS) return this.isEntry(link);
    const { kind, config } = this.part(link.from);
    if (kind === 'load-balancer') return this.isBalancedTo(config, link);
    if (kind === 'web-server') return asked !== 'static' && this.isFirstApplication(link);
    return kind === 'app-server' && asked !== 'static' && this.isAskedDatabase(config, link, asked);
  }

  private isEntry(link: Link): boolean {
    if (this.holders !== null) return this.holders.has(this.part(link.to).hostId);
    return this.design.links.find(({ from }) => from === USERS) === link;
  }

  private isBalancedTo(config: Config, link: Link): boolean {
    const servers = config['servers'] as readonly Server[];
    const at = servers.findIndex((server) => server.link === link.id);
    const mine = servers[at];
    if (mine === undefined || !this.isUsable(mine, config)) return false;
    // Those that go up and down leave their place to others at times.
    const before = servers
      .slice(0, at)
      .filter((server) => this.isUsable(server, config) && !this.flaps(server, config));
    const isActiveLeft = servers.some(
      (server) => !server.backup && this.isUsable(server, config) && !this.flaps(server, config),
    );
    if (mine.backup) {
      return !isActiveLeft && (config['allbackups'] === true || !before.some((server) => server.backup));
    }
    if (config['balance'] !== 'first') return true;
    const earlier = before.filter((server) => !server.backup);
    // A request that finds no connection at the first one may be tried at the second, never at a third.
    const [first] = earlier;
    const isSecond =
      first !== undefined && earlier.length === 1 && config['redispatch'] !== null && Number(config['retries']) > 0;
    return earlier.length === 0 || (isSecond && !this.connects(first, true));
  }

  /** In the rotation, and not marked DOWN. A check that only connects cannot tell a stopped process. */
  private isUsable({ link: id, weight, check }: Server, balancer: Config): boolean {
    const link = this.design.links.find((one) => one.id === id);
    if (link === undefined || weight === 0) return false;
    if (check === null) return true;
    return (
      this.connects({ link: id }, check.type === 'tcp') &&
      (check.uri !== '/ready' || this.isReady(link.to, limitMs(check, balancer)) !== false)
    );
  }

  private flaps({ link: id, check }: Server, balancer: Config): boolean {
    const link = this.design.links.find((one) => one.id === id) as Link;
    return check?.uri === '/ready' && this.isReady(link.to, limitMs(check, balancer)) === null;
  }

  /** Does the page that needs all parts answer: yes, no, or at times (null)? */
  private isReady(id: string, limit: number): boolean | null {
    const { kind, config } = this.part(id);
    if (kind === 'web-server') {
      const link = this.design.links.find((one) => one.from === id && this.isFirstApplication(one));
      return link !== undefined && this.carries(link) && this.isThere(link.to) && this.isReady(link.to, limit);
    }
    const links = this.databasesOf(id);
    if (links.length === 0) return true;
    const isGood = (link: Link) => this.carries(link) && this.isThere(link.to);
    if (config['readsFrom'] !== 'both')
      return links.some((link) => this.isAskedDatabase(config, link, 'read') && isGood(link));
    const bad = links.filter((link) => !isGood(link));
    if (bad.length === 0 || bad.length === links.length) return bad.length === 0;
    const keeps = (link: Link) => this.carries(link) && this.lost.stopped.has(link.to);
    const isSilent = (link: Link) =>
      !keeps(link) && (!this.carries(link) || this.lost.dead.has(this.part(link.to).hostId));
    if (config['replicaShare'] !== undefined && bad.every(keeps)) return !keeps(links[0] as Link);
    const waited = Number(config['serviceMs']) + bad.filter(isSilent).length * Number(config['connectTimeoutMs']);
    return bad.some(keeps) || waited + ON_THE_WAY_MS > limit ? null : true;
  }

  private connects({ link: id }: Pick<Server, 'link'>, toKernel: boolean): boolean {
    const link = this.design.links.find((one) => one.id === id) as Link;
    return this.carries(link) && (this.isThere(link.to) || (toKernel && this.lost.stopped.has(link.to)));
  }

  private isFirstApplication(link: Link): boolean {
    const first = this.design.links.find(({ from, to }) => from === link.from && this.part(to).kind === 'app-server');
    return first === link;
  }

  private databasesOf(id: string): readonly Link[] {
    return this.design.links.filter(({ from, to }) => from === id && this.part(to).kind === 'database');
  }

  private isAskedDatabase(config: Config, link: Link, asked: Asked): boolean {
    const links = this.databasesOf(link.from);
    if (!links.includes(link)) return false;
    const firstWith = (role: string) => links.find(({ to }) => this.roleFor(link.from, to) === role);
    const toPrimary = (firstWith('primary') ?? links[0]) === link;
    if (asked === 'write' || config['readsFrom'] === 'primary') return toPrimary;
    if (config['readsFrom'] === 'replica') return (firstWith('replica') ?? links[0]) === link;
    if (config['readsFrom'] === 'local') {
      const local = links.find(({ to }) => this.part(to).hostId === this.part(link.from).hostId);
      return local === undefined ? toPrimary : local === link;
    }
    const share = config['replicaShare'];
    const meant = share === 0 ? firstWith('primary') : share === 1 ? firstWith('replica') : undefined;
    return meant === undefined || !this.lost.stopped.has(meant.to) || meant === link;
  }

  // ---- promotion ----------------------------------------------------------------------------------------------------

  /** What the application takes a database for: as configured until it has heard of a promotion, then by that. */
  private roleFor(application: string, database: string): unknown {
    const all = this.design.components.filter(({ kind }) => kind === 'database').map(({ id }) => id);
    const known = (lost: Lost) => all.filter((id) => this.isPromoted(id, lost));
    const before = known(NOTHING);
    const fresh = known(this.lost).filter((id) => !before.includes(id));
    const record = (newest: readonly string[], id: string) => {
      const group = this.groupOf(id);
      const isIn = (one: string) => group.has(one);
      return (
        newest.find(isIn) ??
        before.find(isIn) ??
        all.find((one) => isIn(one) && this.part(one).config['role'] === 'primary')
      );
    };
    const isCutOff = this.databasesOf(application).some(
      ({ id, to }) => this.lost.dead.has(id) && record(fresh, to) === to,
    );
    const heard = isCutOff ? [] : fresh;
    if (heard.length === 0 && before.length === 0) return this.part(database).config['role'];
    return record(heard, database) === database ? 'primary' : 'replica';
  }

  /** A replica that is there, with a monitor that does not reach the one it follows; or that had been promoted before. */
  isPromoted(id: string, lost: Lost): boolean {
    const { config, hostId } = this.part(id);
    const link = this.replicationTo(id);
    if (config['role'] !== 'replica' || config['monitor'] === undefined || link === undefined) return false;
    if (!this.isOpen(link)) return true;
    const source = this.part(link.from);
    const isLost = (one: string) => lost.dead.has(one) || lost.stopped.has(one);
    if (isLost(id) || isLost(hostId)) return false;
    return isLost(link.id) || isLost(source.id) || isLost(source.hostId);
  }

  private replicationTo(id: string): Link | undefined {
    const isDatabase = (end: string) => end !== USERS && this.part(end).kind === 'database';
    return this.design.links.find(({ from, to }) => to === id && isDatabase(from));
  }

  /** Whom a database follows. */
  sourceOf(id: string): Component | undefined {
    return this.parts.get(this.replicationTo(id)?.from ?? '');
  }

  private groupOf(id: string): ReadonlySet<string> {
    const group = new Set([id]);
    const isDatabase = (end: string) => end !== USERS && this.part(end).kind === 'database';
    for (let before = 0; before < group.size; ) {
      before = group.size;
      for (const { from, to } of this.design.links) {
        if (!isDatabase(from) || !isDatabase(to)) continue;
        if (group.has(from) || group.has(to)) group.add(from).add(to);
      }
    }
    return group;
  }
}

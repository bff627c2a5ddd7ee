// Who has the virtual IP, a second time: two keepalived played interval by interval, with what the users' neighbours hear. For
// the brute force of every-way.ts; nothing of the catalogue's virtual IP is used.
import { type Design, type Link, USERS } from '../design/design.ts';

/** Ids of what is dead (hosts with their components, components) or cut, and of components that are stopped. */
export interface Lost {
  readonly dead: ReadonlySet<string>;
  readonly stopped: ReadonlySet<string>;
}

interface Track {
  readonly process: string;
  readonly weight: number;
}

interface Player {
  readonly id: string;
  readonly hostId: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly address: number;
  isActing: boolean;
  /** The address is on the interface of its host. */
  holds: boolean;
  missed: number;
}

const INTERVALS = 40;
const LATE_AFTER = 3;

/** What is lost, and hosts whom the neighbours' table may name in the end; none: nobody answers. */
type Holders = (lost: Lost) => ReadonlySet<string>;

/** Null where the address does not move. `lostBefore`: what has been lost for long. */
export function addressHolders(design: Design, lostBefore: Lost): Holders | null {
  if (!design.components.some(({ config }) => config['virtualIpaddress'] === design.dns.address)) return null;
  const before = new Game(design);
  for (let n = 0; n < INTERVALS; n++) before.play(lostBefore);
  return (lost) => {
    const game = before.copy();
    for (let n = 0; n < INTERVALS; n++) game.play(lost);
    return game.table;
  };
}

class Game {
  table: ReadonlySet<string> = new Set();
  private readonly design: Design;
  private players: readonly Player[];

  constructor(design: Design) {
    this.design = design;
    this.players = design.components
      .filter(({ kind }) => kind === 'virtual-ip')
      .map(({ id, hostId, config }) => {
        const words = (design.hosts.find((host) => host.id === hostId)?.address ?? '').split('.').map(Number);
        const address = words.reduce((sum, word) => sum * 256 + word, 0);
        return { id, hostId, config, address, isActing: false, holds: false, missed: 0 };
      });
    const isAbove = (a: Player, b: Player) =>
      Number(a.config['priority']) > Number(b.config['priority']) ||
      (a.config['priority'] === b.config['priority'] && a.address > b.address);
    for (const player of this.players) {
      const isLinked = (other: Player) => this.linksOf(player, other).length > 0;
      player.isActing = this.players.every((other) => other === player || !isLinked(other) || isAbove(player, other));
      player.holds = player.isActing;
      if (player.isActing) this.table = new Set([player.hostId]);
    }
  }

  copy(): Game {
    const copy = new Game(this.design);
    copy.players = this.players.map((player) => ({ ...player }));
    copy.table = this.table;
    return copy;
  }

  /** One interval of advertisements. */
  play(lost: Lost): void {
    for (const player of this.players) this.fall(player, lost);
    for (const player of this.players) this.listen(player, lost);
    const late = this.players.filter(
      (player) => !player.isActing && this.isWell(player, lost) && player.missed >= LATE_AFTER,
    );
    const [next] = [...late].sort((a, b) => this.priority(b, lost) - this.priority(a, lost));
    if (next !== undefined) this.take(next, lost);
    const refreshing = this.players.filter(
      (player) =>
        player.isActing && (Number(player.config['garpMasterRefreshMs'] ?? 0) > 0 || this.answersLower(player, lost)),
    );
    this.announce(refreshing, lost);
    this.ask(lost);
  }

  private fall(player: Player, lost: Lost): void {
    if (lost.dead.has(player.hostId)) player.holds = false;
    if (!this.isRunning(player, lost)) player.isActing = false;
    else if (this.isFault(player, lost)) {
      player.isActing = false;
      player.holds = false;
    }
  }

  private listen(player: Player, lost: Lost): void {
    const mine = this.priority(player, lost);
    const heard = this.heard(player, lost);
    const isBeaten = heard.some((other) => {
      const theirs = this.priority(other, lost);
      return theirs > mine || (theirs === mine && other.address > player.address);
    });
    if (player.isActing && isBeaten) {
      player.isActing = false;
      player.holds = false;
      player.missed = 0;
    } else if (!player.isActing) {
      const accepts = heard.some((other) => player.config['nopreempt'] === true || this.priority(other, lost) >= mine);
      player.missed = accepts ? 0 : player.missed + 1;
    }
  }

  private take(player: Player, lost: Lost): void {
    player.isActing = true;
    player.holds = true;
    player.missed = 0;
    this.announce([player], lost);
  }

  /** Of several who speak in turn, each may have been the last. */
  private announce(players: readonly Player[], lost: Lost): void {
    const reaching = players.filter((player) => {
      const entry = this.entryOf(player.hostId);
      return entry !== undefined && !lost.dead.has(entry.id);
    });
    if (reaching.length > 0) this.table = new Set(reaching.map(({ hostId }) => hostId));
  }

  /** Where the host that is named answers no more, the neighbours ask everybody who has the address. */
  private ask(lost: Lost): void {
    const answers = this.players.filter((player) => {
      const entry = this.entryOf(player.hostId);
      return player.holds && !lost.dead.has(player.hostId) && entry !== undefined && !lost.dead.has(entry.id);
    });
    const found = new Set(answers.map(({ hostId }) => hostId));
    const kept = [...this.table].filter((hostId) => found.has(hostId));
    this.table = kept.length > 0 ? new Set(kept) : found;
  }

  private isRunning({ id, hostId }: Player, { dead, stopped }: Lost): boolean {
    return !dead.has(id) && !dead.has(hostId) && !stopped.has(id);
  }

  private isWell = (player: Player, lost: Lost): boolean => this.isRunning(player, lost) && !this.isFault(player, lost);

  private isProcessGone({ config }: Player, { dead }: Lost): boolean {
    const track = config['track'] as Track | null;
    return track !== null && dead.has(track.process);
  }

  private isFault = (player: Player, lost: Lost): boolean =>
    this.isProcessGone(player, lost) && (player.config['track'] as Track).weight === 0;

  private priority(player: Player, lost: Lost): number {
    const weight = (player.config['track'] as Track | null)?.weight ?? 0;
    const isUp = !this.isProcessGone(player, lost);
    const counted = isUp ? Math.max(0, weight) : Math.min(0, weight);
    return Math.min(254, Math.max(1, Number(player.config['priority']) + counted));
  }

  private linksOf(a: Player, b: Player): readonly Link[] {
    return this.design.links.filter(({ from, to }) => (from === a.id && to === b.id) || (from === b.id && to === a.id));
  }

  /** Holders whose word comes through to this one. */
  private heard(player: Player, lost: Lost): readonly Player[] {
    return this.players.filter((other) => {
      if (other === player || !other.isActing || other.config['version'] !== player.config['version']) return false;
      return this.linksOf(player, other).some(
        (link) => !lost.dead.has(link.id) && this.isOpen(link, link.to !== player.id),
      );
    });
  }

  private answersLower(player: Player, lost: Lost): boolean {
    return Number(player.config['garpLowerPrioRepeat'] ?? 5) > 0 && this.heard(player, lost).length > 0;
  }

  private entryOf(hostId: string): Link | undefined {
    const onHost = (id: string) => this.design.components.some((one) => one.id === id && one.hostId === hostId);
    return this.design.links.find(({ from, to }) => from === USERS && onHost(to));
  }

  /** Does the firewall at the end (or at the start, for what comes back) let the other side in? */
  private isOpen(link: Link, isBack: boolean): boolean {
    const [from, to] = isBack ? [link.to, link.from] : [link.from, link.to];
    const hostOf = (id: string) => this.design.components.find((one) => one.id === id)?.hostId ?? 'anyone';
    const firewall = this.design.hosts.find((host) => host.id === hostOf(to))?.firewall ?? null;
    const isRule = (rule: { readonly from: string; readonly port: number }) =>
      rule.port === link.port && ['anyone', hostOf(from)].includes(rule.from);
    return firewall === null || hostOf(from) === hostOf(to) || firewall.rules.some(isRule);
  }
}

// What is wrong at an instant, by the commands alone: it is known at once, before the engine has computed what follows. The
// rules are those of the engine: several faults can be on one element, and each ends by itself.
import { type Component, type Design, type Host, type Link, USERS } from '../design/design.ts';
import { type Wiring, wiringOf } from '../design/wiring.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { Command, Fault } from '../simulation/command.ts';
import type { ActiveFault, FaultKind } from './app.ts';

export interface Truth {
  /** Faults that are on, the oldest first. */
  readonly faults: readonly ActiveFault[];
  /** The fault of this kind on this very element; of two hosts that are parted, either. */
  on(target: string, kind: FaultKind): ActiveFault | undefined;
  isHostOff(hostId: string): boolean;
  /** Its process is dead, or its host is off. */
  isDead(componentId: string): boolean;
  /** Its process is stopped, by itself or with all of its host. */
  isHung(componentId: string): boolean;
  /** Nothing gets through: cut by itself, or its hosts are parted. */
  isCut(linkId: string): boolean;
}

/** A restart is a kill with its repair so much later, as one act. */
export const RESTART_US: Micros = 3 * SECOND;

type OfType<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

/** `commands` in the order in which they are carried out. */
export function truthAt(design: Design, commands: readonly Command[], us: Micros): Truth {
  const ledger = new Ledger(design, commands);
  for (const command of commands) {
    if (command.atUs > us) break;
    ledger.take(command);
  }
  const faults = ledger.faults();
  const wiring = wiringOf(design);
  const hostOf = (id: string): string => wiring.component(id)?.hostId ?? '';
  const on = (target: string, kind: FaultKind) =>
    faults.find((fault) => fault.kind === kind && (fault.target === target || fault.other === target));
  const onPart = (id: string, kind: FaultKind) => (on(id, kind) ?? on(hostOf(id), kind)) !== undefined;
  const hangs = (id: string) => {
    const host = on(hostOf(id), 'hang');
    return on(id, 'hang') !== undefined || (host !== undefined && host.freed?.includes(id) !== true);
  };
  const isParted = (link: Link | undefined): boolean => {
    const ends = [hostOf(link?.from ?? ''), hostOf(link?.to ?? '')];
    const isPair = (fault: ActiveFault) => ends.includes(fault.target) && ends.includes(fault.other ?? '');
    return faults.some((fault) => fault.kind === 'part' && isPair(fault));
  };
  return {
    faults,
    on,
    isHostOff: (id) => on(id, 'kill') !== undefined,
    isDead: (id) => onPart(id, 'kill'),
    isHung: (id) => hangs(id) && !onPart(id, 'kill'),
    isCut: (id) => on(id, 'cut') !== undefined || isParted(wiring.link(id)),
  };
}

/** Faults by what they are on, in the order in which they came. */
class Ledger {
  private readonly open = new Map<string, ActiveFault>();
  private readonly commands: readonly Command[];
  private readonly wiring: Wiring;

  constructor(design: Design, commands: readonly Command[]) {
    this.commands = commands;
    this.wiring = wiringOf(design);
  }

  private partsOf(hostId: string): readonly Component[] {
    return this.wiring.componentsOn(hostId);
  }

  private isHost(id: string): boolean {
    return this.wiring.host(id) !== undefined;
  }

  private hostIdOf(id: string): string {
    return this.wiring.component(id)?.hostId ?? '';
  }

  faults(): readonly ActiveFault[] {
    return [...this.open.values()];
  }

  take(command: Command): void {
    switch (command.type) {
      case 'kill':
        this.kill(command);
        return;
      case 'hang':
        if (!this.isDead(command.target)) this.add('hang', command);
        return;
      case 'slow':
      case 'degrade':
        this.add(command.type, command);
        return;
      case 'flood':
        if (command.rateRps > 0) this.add('flood', command);
        else this.end('flood', command.target);
        return;
      case 'cut':
        if (command.other === undefined) this.add('cut', command);
        else if (this.parted(command.target, command.other) === undefined) {
          this.open.set(`part ${command.target} ${command.other}`, faultOf('part', command));
        }
        return;
      case 'repair':
        this.repair(command);
        return;
      default:
    }
  }

  private isDead(id: string): boolean {
    return this.open.has(`kill ${id}`) || this.open.has(`kill ${this.hostIdOf(id)}`);
  }

  private parted(a: string, b: string): ActiveFault | undefined {
    return this.open.get(`part ${a} ${b}`) ?? this.open.get(`part ${b} ${a}`);
  }

  /** A second one of the same sort only changes its measure. */
  private add(kind: FaultKind, command: Command): void {
    const key = `${kind} ${command.target}`;
    const before = this.open.get(key);
    const fault = faultOf(kind, command);
    this.open.set(key, before === undefined ? fault : { ...fault, sinceUs: before.sinceUs });
  }

  private end(kind: FaultKind, target: string): void {
    this.open.delete(`${kind} ${target}`);
  }

  /** What was stopped is then dead, and no more than that. */
  private kill(command: OfType<'kill'>): void {
    const { target, atUs } = command;
    if (this.isDead(target)) return;
    this.end('hang', target);
    if (this.isHost(target)) {
      for (const part of this.partsOf(target)) {
        this.end('kill', part.id);
        this.end('hang', part.id);
      }
    } else this.free(target);
    const back = this.commands.some(
      (one) => one.type === 'repair' && one.target === target && one.fault === 'kill' && one.atUs === atUs + RESTART_US,
    );
    this.open.set(`kill ${target}`, { ...faultOf('kill', command), ...(back ? { backUs: atUs + RESTART_US } : {}) });
  }

  /** A part of a server that hangs has died: its next start is well, and with the last one the hang is over. */
  private free(part: string): void {
    const key = `hang ${this.hostIdOf(part)}`;
    const hang = this.open.get(key);
    if (hang === undefined) return;
    const freed = [...(hang.freed ?? []), part];
    const processes = this.partsOf(this.hostIdOf(part)).filter(({ kind }) => kind !== 'files');
    if (processes.every(({ id }) => freed.includes(id))) this.open.delete(key);
    else this.open.set(key, { ...hang, freed });
  }

  private repair({ target, fault, other }: OfType<'repair'>): void {
    if (other !== undefined) {
      for (const key of [`part ${target} ${other}`, `part ${other} ${target}`]) this.open.delete(key);
      return;
    }
    const kinds: readonly FaultKind[] =
      fault === undefined ? ['kill', 'hang', 'slow', 'cut', 'degrade', 'flood'] : [fault];
    for (const kind of kinds) {
      this.end(kind, target);
      if (!this.isHost(target)) continue;
      if (kind === 'kill' || kind === 'hang') for (const part of this.partsOf(target)) this.end(kind, part.id);
      if (kind !== 'cut') continue;
      for (const [key, one] of this.open) {
        if (one.kind === 'part' && (one.target === target || one.other === target)) this.open.delete(key);
      }
    }
  }
}

function faultOf(kind: FaultKind, command: Command): ActiveFault {
  const other = command.type === 'cut' ? command.other : undefined;
  return { kind, target: command.target, sinceUs: command.atUs, command, ...(other === undefined ? {} : { other }) };
}

/** The fault as the engine's `repair` names it. */
export const commandFault = (kind: FaultKind): Fault => (kind === 'part' ? 'cut' : kind);

export const hostNamed = (design: Design, id: string): Host | undefined => wiringOf(design).host(id);

export const componentNamed = (design: Design, id: string): Component | undefined => wiringOf(design).component(id);

/** `Server 1`, `the load balancer`; how a host is called inside a sentence. */
export function hostWords(design: Design, hostId: string): string {
  const host = hostNamed(design, hostId);
  if (host === undefined) return 'a server';
  const balances = wiringOf(design)
    .componentsOn(hostId)
    .some(({ kind }) => kind === 'load-balancer');
  if (balances && !/\d$/.test(host.name)) return `the ${host.name.toLowerCase()}`;
  return host.name === 'Server' ? 'the server' : host.name;
}

/** `Server 1`, `nginx on Server 1`, `the line from HAProxy to nginx on Server 1`; how a target is called in a sentence. */
export function targetWords(design: Design, id: string): string {
  if (id === USERS) return 'the users';
  const link = wiringOf(design).link(id);
  if (link !== undefined) return `the line from ${targetWords(design, link.from)} to ${targetWords(design, link.to)}`;
  const component = componentNamed(design, id);
  if (component === undefined) return hostWords(design, id);
  const own = component.kind === 'database' ? databaseWords(design, component) : partWords(component);
  return design.hosts.length > 1 && component.kind !== 'load-balancer'
    ? `${own} on ${hostWords(design, component.hostId)}`
    : own;
}

const partWords = (component: Component): string =>
  component.kind === 'app-server' || component.kind === 'files' ? `the ${component.name}` : component.name;

function databaseWords(design: Design, component: Component): string {
  const databases = design.components.filter((one) => one.kind === 'database');
  return databases.length > 1 ? `the ${String(component.config['role'])}` : component.name;
}

/** `A`, `A and B`, `A, B and C`. */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `A is dead`, `A and B are dead`; not yet a sentence. */
export const deadWords = (words: readonly string[]): string =>
  `${listWords(words)} ${words.length > 1 ? 'are' : 'is'} dead`;

/** Upper case for the first letter, but for programs that write themselves small. */
export const sentenceCase = (words: string): string =>
  /^(nginx|keepalived)\b/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);

const FAULTS: readonly Command['type'][] = ['kill', 'hang', 'slow', 'cut', 'degrade', 'flood'];

/** Whether somebody has done a fault by then, be it over or not. */
export const hadFault = (commands: readonly Command[], us: Micros): boolean =>
  commands.some(({ type, atUs }) => atUs <= us && FAULTS.includes(type));

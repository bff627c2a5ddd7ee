// What faults and acts are called: on the tag at the element, on the timeline, in the list of what happened.
import type { Design } from '../design/design.ts';
import type { IconName } from '../drawing/icons.ts';
import type { Command } from '../simulation/command.ts';
import type { ActiveFault } from './app.ts';
import { componentNamed, hostNamed, hostWords, RESTART_US, targetWords } from './truth.ts';

interface Said {
  readonly icon: IconName;
  /** On the tag: `Powered off`, `Slow 5x`, `Flood 40/s`. */
  readonly tag: string;
  /** On the timeline, before what it was done to: `Power off`. */
  readonly name: string;
  /** `You powered off`. */
  readonly did: string;
}

/** What a command did, in words; null for those that are no act on an element, such as a change of settings. */
export function said(design: Design, command: Command): Said | null {
  switch (command.type) {
    case 'kill':
      return hostNamed(design, command.target) === undefined
        ? { icon: 'power-off', tag: 'Killed', name: 'Kill', did: 'killed' }
        : { icon: 'power-off', tag: 'Powered off', name: 'Power off', did: 'powered off' };
    case 'hang':
      return { icon: 'hourglass', tag: 'Hung', name: 'Hang', did: 'hung' };
    case 'slow':
      return { icon: 'snail', tag: `Slow ${command.factor}x`, name: `Slow ${command.factor}x`, did: 'slowed' };
    case 'cut':
      return command.other === undefined
        ? { icon: 'scissors', tag: 'Cut', name: 'Cut', did: 'cut' }
        : { icon: 'unlink', tag: 'Parted', name: 'Part', did: 'parted' };
    case 'degrade': {
      const share = Math.round(command.lossShare * 100);
      const tag = share > 0 ? `Lossy ${share}%` : `Late ${command.delayMs} ms`;
      return { icon: 'holes', tag, name: tag, did: 'degraded' };
    }
    case 'flood':
      return { icon: 'waves', tag: `Flood ${command.rateRps}/s`, name: `Flood ${command.rateRps}/s`, did: 'flooded' };
    case 'repair':
      return { icon: 'wrench', tag: '', name: 'Repair', did: 'repaired' };
    case 'admin':
      return adminSaid(command.words);
    case 'reconfigure':
      return null;
  }
}

const ADMIN: Readonly<Record<string, Said>> = {
  drain: { icon: 'drain', tag: '', name: 'Drain', did: 'drained' },
  maint: { icon: 'drain', tag: '', name: 'Maintenance', did: 'took out by hand' },
  ready: { icon: 'drain', tag: '', name: 'Ready', did: 'made ready' },
};

/** What a database is told. */
const ORDERS: Readonly<Record<string, Said>> = {
  promote: { icon: 'promote', tag: '', name: 'Promote', did: 'promoted' },
  follow: { icon: 'rejoin', tag: '', name: 'Rejoin', did: 'rejoined' },
  clone: { icon: 'rejoin', tag: '', name: 'Replace the data', did: 'replaced the data of' },
};

const adminSaid = (words: readonly string[]): Said | null =>
  words[0] === 'set' && words[1] === 'server' && words[3] === 'state'
    ? (ADMIN[words[4] ?? ''] ?? null)
    : (ORDERS[words[0] ?? ''] ?? null);

/** What it was done to: `Server 1 and Server 2` for a partition, a server's name for an operator's word. */
export function doneTo(design: Design, command: Command): string {
  if (command.type === 'admin' && ORDERS[command.words[0] ?? ''] === undefined) return command.words[2] ?? '';
  // A database has one role before such an order and another one after it: it goes by its host.
  if (command.type === 'admin')
    return `MySQL on ${hostWords(design, componentNamed(design, command.target)?.hostId ?? '')}`;
  const target = targetWords(design, command.target);
  return (command.type === 'cut' || command.type === 'repair') && command.other !== undefined
    ? `${target} and ${targetWords(design, command.other)}`
    : target;
}

/** A restart is said as one act. */
export const isRestart = (commands: readonly Command[], command: Command): boolean =>
  command.type === 'kill' && commands.some((one) => isReturn(one, command));

/** The second half of a restart. */
export const isReturnOfRestart = (commands: readonly Command[], command: Command): boolean =>
  commands.some((one) => one.type === 'kill' && isReturn(command, one));

const isReturn = (one: Command, kill: Command): boolean =>
  one.type === 'repair' && one.fault === 'kill' && one.target === kill.target && one.atUs === kill.atUs + RESTART_US;

export interface FaultTag {
  /** The kind, for the wrench that ends this one. */
  readonly fault: string;
  /** The host from which a partition keeps this one. */
  readonly other?: string;
  readonly icon: IconName;
  readonly word: string;
}

/** The tags of every element, by its id: several faults are several tags, the oldest first. */
export function tagsOf(design: Design, faults: readonly ActiveFault[]): Readonly<Record<string, readonly FaultTag[]>> {
  const tags: Record<string, FaultTag[]> = {};
  for (const fault of faults) {
    const words = said(design, fault.command);
    if (words === null) continue;
    const isBack = fault.backUs !== undefined;
    const { kind, target, other } = fault;
    const icon = isBack ? 'restart' : words.icon;
    const put = (id: string, tag: FaultTag): void => {
      tags[id] = [...(tags[id] ?? []), tag];
    };
    if (other === undefined) put(target, { fault: kind, icon, word: isBack ? 'Restarting' : words.tag });
    else {
      put(target, { fault: kind, icon, other, word: `${words.tag} from ${hostWords(design, other)}` });
      put(other, { fault: kind, icon, other: target, word: `${words.tag} from ${hostWords(design, target)}` });
    }
  }
  return tags;
}

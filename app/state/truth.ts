// What is dead at an instant, by the commands alone: it is known at once, before the engine has computed what follows.
import type { Component, Design, Host } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { ActiveFault } from './app.ts';

export interface Truth {
  /** Faults that are on, the oldest first. */
  readonly faults: readonly ActiveFault[];
  isHostOff(hostId: string): boolean;
  /** Its process is dead, or its host is off. */
  isDead(componentId: string): boolean;
}

/** `commands` in the order in which they are carried out; the rules are those of the engine's hosts. */
export function truthAt(design: Design, commands: readonly Command[], us: Micros): Truth {
  const faults = new Map<string, ActiveFault>();
  const hostOf = new Map(design.components.map((component) => [component.id, component.hostId]));
  const isHost = (id: string) => design.hosts.some((host) => host.id === id);
  const isDead = (id: string) => faults.has(id) || faults.has(hostOf.get(id) ?? '');
  for (const command of commands) {
    if (command.atUs > us) break;
    const target = command.target;
    if (command.type === 'kill' && (isHost(target) ? !faults.has(target) : hostOf.has(target) && !isDead(target))) {
      if (isHost(target)) for (const [id, hostId] of hostOf) if (hostId === target) faults.delete(id);
      faults.set(target, { target, sinceUs: command.atUs, command });
    }
    if (command.type === 'repair') {
      if (isHost(target)) for (const [id, hostId] of hostOf) if (hostId === target) faults.delete(id);
      faults.delete(target);
    }
  }
  return { faults: [...faults.values()], isHostOff: (id) => faults.has(id), isDead };
}

export const hostNamed = (design: Design, id: string): Host | undefined => design.hosts.find((host) => host.id === id);

export const componentNamed = (design: Design, id: string): Component | undefined =>
  design.components.find((component) => component.id === id);

/** `Server 1`, `the load balancer`; how a host is called inside a sentence. */
export function hostWords(design: Design, hostId: string): string {
  const host = hostNamed(design, hostId);
  if (host === undefined) return 'a server';
  const balances = design.components.some(
    (component) => component.hostId === hostId && component.kind === 'load-balancer',
  );
  if (balances) return `the ${host.name.toLowerCase()}`;
  return host.name === 'Server' ? 'the server' : host.name;
}

/** `Server 1`, `nginx on Server 1`, `the app server on Server 2`; how a target is called inside a sentence. */
export function targetWords(design: Design, id: string): string {
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
  words.startsWith('nginx') ? words : words.charAt(0).toUpperCase() + words.slice(1);

// The recorded model in the words of the load balancer's settings, and what in it the balancer does not know.

import * as v from 'valibot';
import {
  DEFAULT_RANDOM_DRAWS,
  FRESH_RANDOM_STATE,
  type LoadBalancerConfig,
  loadBalancerSchema,
  type ServerConfig,
} from '../catalogue/load-balancer/config.ts';
import type { RecordedModel, RecordedServer, Recording } from './recording.ts';

/** What a recorded client waits at most where no timeout is given. */
const LONG_MS = 600_000;

type Settings = Partial<LoadBalancerConfig>;

/** Lines of the configuration beside the server lines; null for one that is not known. */
function lineSettings(line: string): Settings | null {
  if (line === 'option log-health-checks') return {};
  if (line === 'option allbackups') return { allbackups: true };
  if (line === 'http-check disable-on-404') return { disableOn404: true };
  const [, cookie] = /^cookie (\S+) insert indirect nocache$/.exec(line) ?? [];
  if (cookie !== undefined) return { cookie };
  const [, percent] = /^spread-checks (\d+)$/.exec(line) ?? [];
  if (percent !== undefined) return { spreadChecks: Number(percent) };
  // The hash of an address knows no function: a function's name only says that nothing is mixed unless `avalanche` follows.
  const [, type, named, mixed] =
    /^hash-type (map-based|consistent)( sdbm| djb2| wt6| crc32)?( avalanche)?$/.exec(line) ?? [];
  if (type !== 'map-based' && type !== 'consistent') return null;
  const hashMixed = mixed !== undefined || (type === 'consistent' && named === undefined);
  return { hashType: type, hashMixed };
}

/** `random(1)` is `random` with one draw. */
function balanceSettings(balance: string, ownGenerator = false): Settings | null {
  const [, name, draws] = /^([a-z-]+)(?:\((\d+)\))?$/.exec(balance) ?? [];
  const known = loadBalancerSchema.entries.balance;
  if (!v.is(known, name) || (draws !== undefined && name !== 'random')) return null;
  if (name !== 'random') return { balance: name };
  const randomDraws = Number(draws ?? DEFAULT_RANDOM_DRAWS);
  return { balance: name, randomDraws, ...(ownGenerator ? {} : { randomState: FRESH_RANDOM_STATE }) };
}

/** Further words on a server line; null for one that is not known. */
function extraSettings(extra: string): Partial<ServerConfig> | null {
  const { observe, errorLimit, onError, onMarkedDown } = loadBalancerSchema.entries.servers.item.entries;
  let settings: Partial<ServerConfig> = {};
  const words = extra.split(' ').filter((word) => word !== '');
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    const word = words[at];
    if (word === 'observe' && v.is(observe, value)) settings = { ...settings, observe: value };
    else if (word === 'error-limit' && v.is(errorLimit, Number(value)))
      settings = { ...settings, errorLimit: Number(value) };
    else if (word === 'on-error' && v.is(onError, value)) settings = { ...settings, onError: value };
    else if (word === 'on-marked-down' && v.is(onMarkedDown, value)) settings = { ...settings, onMarkedDown: value };
    else return null;
  }
  return settings;
}

const KNOWN_FIELDS = ['name', 'weight', 'backup', 'check', 'maxconn', 'maxqueue', 'slowstartMs', 'cookie', 'extra'];

/** The first word of a model that is not known, or null. */
function unknownWords(model: RecordedModel): string | null {
  if (balanceSettings(model.balance) === null) return `balance ${model.balance}`;
  const line = linesOf(model).find((text) => lineSettings(text) === null);
  if (line !== undefined) return line;
  for (const server of model.servers) {
    const field = Object.keys(server).find((key) => server[key] !== null && !KNOWN_FIELDS.includes(key));
    if (field !== undefined) return `${field} of a server`;
    if (extraSettings(server.extra ?? '') === null) return String(server.extra);
  }
  return null;
}

const linesOf = (model: RecordedModel): readonly string[] => [
  ...(model.globalLines ?? []),
  ...(model.backendLines ?? []),
];

interface SettingsOptions {
  /** Off: transitions come as an operator's words, and what errors of requests would do comes with them. */
  readonly checks: boolean;
  /** Random picks are drawn from the run's seed. */
  readonly ownGenerator?: boolean;
  readonly linkId: (name: string) => string;
}

export function settingsOf(
  model: RecordedModel,
  servers: readonly RecordedServer[],
  { checks, ownGenerator, linkId }: SettingsOptions,
): LoadBalancerConfig {
  const { timeouts } = model;
  return {
    balance: 'roundrobin',
    ...balanceSettings(model.balance, ownGenerator === true),
    ...Object.assign({}, ...linesOf(model).map(lineSettings)),
    servers: servers.map((server) => serverSettings(server, checks, linkId(server.name))),
    retries: model.retries,
    redispatch: model.redispatch,
    timeoutConnectMs: timeouts['connect'] ?? LONG_MS,
    timeoutServerMs: timeouts['server'] ?? LONG_MS,
    timeoutClientMs: timeouts['client'] ?? LONG_MS,
    timeoutCheckMs: timeouts['check'] ?? null,
    timeoutQueueMs: timeouts['queue'] ?? null,
  };
}

function serverSettings(server: RecordedServer, checks: boolean, link: string): ServerConfig {
  const { name, weight, backup, check, maxconn, maxqueue, slowstartMs, cookie, extra } = server;
  const { onMarkedDown, ...observed } = extraSettings(extra ?? '') ?? {};
  return {
    name,
    link,
    weight,
    backup,
    check: checks && check ? checkSettings(check) : null,
    maxconn: maxconn ?? 0,
    maxqueue: maxqueue ?? 0,
    slowstartMs: slowstartMs ?? 0,
    ...(cookie ? { cookie } : {}),
    ...(onMarkedDown === undefined ? {} : { onMarkedDown }),
    ...(checks ? observed : {}),
  };
}

const checkSettings = (check: NonNullable<RecordedServer['check']>): NonNullable<ServerConfig['check']> => ({
  type: check.type,
  interMs: check.inter,
  fastinterMs: check.fastinter ?? null,
  downinterMs: check.downinter ?? null,
  fall: check.fall,
  rise: check.rise,
});

/** Per cent by which the pauses between checks vary. */
export const spreadOf = (model: RecordedModel): number =>
  Math.max(0, ...linesOf(model).map((line) => lineSettings(line)?.spreadChecks ?? 0));

/** How many servers `random` draws; 0 for another algorithm. */
export const randomDrawsOf = (model: RecordedModel): number => balanceSettings(model.balance)?.randomDraws ?? 0;

/** Do errors of requests count against a server? Then it may go DOWN without a failed check. */
export const isObserved = (model: RecordedModel): boolean =>
  model.servers.some((server) => extraSettings(server.extra ?? '')?.observe !== undefined);

const MODELLED_ACTIONS =
  /^(kill -9|listening|black-hole|SIGSTOP|SIGCONT|lb-kill -9|lb-launch|lb-ready|set (status|health)=\d+)$/;
const MODELLED_WORDS =
  /^cli: set (server \S+ (state (ready|drain|maint)|health (up|stopping|down)|weight \d+%?)|weight \S+ \d+%?)$/;

/** What the simulation does not model of a recording, from its contents alone; null when it models all of it. */
export function notModelled({ model, repetitions }: Recording): string | null {
  const unknown = unknownWords(model);
  if (unknown !== null) return unknown;
  for (const { schedule } of repetitions) {
    for (const { action } of schedule) {
      if (!MODELLED_ACTIONS.test(action) && !MODELLED_WORDS.test(action)) return action;
    }
  }
  return null;
}

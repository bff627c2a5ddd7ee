// What holds in every run of a balancer whatever was recorded: the general half of the recordings' invariants.
import type { Recording } from './recording.ts';
import type { Ended, Replayed, Sent, Transition } from './replay.ts';

/** A broken law as a sentence, or null. */
export function brokenLaw(recording: Recording, replayed: Replayed): string | null {
  const unended = replayed.requests.filter((one) => one === null).length;
  if (unended > 0) return `${unended} requests have no outcome`;
  for (const ended of replayed.requests) {
    const broken = ended === null ? null : brokenEnd(recording, ended);
    if (broken !== null) return `the request at ${ended?.atMs.toFixed(1)} ms ${broken}`;
  }
  return brokenAttempts(recording, replayed);
}

const STATUS_OF: Readonly<Record<string, number>> = { SC: 503, sC: 503, SH: 502, sH: 504 };
const SLACK_MS = 3;

function brokenEnd({ model }: Recording, ended: Ended): string | null {
  const { termination, status, retries, latencyMs } = ended;
  const expected = STATUS_OF[termination];
  if (expected !== undefined && status !== expected) return `ended ${termination} with ${status}`;
  if (retries > model.retries) return `was retried ${retries} times`;
  if (model.redispatch === null && ended.redispatched) return 'was redispatched without the option';
  const serverMs = model.timeouts['server'] ?? 0;
  if (termination === 'sH' && latencyMs < serverMs) return `got 504 before ${serverMs} ms`;
  if (expected !== 503 || ended.lastServer === null) return null;
  const connectMs = model.timeouts['connect'] ?? 0;
  const longestMs = (model.retries + 1) * connectMs + model.retries * Math.min(1000, connectMs) + SLACK_MS;
  if (retries !== model.retries) return `gave up after ${retries} retries`;
  return latencyMs > longestMs ? `took ${latencyMs} ms to give up` : null;
}

/** No attempt at a server that is DOWN, save a retry that stays; none at a backup while an active one is usable. */
function brokenAttempts({ model, repetitions }: Recording, { attempts, transitions }: Replayed): string | null {
  const hasWords = repetitions.some(({ schedule }) => schedule.some((entry) => /^(cli|lb)/.test(entry.action)));
  if (hasWords) return null;
  const isDown = beliefs(transitions);
  const lastServer = new Map<number, string>();
  for (const attempt of attempts) {
    const stays = lastServer.get(attempt.request) === attempt.server;
    lastServer.set(attempt.request, attempt.server);
    if (stays) continue;
    const at = (name: string) => isDown(name, attempt);
    if (at(attempt.server)) return `an attempt at ${attempt.server}, which is DOWN, at ${attempt.atMs} ms`;
    const server = model.servers.find((one) => one.name === attempt.server);
    const active = model.servers.find((one) => !one.backup && one.weight > 0 && !at(one.name));
    if (server?.backup && active !== undefined) return `the backup ${server.name} serves beside ${active.name}`;
  }
  return null;
}

/** Was a server DOWN when a message left for it? */
function beliefs(transitions: readonly Transition[]): (name: string, sent: Sent) => boolean {
  return (name, sent) => transitions.findLast((one) => one.server === name && one.atMs <= sent.atMs)?.state === 'DOWN';
}

// What the strip says of dead processes that the health checks do not ask for: app servers and databases.
import type { Component, Design } from '../design/design.ts';
import { BeliefState } from '../simulation/trace.ts';
import type { Facts } from './narration-facts.ts';
import { componentNamed, deadWords, hostWords, listWords, sentenceCase, targetWords } from './truth.ts';

const ofKind = (design: Design, kind: string): readonly Component[] =>
  design.components.filter((component) => component.kind === kind);

/** All of them that matter, each with what it costs. */
export function partDead(facts: Facts): string | null {
  const { design, truth } = facts;
  // A restart ends by itself, and is told as one.
  const deaths = truth.faults.filter(({ kind, backUs }) => kind === 'kill' && backUs === undefined);
  if (!deaths.some((fault) => componentNamed(design, fault.target) !== undefined)) return null;
  if (facts.servers.length === 0) return aloneDead(facts);
  const sentences = [appServersDead(facts), databasesDead(facts)].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Behind no balancer, whatever dies stops the site. */
function aloneDead({ design, truth }: Facts): string | null {
  const apps = ofKind(design, 'app-server').filter((part) => truth.isDead(part.id));
  const dead = [...apps, ...ofKind(design, 'database').filter((part) => truth.isDead(part.id))];
  if (dead.length === 0) return null;
  const opening = sentenceCase(deadWords(dead.map((part) => targetWords(design, part.id))));
  const ending = apps.length > 0 ? 'nginx answers every request with 502.' : 'Every request that needs it fails.';
  return `${opening}. ${ending}`;
}

function appServersDead({ design, truth, servers }: Facts): string | null {
  const dead = ofKind(design, 'app-server').filter((part) => {
    const server = servers.find((one) => one.hostId === part.hostId);
    return truth.isDead(part.id) && !truth.isDead(server?.componentId ?? part.id) && server?.state === BeliefState.Up;
  });
  const [first] = dead;
  if (first === undefined) return null;
  if (dead.length === 1) {
    const opening = sentenceCase(deadWords([targetWords(design, first.id)]));
    return `${opening}. nginx still passes its health checks, so HAProxy keeps it UP.`;
  }
  const hosts = listWords(dead.map((part) => hostWords(design, part.hostId)));
  return `The app servers on ${hosts} are dead. nginx still passes the health checks, so HAProxy keeps them UP.`;
}

function databasesDead(facts: Facts): string | null {
  const { design, truth } = facts;
  const databases = ofKind(design, 'database');
  const dead = databases.filter((part) => truth.isDead(part.id));
  const [first] = dead;
  if (first === undefined) return null;
  if (dead.length === databases.length) {
    return `${sentenceCase(deadWords(dead.map((part) => roleWords(part))))}. Reads and writes fail.`;
  }
  const isPrimary = first.config['role'] === 'primary';
  if (truth.isHostOff(first.hostId)) {
    return isPrimary ? `Writes fail because the primary was on ${hostWords(design, first.hostId)}.` : null;
  }
  if (isAskedForAll(facts, first)) {
    return isPrimary ? 'Reads and writes fail because the primary is dead.' : 'Reads fail because the replica is dead.';
  }
  const opening = isPrimary ? 'Writes fail because the primary is dead.' : 'The replica is dead.';
  return `${opening} ${readsWithout(facts, first)}`.trimEnd();
}

const roleWords = (database: Component): string => `the ${String(database.config['role'])}`;

/** Every app server sends its reads to that role alone. */
const isAskedForAll = ({ design }: Facts, database: Component): boolean =>
  ofKind(design, 'app-server').every((app) => app.config['readsFrom'] === database.config['role']);

function readsWithout({ design, truth }: Facts, database: Component): string {
  const reader = ofKind(design, 'app-server').find((app) => app.hostId === database.hostId);
  if (reader?.config['readsFrom'] !== 'local') return 'Reads go to the other database.';
  if (truth.isDead(reader.id)) return '';
  return `Reads fail on ${hostWords(design, database.hostId)}, which asks only its own database.`;
}

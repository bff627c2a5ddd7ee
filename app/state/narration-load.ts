// What the strip says when nothing more has died, but requests queue or are no longer answered.
import { milliseconds } from '../drawing/words.ts';
import type { Facts, Load, Queue } from './narration-facts.ts';
import { hostWords, sentenceCase } from './truth.ts';

/** Shorter ones come and go with the traffic. */
const QUEUE_NEWS = 10;
/** Fewer say nothing about all requests. */
const LEAST_REQUESTS = 3;

const longest = ({ queues }: Load): Queue | undefined =>
  queues.filter((queue) => queue.length >= QUEUE_NEWS).sort((a, b) => b.length - a.length)[0];

/** Components are alive, and yet no request gets its answer. */
export function unanswered({ load, design }: Facts): string | null {
  if (load.answered > 0 || load.failed + load.waiting < LEAST_REQUESTS) return null;
  const queue = longest(load);
  const queues = queue === undefined ? null : `${hostWords(design, queue.hostId)} queues ${queue.length} requests`;
  const why = [queues, waitWords(load, queue === undefined)].filter((words) => words !== null);
  return why.length === 0 ? null : `No request is answered: ${why.join(', and ')}.`;
}

/** What the requests waited for in vain, with its name unless it was told; null for failures of another sort. */
function waitWords({ reason, blamed, silent }: Load, isNamed: boolean): string | null {
  if (silent) return null;
  switch (reason) {
    case 'server-timeout':
      return isNamed ? `each takes longer than HAProxy waits for ${blamed}` : 'each takes longer than HAProxy waits';
    case 'app-timeout':
      return isNamed ? `each takes longer than nginx waits on ${blamed}` : 'each takes longer than nginx waits';
    case 'database-timeout':
    case 'database-unreachable':
      return `the database on ${blamed} does not answer`;
    case 'queue-timeout':
      return 'each waits too long in HAProxy';
    case 'client-timeout':
      return 'the users give up waiting';
    case 'overloaded':
      return `too many come at once for ${blamed}`;
    default:
      return null;
  }
}

export function queueing({ load, design, truth }: Facts): string | null {
  const queue = longest(load);
  if (queue === undefined) return null;
  const answers = queue.p99Ms === null ? '' : ` and answers in ${milliseconds(queue.p99Ms)}`;
  const primary = design.components.find((one) => one.kind === 'database' && one.config['role'] === 'primary');
  const writes = primary !== undefined && truth.isDead(primary.id) ? ' Its writes wait for the dead primary.' : '';
  return `${sentenceCase(hostWords(design, queue.hostId))} queues ${queue.length} requests${answers}.${writes}`;
}

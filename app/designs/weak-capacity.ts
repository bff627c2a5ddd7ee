// For each rule about load, limits and timeouts a design that has the weakness, one that has not, and one that does not say what the
// rule must know.
import type { Design } from '../design/design.ts';
import { withConfig, withConfigs } from '../design/edit.ts';
import { distributedDesign } from './distributed.ts';
import type { WeakDesign } from './weak-availability.ts';

const pair = distributedDesign('classroom');
const fast = distributedDesign('realistic');

const asking = (traffic: Partial<Design['traffic']>): Design => ({ ...pair, traffic: { ...pair.traffic, ...traffic } });
const balancer = (patch: object, design = pair): Design => withConfig(design, 'haproxy', { ...patch });
const lines = (patch: object): Design => balancer({ servers: { 0: patch, 1: patch } });
const apps = (patch: object): Design => withConfigs(pair, ({ kind }) => (kind === 'app-server' ? { ...patch } : null));

/** Whoever stands behind gives up first. */
const nested = withConfigs(pair, ({ kind }) => {
  if (kind === 'web-server') return { proxyReadTimeoutMs: 4_000 };
  return kind === 'app-server' ? { readTimeoutMs: 3_000 } : null;
});

export const WEAK_CAPACITY: readonly WeakDesign[] = [
  { rule: 'CA-01', has: asking({ rateRps: 18 }), hasNot: pair, lacks: asking({ rateRps: 0 }) },
  { rule: 'CA-02', has: balancer({ timeoutServerMs: null, timeoutClientMs: null }), hasNot: pair },
  { rule: 'CA-03', has: pair, hasNot: lines({ maxconn: 5 }) },
  { rule: 'CA-04', has: pair, hasNot: nested },
  { rule: 'CA-04', has: withConfig(nested, 'nginx1', { proxyReadTimeoutMs: 2_000 }), hasNot: nested },
  { rule: 'CA-05', has: asking({ retries: 2 }), hasNot: asking({ retries: 0 }), lacks: pair },
  {
    rule: 'CA-06',
    has: apps({ workers: 80 }),
    hasNot: apps({ workers: 80, poolSize: 50 }),
    lacks: apps({ holdsWorker: false }),
  },
  { rule: 'CA-07', has: withConfig(pair, 'app2', { workers: 1 }), hasNot: pair },
  {
    rule: 'CA-07',
    has: balancer({ balance: 'leastconn' }, fast),
    hasNot: balancer({ balance: 'leastconn' }, apps({ serviceMs: 900 })),
  },
  { rule: 'CA-08', has: pair, hasNot: lines({ slowstartMs: 10_000 }) },
];

// What is foretold of a death from the drawing is what the run then shows: which requests are served, and when it is noticed.
import { describe, expect, test } from 'vitest';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { SECOND } from '../foundation/micros.ts';
import { Belief, BeliefState } from '../simulation/trace.ts';
import { measureKill } from './blast-radius.ts';
import { expectationOf } from './expectation.ts';
import { measureWith } from './measure.ts';
import { elementOf, fieldValues } from './reading.ts';

const measure = measureWith(behaviours, 7);
const passive = (design: Design): Design => ({
  ...design,
  components: design.components.map((part) =>
    part.kind === 'load-balancer'
      ? {
          ...part,
          config: {
            ...part.config,
            servers: (part.config['servers'] as readonly object[]).map((server, index) => ({
              ...server,
              backup: index === 1,
            })),
          },
        }
      : part,
  ),
});
const designs = [
  ['simple', simpleDesign('classroom')],
  ['active-active', distributedDesign('classroom')],
  ['active-passive', passive(distributedDesign('classroom'))],
  ['realistic', distributedDesign('realistic')],
] as const;
const isHost = (design: Design, target: string) => design.hosts.some(({ id }) => id === target);

describe.each(designs)('%s', (_name, design) => {
  const targets = [...design.hosts, ...design.components.filter(({ kind }) => kind !== 'files')].map(({ id }) => id);

  test.each(targets)('the death of %s', (target) => {
    const how = isHost(design, target) ? 'silent' : 'dead';
    const foretold = expectationOf(design, { target, how }, knowledge, checkTimesOf(design));
    const { settled } = measureKill(design, target, knowledge, measure);
    const shown = (answered: number, all: number) => (answered === 0 ? 'none' : answered === all ? 'all' : 'some');
    expect({
      reads: shown(settled.readsAnswered, settled.reads),
      writes: shown(settled.writesAnswered, settled.writes),
    }).toEqual({ reads: foretold.reads, writes: foretold.writes });
  });
});

test.each([
  ['server1', 'silent'],
  ['server2', 'silent'],
  ['nginx1', 'dead'],
  ['nginx2', 'dead'],
] as const)('%s is marked DOWN within the time that is foretold, whenever it dies', (target, how) => {
  const design = distributedDesign('classroom');
  const { detectUs } = expectationOf(design, { target, how }, knowledge, checkTimesOf(design));
  const link = design.links.find(
    ({ from, to }) => from === 'haproxy' && (to === target || to === `nginx${target.at(-1)}`),
  );
  if (detectUs === null || link === undefined) throw new Error('nobody checks it');
  for (let tenth = 0; tenth < 24; tenth++) {
    const atUs = 6 * SECOND + tenth * 97_000;
    const run = measure(design, [{ atUs, type: 'kill', target }], 18 * SECOND);
    const down = fieldValues(run, elementOf(design, link.id), Belief.State, atUs, 18 * SECOND).find(
      ({ value }) => value === BeliefState.Down,
    );
    const tookUs = (down?.atUs ?? 0) - atUs;
    expect({ tenth, tookUs, isForetold: tookUs >= detectUs[0] && tookUs <= detectUs[1] }).toMatchObject({
      isForetold: true,
    });
  }
});

test('nobody checks the load balancer, nor an app server behind a page that nginx answers', () => {
  const design = distributedDesign('classroom');
  for (const target of ['lb', 'haproxy', 'app1', 'mysql1']) {
    const { detectUs } = expectationOf(design, { target, how: 'dead' }, knowledge, checkTimesOf(design));
    expect({ target, detectUs }).toEqual({ target, detectUs: null });
  }
});

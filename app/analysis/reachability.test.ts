// The matrix who reaches what, against what can be counted by hand on the drawing.
import { describe, expect, test } from 'vitest';
import { knowledge } from '../catalogue/knowledge.ts';
import { ANYONE, type Design } from '../design/design.ts';
import { editHosts } from '../design/edit.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { securedDesign } from '../designs/secured.ts';
import { simpleDesign } from '../designs/simple.ts';
import { doorsOf, reachability } from './reachability.ts';

const distributed = distributedDesign('classroom');
/** `who > where:port`, with `!` where no line needs it. */
const ways = (design: Design) =>
  reachability(design, knowledge)
    .filter(({ reached }) => reached)
    .map(({ from, door, needed }) => `${from} > ${door.host.id}:${door.port}${needed ? '' : ' !'}`);

describe('what listens for other machines', () => {
  const doors = (design: Design) => doorsOf(design, knowledge).map(({ host, port }) => `${host.id}:${port}`);

  test('not what only its own host calls, nor files; remote administration beside them', () => {
    expect(doors(distributed)).toEqual([
      ...['lb:80', 'lb:22', 'server1:80', 'server1:3306', 'server1:22'],
      ...['server2:80', 'server2:3306', 'server2:22'],
    ]);
    expect(doors(simpleDesign('classroom'))).toEqual(['server:80', 'server:22']);
  });

  test('what nobody calls is taken to listen everywhere', () => {
    expect(doors({ ...distributed, links: [] })).toEqual(expect.arrayContaining(['server1:3306', 'server2:3306']));
  });

  test('a primary listens for its replica, which is the one that connects', () => {
    const copied = { ...distributed, links: distributed.links.filter(({ protocol }) => protocol === 'replication') };
    const cells = reachability(copied, knowledge).filter(
      ({ door }) => door.port === 3306 && door.host.id === 'server1',
    );
    expect(cells.filter(({ needed }) => needed).map(({ from }) => from)).toEqual(['server2']);
  });

  test('without remote administration its port is shut', () => {
    expect(doors(editHosts(distributed, (host) => ({ ...host, adminPort: null }))).join()).not.toContain(':22');
  });
});

describe('who reaches it', () => {
  test('on a public server without a firewall: everybody', () => {
    expect(ways(distributed).filter((way) => way.startsWith(ANYONE))).toEqual([
      'anyone > lb:80',
      ...['anyone > lb:22 !', 'anyone > server1:80 !', 'anyone > server1:3306 !', 'anyone > server1:22 !'],
      ...['anyone > server2:80 !', 'anyone > server2:3306 !', 'anyone > server2:22 !'],
    ]);
  });

  test('on a server that is not public: its neighbours, and no stranger', () => {
    const hidden = editHosts(distributed, (host) => ({ ...host, public: host.id === 'lb' }));
    expect(ways(hidden).filter((way) => way.startsWith(ANYONE))).toEqual(['anyone > lb:80', 'anyone > lb:22 !']);
    expect(ways(hidden)).toEqual(expect.arrayContaining(['lb > server1:3306 !', 'server2 > server1:3306']));
  });

  test('a segment keeps nobody out', () => {
    const split = editHosts(distributed, (host) => ({ ...host, segment: host.id }));
    expect(ways(split)).toEqual(ways(distributed));
  });

  test('behind firewalls: whom a rule names, and no line that the site needs is stopped', () => {
    expect(ways(securedDesign('classroom'))).toEqual([
      ...['anyone > lb:443', 'lb > server1:80', 'lb > server2:80'],
      // The users' door is meant for anyone, neighbours included.
      ...['server1 > lb:443', 'server1 > server2:3306', 'server2 > lb:443', 'server2 > server1:3306'],
    ]);
  });

  test('every cell stands once, and nobody stands before a door of its own', () => {
    const cells = reachability(distributed, knowledge).map(({ from, door }) => `${from} ${door.host.id}:${door.port}`);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toHaveLength(8 + 6 + 5 + 5);
  });
});

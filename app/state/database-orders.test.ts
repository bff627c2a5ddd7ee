// What a database can be told, by whom it is meant, and the sentences where it cannot.
import { beforeAll, describe, expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import { chooseDesign } from './actions/choose-design.ts';
import { promote, reclone, rejoin } from './actions/database.ts';
import { kill } from './actions/kill.ts';
import { repair } from './actions/repair.ts';
import { undo } from './actions/undo.ts';
import type { Action } from './app.ts';
import { Bench } from './bench-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

const sentence = (bench: Bench, order: Action<string>, id: string): string | null => order.refusal(bench.app, id);
const roleOf = (bench: Bench, id: string) => bench.view.design.components.find((one) => one.id === id)?.config['role'];
const lastWords = (bench: Bench) => {
  const last = bench.app.playback.getState().commands.at(-1);
  return last?.type === 'admin' ? [last.target, ...last.words] : [];
};

describe('the replica becomes the primary', () => {
  test('by itself, by its host, or with nothing chosen, and undo takes it back', () => {
    for (const id of ['mysql2', 'server2', '']) {
      const bench = new Bench();
      bench.to(5);
      expect(sentence(bench, promote, id)).toBeNull();
      promote.run(bench.app, id);
      expect(lastWords(bench)).toEqual(['mysql2', 'promote']);
      bench.to(6);
      expect(roleOf(bench, 'mysql2')).toBe('primary');
      // Issues are about the drawing as it is set, which is the same.
      expect(bench.view.asSet).toBe(bench.app.design.getState().design);
      undo.run(bench.app);
      bench.to(6);
      expect(roleOf(bench, 'mysql2')).toBe('replica');
    }
  });

  test('is refused with a sentence where it cannot be done', () => {
    const bench = new Bench();
    bench.to(5);
    expect(sentence(bench, promote, 'mysql1')).toBe('The primary on Server 1 takes writes already.');
    expect(sentence(bench, promote, 'nginx2')).toBe('Choose a database first, then press W.');
    expect(sentence(bench, promote, 'lb')).toBe('Choose a database first, then press W.');
    promote.run(bench.app, 'mysql1');
    expect(bench.app.hand.getState().refusal).toBe('The primary on Server 1 takes writes already.');
    kill.run(bench.app, 'mysql2');
    bench.to(6);
    expect(sentence(bench, promote, 'mysql2')).toBe('The replica on Server 2 is dead: nobody obeys. Repair it first.');
    expect(sentence(bench, promote, '')).toBe('The replica on Server 2 is dead: nobody obeys. Repair it first.');
    chooseDesign.run(bench.app, 'simple');
    bench.to(1);
    expect(sentence(bench, promote, '')).toBe('There is one database, and it takes the writes already.');
  });
});

describe('the old primary joins again', () => {
  /** The primary dies with what the replica has not, and comes back when the replica is the primary. */
  function parted(): Bench {
    const bench = new Bench();
    const cut = { type: 'cut', atUs: 3 * SECOND, target: 'mysql1-mysql2' } as const;
    bench.app.control.act({ label: 'cut', commands: [cut] });
    bench.to(12);
    kill.run(bench.app, 'mysql1');
    bench.to(13);
    promote.run(bench.app, 'mysql2');
    bench.to(16);
    repair.run(bench.app, 'mysql1');
    bench.to(18);
    repair.run(bench.app, 'mysql1-mysql2');
    bench.to(20);
    return bench;
  }

  test('its log does not fit: error 1236, and only a copy of the data brings it back', () => {
    const bench = parted();
    expect(sentence(bench, rejoin, 'mysql2')).toBe(
      'The primary on Server 2 has the log that counts. Let another one follow it.',
    );
    expect(sentence(bench, reclone, 'mysql2')).toBe(
      'The primary on Server 2 has the log that counts. Let another one follow it.',
    );
    expect(sentence(bench, rejoin, '')).toBeNull();
    rejoin.run(bench.app, 'mysql1');
    expect(lastWords(bench)).toEqual(['mysql1', 'follow', 'mysql2']);
    bench.to(23);
    expect(sentence(bench, rejoin, 'mysql1')).toBe(
      'Error 1236: its log does not fit. Replace its data, in its settings.',
    );
    reclone.run(bench.app, 'mysql1');
    expect(lastWords(bench)).toEqual(['mysql1', 'clone', 'mysql2']);
    bench.to(26);
    expect(roleOf(bench, 'mysql1')).toBe('replica');
    expect(sentence(bench, rejoin, 'mysql1')).toBe('The replica on Server 1 follows the primary already.');
    expect(sentence(bench, reclone, 'mysql1')).toBe("The replica on Server 1 has the primary's data already.");
  });

  test('nothing can be copied from a dead primary, or over a cut line', () => {
    const bench = parted();
    rejoin.run(bench.app, 'mysql1');
    bench.to(23);
    bench.app.control.act({ label: 'cut', commands: [{ type: 'cut', atUs: 23 * SECOND, target: 'mysql1-mysql2' }] });
    bench.to(24);
    expect(sentence(bench, reclone, 'mysql1')).toBe(
      'The line to the primary on Server 2 is cut: nothing can be copied.',
    );
    kill.run(bench.app, 'server2');
    bench.to(25);
    expect(sentence(bench, reclone, 'mysql1')).toBe(
      'The primary on Server 2 does not answer: there is nobody to copy from.',
    );
  });
});

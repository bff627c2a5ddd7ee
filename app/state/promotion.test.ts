// A promotion as the page tells it: roles, counts and refusals follow the run, and the counts are the run's truth.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { isAmbiguous } from '../simulation/logs.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import { Timeline } from '../timeline/timeline.ts';
import { RoleFollower } from './database-roles.ts';

const design = distributedDesign('realistic');
const elements = elementsOf(design);

/** What became of the users' writes, from the trace alone: who wrote what where, and which log counts at the end. */
function truthOf(commands: readonly Command[], seed: number, seconds: number) {
  const timeline = new Timeline({ design, seed, commands }, behaviours, structuredClone);
  const stored = new Map<number, string>();
  const logs = new Map<number, string[]>();
  const counts = { saved: 0, refused: 0, ambiguous: 0, lost: 0, failedYetStored: 0 };
  const ended = new Map<number, boolean>();
  for (let second = 0; second < seconds; second++) {
    const chunk = timeline.chunk(second);
    chunk.logs.element.forEach((element, row) => {
      const name = `${chunk.logs.epoch[row]}/${chunk.logs.position[row]}`;
      const log = logs.get(element) ?? [];
      log[(chunk.logs.position[row] as number) - 1] = name;
      logs.set(element, log);
      const request = chunk.logs.request[row] as number;
      if (request > 0) stored.set(request, name);
    });
    chunk.ends.request.forEach((request, row) => {
      if (chunk.ends.purpose[row] !== Purpose.Write) return;
      const isSaved = OUTCOMES[chunk.ends.outcome[row] as number] !== 'failed';
      ended.set(request, isSaved);
      if (!isSaved && isAmbiguous(chunk.ends.reason[row] as number)) counts.ambiguous++;
      else if (!isSaved) counts.refused++;
    });
  }
  const { world } = timeline;
  const record =
    world.plan.componentElement + world.writes.recordOf(design.components.findIndex((one) => one.id === 'mysql2'));
  const length = world.fields[record * FIELDS + Field.LogEnd] as number;
  const onRecord = new Set((logs.get(record) ?? []).slice(0, length));
  for (const [request, isSaved] of ended) {
    const name = stored.get(request);
    if (name === undefined) continue;
    if (isSaved) counts.saved++;
    if (isSaved && !onRecord.has(name)) counts.lost++;
    if (!isSaved && onRecord.has(name)) counts.failedYetStored++;
  }
  return { counts, fields: world.fields };
}

const shown = (fields: Int32Array) => {
  const of = (field: number) => fields[USERS_ELEMENT * FIELDS + field];
  return {
    saved: of(Field.WritesSaved),
    refused: of(Field.WritesRefused),
    ambiguous: of(Field.WritesAmbiguous),
    lost: of(Field.WritesLost),
    failedYetStored: of(Field.WritesFailedYetStored),
  };
};

const promoteAt = (atS: number): Command => ({
  type: 'admin',
  atUs: atS * SECOND,
  target: 'mysql2',
  words: ['promote'],
});

test.each([1, 2, 3, 4, 5, 6])('with seed %i the counts on the screen are the truth of the run', (seed) => {
  const commands: Command[] = [
    { type: 'cut', atUs: 3 * SECOND + seed * 41_003, target: 'mysql1-mysql2' },
    { type: 'kill', atUs: 6 * SECOND + seed * 77_001, target: seed % 2 === 0 ? 'mysql1' : 'server1' },
    promoteAt(9),
    { type: 'repair', atUs: 12 * SECOND, target: seed % 2 === 0 ? 'mysql1' : 'server1' },
  ];
  const { counts, fields } = truthOf(commands, seed, 16);
  expect(shown(fields)).toEqual(counts);
  expect(counts.lost).toBeGreaterThan(0);
  expect(counts.refused + counts.ambiguous).toBeGreaterThan(0);
});

test('after a promotion the replica is drawn as the primary, and before it is not', () => {
  const roleAt = (seconds: number) => {
    const { fields } = truthOf([promoteAt(4)], 1, seconds);
    return new RoleFollower().at(design, elements, fields).components.find((one) => one.id === 'mysql2')?.config[
      'role'
    ];
  };
  expect(roleAt(4)).toBe('replica');
  expect(roleAt(6)).toBe('primary');
});

// The page's end of the analysis: what is handed on, and what is forgotten.
import { expect, test } from 'vitest';
import type { Progress } from '../analysis/analyse.ts';
import { measureKill } from '../analysis/blast-radius.ts';
import { measureWith } from '../analysis/measure.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { simpleDesign } from '../designs/simple.ts';
import { AnalysisClient, type AnalysisPort } from './analysis-client.ts';
import type { AnalysisRequest } from './analysis-protocol.ts';

const design = simpleDesign('classroom');
const none = { done: 0, of: 4, findings: [], accepted: [], onTop: 0, unknowns: [], kills: [], calmP99Us: null };

function connected() {
  const asked: AnalysisRequest[] = [];
  const heard: string[] = [];
  const port: AnalysisPort = {
    postMessage: (request) => asked.push(request),
    onmessage: null,
    terminate: () => heard.push('terminated'),
  };
  const client = new AnalysisClient({
    progress: ({ done, of }) => heard.push(`${done} of ${of}`),
    stopped: (message) => heard.push(message),
    port,
  });
  const answer = (data: Parameters<NonNullable<AnalysisPort['onmessage']>>[0]['data']) => port.onmessage?.({ data });
  return { client, asked, heard, answer };
}

test('asks about a design and hands on how far it is', () => {
  const { client, asked, heard, answer } = connected();
  client.look(design, 7);
  expect(asked).toEqual([{ type: 'look', revision: 1, design, seed: 7 }]);
  answer({ type: 'progress', revision: 1, progress: none, killsBefore: 0 });
  answer({ type: 'stopped', revision: 1, message: 'Broken invariant' });
  expect(heard).toEqual(['0 of 4', 'Broken invariant']);
});

test('forgets answers about a design that is no longer there', () => {
  const { client, heard, answer } = connected();
  client.look(design, 7);
  client.look(design, 8);
  answer({ type: 'progress', revision: 1, progress: none, killsBefore: 0 });
  answer({ type: 'progress', revision: 2, progress: { ...none, done: 1 }, killsBefore: 0 });
  client.close();
  answer({ type: 'progress', revision: 2, progress: none, killsBefore: 0 });
  expect(heard).toEqual(['1 of 4', 'terminated']);
});

test('adds the kills that come to those that it has; a new look begins without any', () => {
  const shown: (readonly string[])[] = [];
  const port: AnalysisPort = { postMessage: () => undefined, onmessage: null, terminate: () => undefined };
  const progress = (told: Progress) => shown.push(told.kills.map(({ target }) => target));
  const client = new AnalysisClient({ progress, stopped: () => undefined, port });
  client.look(design, 7);
  const tell = (killsBefore: number, ...targets: readonly string[]) => {
    const kills = targets.map((target) => measureKill(design, target, knowledge, measureWith(behaviours, 7)));
    port.onmessage?.({ data: { type: 'progress', revision: 1, progress: { ...none, kills }, killsBefore } });
  };
  tell(0, 'server');
  tell(1, 'nginx', 'app');
  tell(3);
  tell(0);
  expect(shown).toEqual([['server'], ['server', 'nginx', 'app'], ['server', 'nginx', 'app'], []]);
});

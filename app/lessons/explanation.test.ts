// Every lesson is played on a real run: its parts exist, its events come, its sentences are filled, and what they say is so.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { startSimulation } from '../simulation/simulation.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import { EXPLANATION } from './explanation.ts';
import { type Lesson, type LessonAct, scriptFor, WAIT_LIMIT_MS } from './lesson.ts';
import { hasHappened, type LessonReader, LOOK_BACK_US, tell } from './telling.ts';

const TICK_US = 50_000;
const START_US = 20_000_000;

/** The ordinary commands of an act. */
function commandsOf(act: LessonAct, design: Design, atUs: Micros): Command[] {
  const appServers = design.components.filter((component) => component.kind === 'app-server');
  const reads = (readsFrom: string) =>
    appServers.map((app): Command => ({ atUs, type: 'reconfigure', target: app.id, patch: { readsFrom } }));
  if (act.type === 'reads-from') return reads(act.readsFrom);
  if (act.type !== 'mode') return [{ atUs, ...act }];
  const balancer = design.components.find((component) => component.kind === 'load-balancer');
  if (balancer === undefined) return [];
  const servers = (balancer.config['servers'] as object[]).map((server, index) => ({
    ...server,
    backup: act.mode === 'active-passive' && index > 0,
  }));
  const reload: Command = { atUs, type: 'reconfigure', target: balancer.id, patch: { servers } };
  return [reload, ...reads(act.mode === 'active-passive' ? 'both' : 'local')];
}

/** A run that goes on under a lesson. */
class Stage {
  private readonly recorder = new TraceRecorder();
  private readonly pieces: TraceChunk[] = [];
  private readonly simulation;
  private commands: Command[] = [];
  private readonly design: Design;

  constructor(design: Design) {
    this.design = design;
    this.simulation = startSimulation({ design, seed: 7, commands: [] }, behaviours, this.recorder);
  }

  get nowUs(): Micros {
    return this.simulation.world.nowUs;
  }

  advance(toUs: Micros): void {
    this.simulation.advance(toUs);
    this.pieces.push(this.recorder.cut(this.simulation.world));
    this.recorder.begin(this.simulation.world);
  }

  act(act: LessonAct): void {
    this.commands = [...this.commands, ...commandsOf(act, this.design, this.nowUs)];
    this.simulation.resume(this.simulation.world, this.commands);
  }

  readonly reader: LessonReader = {
    fieldsAt: () => this.simulation.world.fields,
    lastBecame: (element, field, value) => {
      for (const { changes } of this.pieces.toReversed()) {
        for (let row = changes.atUs.length - 1; row >= 0; row--) {
          if (changes.element[row] !== element || changes.field[row] !== field) continue;
          if (changes.value[row] === value) return changes.atUs[row] as number;
        }
      }
      return null;
    },
    forEachEnd: (fromUs, toUs, visit) => {
      for (const { ends } of this.pieces) {
        ends.endUs.forEach((endUs, row) => {
          if (endUs > fromUs && endUs <= toUs) visit(ends, row);
        });
      }
    },
    forEachHop: (fromUs, toUs, visit) => {
      for (const { hops } of this.pieces) {
        hops.departUs.forEach((departUs, row) => {
          const at = [hops.arriveUs[row], hops.link[row], hops.request[row], hops.what[row]] as [
            number,
            number,
            number,
            number,
          ];
          if (departUs >= fromUs && departUs <= toUs) visit(departUs, ...at);
        });
      }
    },
    forEachSpan: (fromUs, toUs, visit) => {
      for (const { spans } of this.pieces) {
        spans.endUs.forEach((endUs, row) => {
          const rest = [spans.arrivedUs[row], spans.link[row], spans.purpose[row], spans.good[row]] as [
            number,
            number,
            number,
            number,
          ];
          if (endUs > fromUs && endUs <= toUs) visit(endUs, ...rest);
        });
      }
    },
  };
}

/** Plays the lesson and gives back what was said at each step, and at its end. */
function play(lesson: Lesson, design: Design): string[] {
  const stage = new Stage(design);
  stage.advance(START_US);
  let stepUs = START_US;
  let actUs: Micros | null = null;
  const said: string[] = [];
  for (const step of scriptFor(lesson, design) ?? []) {
    stage.advance(stepUs + fromMs(step.afterMs));
    const { waitFor } = step;
    const moment = (fromUs: Micros) => ({ design, reader: stage.reader, fromUs, nowUs: stage.nowUs });
    if (waitFor !== null) {
      const limitUs = stage.nowUs + fromMs(WAIT_LIMIT_MS);
      while (!hasHappened(waitFor, moment(stepUs)) && stage.nowUs < limitUs) stage.advance(stage.nowUs + TICK_US);
      expect([step.say, hasHappened(waitFor, moment(stepUs))]).toEqual([step.say, true]);
    }
    stepUs = stage.nowUs;
    if (step.do !== null) {
      stage.act(step.do);
      actUs = stepUs;
    }
    const tellMoment = moment(actUs ?? stepUs - LOOK_BACK_US);
    for (const { text } of step.notes) expect(tell(text, tellMoment)).not.toMatch(/[{}]/);
    said.push(tell(step.say, tellMoment));
  }
  return said;
}

const numbers = (sentence: string | undefined) => (sentence?.match(/\d+(\.\d+)?/g) ?? []).map(Number);

test('there are five points in our own words, each with something to show', () => {
  expect(EXPLANATION.map((lesson) => lesson.point)).toEqual([1, 2, 3, 4, 5]);
  for (const lesson of EXPLANATION) {
    expect(lesson.text.split(/[.] /).length).toBeLessThanOrEqual(3);
    expect(scriptFor(lesson, distributedDesign('classroom'))).not.toBeNull();
  }
  expect(EXPLANATION.filter((lesson) => /older name/.test(lesson.text)).length).toBe(1);
});

test('a sentence is followed only after a while, or by something that happens', () => {
  for (const step of EXPLANATION.flatMap((lesson) => lesson.scripts.flatMap((script) => script.slice(1)))) {
    expect([step.say, step.waitFor !== null || step.afterMs >= 2_500]).toEqual([step.say, true]);
  }
});

test('one server can show only the first point', () => {
  const shown = EXPLANATION.filter((lesson) => scriptFor(lesson, simpleDesign('classroom')) !== null);
  expect(shown.map((lesson) => lesson.point)).toEqual([1]);
});

describe.each(['classroom', 'realistic'] as const)('in %s timing', (timings) => {
  const said = (point: number, design = distributedDesign(timings)) => play(EXPLANATION[point - 1] as Lesson, design);

  test('a dead server leaves every request answered', () => {
    const [, , noticed, last] = said(1);
    expect(numbers(noticed)[0]).toBeGreaterThan(2);
    const [answered, all] = numbers(last);
    expect(answered).toBe(all);
    expect(all).toBeGreaterThan(20);
  });

  test('the one server leaves none', () => {
    expect(said(1, simpleDesign(timings)).at(-1)).toMatch(/ 0 of \d\d+ were answered/);
  });

  test('turns alternate', () => {
    const [, turns, counts] = said(2);
    expect(turns).toMatch(/Server 1, Server 2, Server 1, Server 2|Server 2, Server 1, Server 2, Server 1/);
    const [, , first = 0, , second = 0] = numbers(counts);
    expect(Math.abs(first - second)).toBeLessThanOrEqual(1);
  });

  test('the standby gets nothing, takes over, and cannot save', () => {
    const [, alone, , takesOver, writes] = said(3);
    const [, first, picked] = numbers(alone);
    expect(first).toBe(picked);
    expect(numbers(takesOver)[1]).toBeGreaterThan(2);
    expect(writes).toMatch(/since the kill 0 of \d+ writes were saved/);
  });

  test('the replica takes reads off the primary', () => {
    const sentences = said(4);
    const [without, ofAll] = numbers(sentences[3]);
    expect(without).toBe(ofAll);
    const [primary = 0, reads = 0, replica = 0] = numbers(sentences[5]);
    expect(primary + replica).toBe(reads);
    expect(primary).toBeLessThan(0.75 * reads);
    expect(replica).toBeGreaterThan(0);
  });

  test('a read is stale, and a replica refuses to write', () => {
    const sentences = said(5);
    expect(numbers(sentences[2])[0]).toBeGreaterThan(0);
    expect(numbers(sentences[4])[0]).toBeGreaterThan(0);
  });
});

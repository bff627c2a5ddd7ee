// What every kind of component must satisfy, over the whole list: a kind that is added there is held to it from that moment.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Component, Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { scaledUpDesign } from '../designs/scaled-up.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { PartState } from '../drawing/figure.ts';
import { UNMEASURED } from '../drawing/part.ts';
import { present } from '../foundation/assert.ts';
import { digestText } from '../foundation/digest.ts';
import { MS, SECOND } from '../foundation/micros.ts';
import type { Behaviour } from '../simulation/behaviour.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { type Simulation, startSimulation } from '../simulation/simulation.ts';
import type { Behaviours } from '../simulation/world.ts';
import { drawKind, takeLateFigures } from './figures.ts';
import { behaviours, KINDS } from './kinds.ts';
import { LATE_FIGURES } from './late-figures.ts';
import { kindSchemas } from './schemas.ts';

takeLateFigures(LATE_FIGURES);

const DESIGNS = [
  simpleDesign('classroom'),
  simpleDesign('realistic'),
  distributedDesign('classroom'),
  distributedDesign('realistic'),
  scaledUpDesign('classroom'),
];
/** Moments within one health check period and one request's way, so that the kind is caught in many states. */
const MOMENTS_MS = [3_000, 4_131, 5_407, 6_618, 7_250, 8_003];
/** Before the first of them, and after the last. */
const CHECKPOINTS_MS = [2_500, 8_500];
const END_US = 25 * SECOND;
/** Longer than any timeout of the built-in designs (nginx waits 60 s). */
const QUIET_US = 100 * SECOND;
const STATES: readonly PartState[] = ['up', 'slow', 'checking', 'standby', 'hung', 'down', 'draining', 'maintenance'];

interface Placed {
  readonly design: Design;
  readonly part: Component;
}

const placesOf = (kind: string): Placed[] =>
  DESIGNS.flatMap((design) => design.components.filter((part) => part.kind === kind).map((part) => ({ design, part })));

const start = (design: Design, commands: readonly Command[] = [], all: Behaviours = behaviours): Simulation =>
  startSimulation({ design, seed: 11, commands }, all, null);

/** Faults that catch a part at a moment: its process dies, its host loses power; repaired after 9 s, or never. */
function* faultsOf({ part }: Placed): Generator<{ name: string; commands: Command[] }> {
  for (const target of [part.id, part.hostId]) {
    for (const atMs of MOMENTS_MS) {
      const kill: Command = { type: 'kill', atUs: atMs * MS, target };
      yield { name: `${target} killed at ${atMs} ms`, commands: [kill] };
      yield {
        name: `${target} killed at ${atMs} ms and repaired`,
        commands: [kill, { type: 'repair', atUs: kill.atUs + 9 * SECOND, target }],
      };
    }
  }
}

const plainOrColumn = (value: unknown): boolean => {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every(plainOrColumn);
};

test('the list has kinds, each once', () => {
  expect(KINDS.length).toBeGreaterThan(0);
  expect(new Set(KINDS.map(({ id }) => id)).size).toBe(KINDS.length);
});

describe.each(KINDS.map((kind) => [kind.id] as const))('%s', (id) => {
  const places = placesOf(id);
  const schema = present(kindSchemas[id], id).schema;

  test('stands in a built-in design', () => {
    expect(places.length).toBeGreaterThan(0);
  });

  test('accepts its settings there, and reads them back unchanged', () => {
    for (const { part } of places) expect(v.parse(schema, part.config)).toEqual(part.config);
  });

  test('refuses settings that are no settings', () => {
    for (const wrong of [null, 7, 'x', []]) expect(v.safeParse(schema, wrong).success).toBe(false);
  });

  test.each(STATES)('says what it shows when it is %s', (state) => {
    for (const { part } of places) {
      const { textAlternative } = drawKind(id, part.config, { ...UNMEASURED, state });
      expect(textAlternative).toMatch(/\w{3}/);
    }
  });
});

const RUNNING = KINDS.filter((kind) => kind.behaviour !== null);

describe.each(RUNNING.map(({ id }) => [id] as const))('%s, running', (id) => {
  const places = placesOf(id);

  test('keeps its state as plain data, which a copy shares nothing with', () => {
    for (const { design, part } of places) {
      const { world, ...simulation } = lived(start(design), 5 * SECOND);
      const own = design.components.indexOf(part);
      expect(plainOrColumn(world.states[own]), `the state of ${part.id} is plain`).toBe(true);
      const copy = world.copy(structuredClone);
      const before = JSON.stringify(copy.states[own]);
      expect(copy.states[own]).toEqual(world.states[own]);
      simulation.advance(10 * SECOND);
      expect(JSON.stringify(copy.states[own])).toBe(before);
    }
  });

  test('goes on from a checkpoint as it went on the first time, whatever happened to it since', () => {
    for (const place of places) {
      for (const { name, commands } of faultsOf(place)) {
        const simulation = start(place.design, commands);
        const checkpoints = CHECKPOINTS_MS.map((atMs) => {
          simulation.advance(atMs * MS + 1);
          return simulation.world.copy(structuredClone);
        });
        const first = lived(simulation, END_US).digest();
        for (const checkpoint of checkpoints) {
          const fromMs = checkpoint.nowUs / MS;
          simulation.resume(checkpoint, commands);
          expect(lived(simulation, END_US).digest(), `from ${fromMs} ms with ${name}`).toBe(first);
        }
      }
    }
  });

  test('answers or refuses every message, whatever happens to it: no request waits for ever and no call stays open', () => {
    for (const place of places) {
      for (const { name, commands } of faultsOf(place)) {
        const home: Command = { type: 'reconfigure', atUs: END_US, target: 'users', patch: { rateRps: 0 } };
        const { world } = lived(start(place.design, [...commands, home]), END_US + QUIET_US);
        const { started, answered, retried, failed } = world.totals;
        expect(started, name).toBeGreaterThan(0);
        expect(answered + retried + failed, `outcomes with ${name}`).toBe(started);
        expect(openCalls(world), `open calls with ${name}`).toEqual([]);
      }
    }
  });

  test('is silent from its death to its repair: no timer and no message reaches it', () => {
    for (const place of places) {
      for (const { name, commands } of faultsOf(place)) {
        const heard: string[] = [];
        const watched = { ...behaviours, [id]: watch(behaviours[id] as Behaviour, heard) };
        const simulation = lived(start(place.design, commands, watched), END_US);
        expect(heard, `heard by the dead with ${name}`).toEqual([]);
        expect(simulation.digest(), 'being watched changes nothing').toBe(
          lived(start(place.design, commands), END_US).digest(),
        );
      }
    }
  });
});

function lived(simulation: Simulation, untilUs: number) {
  simulation.advance(untilUs);
  return {
    world: simulation.world,
    digest: () => digestText(simulation.world.digest),
    advance: (us: number) => simulation.advance(us),
  };
}

/** Health checks go on for ever, a replica keeps one connection to its primary; all else must have come to its end. */
function openCalls({ calls, nowUs }: Simulation['world']): string[] {
  const open: string[] = [];
  const replicating = new Set<number>();
  for (let call = 0; call < calls.extent; call++) {
    if (!calls.isOpen(call) || calls.purpose[call] === Purpose.Check) continue;
    // An advertisement that has just been sent is still on its way.
    if (calls.purpose[call] === Purpose.Advert && (calls.sentUs[call] as number) > nowUs - SECOND) continue;
    const link = calls.link[call] as number;
    if (calls.purpose[call] === Purpose.Copy && !replicating.has(link)) replicating.add(link);
    else open.push(`link ${link}, message ${calls.code[call]}, flags ${calls.flags[call]}`);
  }
  return open;
}

/** Says when a handler of a component runs between its stop and its next start. */
function watch(behaviour: Behaviour, heard: string[]): Behaviour {
  const dead = new Set<number>();
  const note = (self: number, what: string, nowUs: number): void => {
    if (dead.has(self)) heard.push(`${what} at ${nowUs} us`);
  };
  return {
    ...behaviour,
    start(config, previous, context) {
      dead.delete(context.self);
      return behaviour.start(config, previous, context);
    },
    onMessage(state, config, code, call, context) {
      note(context.self, `message ${code}`, context.nowUs);
      behaviour.onMessage(state, config, code, call, context);
    },
    onTimer(state, config, timer, call, data, context) {
      note(context.self, `timer ${timer}`, context.nowUs);
      behaviour.onTimer(state, config, timer, call, data, context);
    },
    onStop(state, config, cause, context) {
      dead.add(context.self);
      behaviour.onStop(state, config, cause, context);
    },
  };
}

// The shape of a command as it comes from outside: a run file, a link, a browser's memory. Limits have names, so that a
// hostile or broken list is refused instead of hanging the page. Whether the design has the target is asked elsewhere.
import * as v from 'valibot';

/** A day of simulated time. */
const MOST_US = 86_400_000_000;
const MOST_FACTOR = 1_000_000;
const MOST_DELAY_MS = 3_600_000;
const MOST_FLOOD_RPS = 100_000;
const MOST_WORDS = 20;
const MOST_TEXT = 200;

export const momentUs = v.pipe(
  v.number('Give the time in microseconds.'),
  v.integer('Give whole microseconds.'),
  v.minValue(0, 'Give a time of 0 or later.'),
  v.maxValue(MOST_US, 'Give a time within a day.'),
);

const target = v.pipe(
  v.string('Give the id of an element.'),
  v.minLength(1, 'Give the id of an element.'),
  v.maxLength(MOST_TEXT, 'Give the id of an element.'),
);

const number = (least: number, most: number) => {
  const message = `Give a number from ${least} to ${most}.`;
  return v.pipe(v.number(message), v.finite(message), v.minValue(least, message), v.maxValue(most, message));
};

const settings = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give the changed settings as an object.',
);
const word = v.pipe(v.string('Give words.'), v.maxLength(MOST_TEXT, 'Give shorter words.'));
const fault = v.picklist(['kill', 'hang', 'slow', 'cut', 'degrade', 'flood'], 'Give the name of a fault.');
const atUs = momentUs;

export const commandSchema = v.variant(
  'type',
  [
    v.object({ atUs, type: v.literal('kill'), target }),
    v.object({
      atUs,
      type: v.literal('repair'),
      target,
      fault: v.exactOptional(fault),
      other: v.exactOptional(target),
    }),
    v.object({ atUs, type: v.literal('hang'), target }),
    v.object({ atUs, type: v.literal('slow'), target, factor: number(1, MOST_FACTOR) }),
    v.object({ atUs, type: v.literal('cut'), target, other: v.exactOptional(target) }),
    v.object({
      atUs,
      type: v.literal('degrade'),
      target,
      lossShare: number(0, 1),
      delayMs: number(0, MOST_DELAY_MS),
    }),
    v.object({ atUs, type: v.literal('flood'), target, rateRps: number(0, MOST_FLOOD_RPS) }),
    v.object({ atUs, type: v.literal('reconfigure'), target, patch: settings }),
    v.object({
      atUs,
      type: v.literal('admin'),
      target,
      words: v.pipe(
        v.array(word, 'Give a list of words.'),
        v.maxLength(MOST_WORDS, `Give at most ${MOST_WORDS} words.`),
      ),
    }),
  ],
  'Give a command of type kill, repair, hang, slow, cut, degrade, flood, reconfigure or admin.',
);

// The rule book is whole: every entry says all that a reader is promised, in sentences.
import { describe, expect, test } from 'vitest';
import { RULE_BOOK } from './rule-book.ts';

const entries = Object.entries(RULE_BOOK);

test('there are rules', () => {
  expect(entries.length).toBeGreaterThan(0);
});

describe.each(entries)('%s', (id, text) => {
  test('has an id of a family and all its texts', () => {
    expect(id).toMatch(/^(AV|DB|SE|MO|CA|HY)-\d\d$/);
    for (const sentence of [text.why, text.fix, text.falsePositive]) expect(sentence).toMatch(/^[A-Z`].{20,}\.$/s);
    for (const words of [text.detects, text.source.title, text.source.section]) expect(words).toMatch(/^\S.*[^.\s]$/);
  });
});

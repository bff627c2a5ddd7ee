// CSV as RFC 4180 has it, and nothing in it that a spreadsheet would carry out.
import { expect, test } from 'vitest';
import { csvText } from './csv.ts';

test('one header, CR LF at the end of every line, empty for nothing', () => {
  expect(
    csvText(
      ['name', 'detect_s'],
      [
        ['Server 1', 6.72],
        ['lb', null],
      ],
    ),
  ).toBe('name,detect_s\r\nServer 1,6.72\r\nlb,\r\n');
});

test('commas, quotes and line breaks stand in quotes', () => {
  expect(csvText(['a'], [['nginx, Server 1'], ['the "old" one'], ['two\nlines'], ['plain']])).toBe(
    'a\r\n"nginx, Server 1"\r\n"the ""old"" one"\r\n"two\nlines"\r\nplain\r\n',
  );
});

test('a name from a stranger does not become a formula; a negative number stays one', () => {
  expect(csvText(['a'], [['=HYPERLINK("x")'], ['+1'], ['@a'], [-1]])).toBe(
    'a\r\n"\'=HYPERLINK(""x"")"\r\n\'+1\r\n\'@a\r\n-1\r\n',
  );
});

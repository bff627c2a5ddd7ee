// The house rules as a test: who may import whom, what pure code must not call, sizes, names and words.
// Every rule is shown to refuse a wrong sample before it is trusted, and must have seen files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  fileLength,
  floors,
  functionLength,
  isPure,
  isTest,
  LONG_FILES,
  LONG_FUNCTIONS,
  MAXIMUM_FILE_LINES,
  MAXIMUM_FUNCTION_LINES,
  names,
  noCodeFromText,
  noMachinePaths,
  OLD_WORDS_FILES,
  pureCalls,
  type Rule,
  type SourceFile,
  words,
} from './tidy-rules.ts';

const TOP = fileURLToPath(new URL('..', import.meta.url));

function filesUnder(folder: string): SourceFile[] {
  if (!existsSync(join(TOP, folder))) return [];
  return readdirSync(join(TOP, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    const isText = /\.(tsx?|css|json|md|html|svg|sh|cfg)$|^run$/.test(entry.name);
    return isText ? [{ path, source: readFileSync(join(TOP, path), 'utf8') }] : [];
  });
}

const texts = [
  ...['app', 'e2e', 'public', '.ci'].flatMap(filesUnder),
  ...readdirSync(TOP)
    .filter((name) => /\.(ts|json|md|html)$/.test(name))
    .map((path) => ({ path, source: readFileSync(join(TOP, path), 'utf8') })),
];
const sources = texts.filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
const ours = sources.filter(({ path }) => path.startsWith('app/'));

interface Guard {
  readonly name: string;
  readonly rule: Rule;
  readonly files: readonly SourceFile[];
  readonly wrong: SourceFile;
  readonly right: SourceFile;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'a room imports only from below',
    rule: floors,
    files: ours,
    wrong: { path: 'app/simulation/a.ts', source: "import type { B } from '../catalogue/kind.ts';" },
    right: { path: 'app/simulation/a.ts', source: "import type { B } from '../design/design.ts';" },
  },
  {
    name: 'pure code calls nothing that differs from run to run',
    rule: pureCalls,
    files: ours.filter(({ path }) => isPure(path)),
    wrong: { path: 'app/drawing/a.ts', source: "export const a = '🙂' + Math.random() + Math.sqrt(2);" },
    right: { path: 'app/drawing/a.ts', source: "export const a = '🙂 Date' + `Date` + /Date/; // Math.random()" },
  },
  {
    name: 'no text becomes code',
    rule: noCodeFromText,
    files: sources,
    wrong: { path: 'app/ui/a.ts', source: 'element.innerHTML = text;' },
    right: { path: 'app/ui/a.ts', source: 'element.textContent = text;' },
  },
  {
    name: 'no path of one machine',
    rule: noMachinePaths,
    files: texts,
    wrong: { path: 'app/ui/a.ts', source: "const a = '/root/file';" },
    right: { path: 'app/ui/a.ts', source: "const a = './root/file';" },
  },
  {
    name: 'primary and replica',
    rule: words,
    files: sources,
    wrong: { path: 'app/ui/a.ts', source: 'const isMaster = 1;' },
    right: { path: 'app/ui/a.ts', source: "const field = 'Seconds_Behind_Master';" },
  },
  {
    name: 'names say what is inside',
    rule: names,
    files: [...sources, ...texts.filter(({ path }) => extname(path) === '.css')],
    wrong: { path: 'app/ui/string-utils.ts', source: '' },
    right: { path: 'app/simulation/service-time.ts', source: '' },
  },
  {
    name: `no file above ${MAXIMUM_FILE_LINES} lines`,
    rule: fileLength,
    files: sources,
    wrong: { path: 'app/ui/a.ts', source: '\n'.repeat(MAXIMUM_FILE_LINES + 1) },
    right: { path: 'app/ui/a.ts', source: '\n'.repeat(MAXIMUM_FILE_LINES) },
  },
  {
    name: `no function above ${MAXIMUM_FUNCTION_LINES} lines`,
    rule: functionLength,
    files: sources.filter(({ path }) => !isTest(path)),
    wrong: { path: 'app/ui/a.tsx', source: `const A = () => {${'\n'.repeat(MAXIMUM_FUNCTION_LINES)}};` },
    right: { path: 'app/ui/a.tsx', source: `const A = () => {${'\n'.repeat(MAXIMUM_FUNCTION_LINES - 1)}};` },
  },
];

describe.each(GUARDS)('$name', ({ rule, files, wrong, right }) => {
  test('the rule refuses a wrong sample and accepts a right one', () => {
    expect(rule(wrong)).not.toEqual([]);
    expect(rule(right)).toEqual([]);
  });

  test('it holds everywhere, and there is something to hold', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => rule(file).map((complaint) => `${file.path} ${complaint}`))).toEqual([]);
  });
});

test('every room that holds a file is seen', () => {
  const folders = readdirSync(join(TOP, 'app'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const inhabited = folders.filter(({ name }) => {
    const entries = readdirSync(join(TOP, 'app', name), { withFileTypes: true, recursive: true });
    return entries.some((entry) => entry.isFile());
  });
  expect(inhabited.length).toBeGreaterThan(0);
  const unseen = inhabited.filter(({ name }) => !texts.some(({ path }) => path.startsWith(`app/${name}/`)));
  expect(unseen.map(({ name }) => name)).toEqual([]);
});

test('every exception that is listed is still there', () => {
  const allowed = [...Object.keys(LONG_FILES), ...Object.keys(LONG_FUNCTIONS), ...Object.keys(OLD_WORDS_FILES)];
  const gone = allowed.filter((entry) => !sources.some(({ path }) => path === entry.split('#')[0]));
  expect(gone).toEqual([]);
});

const KIND = 'app/catalogue/database';
test.each([
  ['app/foundation/a.ts', 'valibot', true],
  ['app/foundation/a.ts', '../design/design.ts', false],
  ['app/design/a.ts', 'react', false],
  ['app/design/a.ts', 'node:fs', false],
  ['app/design/a.test.ts', 'fast-check', true],
  ['app/drawing/a.ts', '../simulation/run.ts', false],
  ['app/simulation/a.test.ts', '../catalogue/kinds.ts', true],
  ['app/simulation/a.test.ts', '../timeline/timeline.ts', false],
  ['app/analysis/a.ts', '../simulation/run.ts', true],
  [`${KIND}/kind.ts`, '../kind.ts', true],
  [`${KIND}/kind.ts`, '../web-server/config.ts', false],
  [`${KIND}/kind.ts`, './inspector.tsx', false],
  [`${KIND}/inspector.tsx`, './config.ts', true],
  [`${KIND}/inspector.tsx`, '../../ui/field.tsx', true],
  [`${KIND}/inspector.test.tsx`, 'react', true],
  ['app/timeline/a.ts', '../storage/database.ts', false],
  ['app/headless/a.ts', '../workers/protocol.ts', false],
  ['app/headless/a.ts', '../ground-truth/recording.ts', true],
  ['app/state/a.ts', 'zustand', false],
  ['app/state/a.ts', 'zustand/vanilla', true],
  ['app/state/a.ts', '../workers/run-client.ts', true],
  ['app/canvas/a.tsx', '../panels/issues.tsx', false],
  ['app/canvas/a.tsx', '../state/playback.ts', true],
  ['app/ui/a.tsx', '../design/design.ts', false],
  ['app/ui/a.tsx', 'react', true],
  ['app/ui/a.tsx', '../../e2e/smoke.spec.ts', false],
  ['app/somewhere/a.ts', './b.ts', false],
])('%s may import %s: %s', (path, specifier, mayImport) => {
  const ways = [
    `import { a } from '${specifier}';`,
    `import type { A } from '${specifier}';`,
    `export * from '${specifier}';`,
  ];
  const dynamic = `export const a = () => import('${specifier}');`;
  for (const source of [...ways, dynamic]) expect(floors({ path, source }).length === 0).toBe(mayImport);
});

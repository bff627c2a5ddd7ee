// The house rules that no compiler or linter knows, each a function from a file to complaints; tidy.test.ts runs them.
import { dirname, posix } from 'node:path';
import { parseSync } from 'vite';

export interface SourceFile {
  /** From the top of the project, with slashes, such as app/design/parse.ts. */
  readonly path: string;
  readonly source: string;
}

interface Room {
  readonly name: string;
  readonly floor: number;
}

export type Rule = (file: SourceFile) => string[];

const PURE_ROOMS = [
  'foundation',
  'design',
  'drawing',
  'simulation',
  'analysis',
  'exchange',
  'catalogue',
  'designs',
  'lessons',
  'timeline',
  'fixes',
];

/** Rooms by floor, from the bottom. A room imports from lower floors; the exceptions are in `refusal`. */
const FLOORS: readonly (readonly string[])[] = [
  ['foundation'],
  ['design'],
  ['drawing', 'simulation'],
  ['analysis', 'exchange'],
  ['catalogue', 'designs', 'lessons'],
  ['timeline', 'fixes', 'storage', 'platform', 'ground-truth'],
  ['workers', 'headless', 'ground-truth tests'],
  ['state'],
  ['canvas', 'panels', 'ui', 'inspectors'],
  ['top'],
];
const VIEW_FLOOR = 8;

/** Pure rooms take no package from outside but these. */
const PURE_PACKAGES = ['valibot'];
/** `ajv` holds what we write against the schema of a standard, which comes in a package of its own. */
const TEST_PACKAGES = ['vitest', 'fast-check', 'vite', 'happy-dom', 'ajv', '@microsoft/jest-sarif'];
const VIEW_PACKAGES = ['react', 'react-dom', 'reactflow', 'zustand', 'lucide-react'];
const NODE_ROOMS = ['headless', 'ground-truth tests', 'top'];

export const MAXIMUM_FILE_LINES = 400;
export const MAXIMUM_FUNCTION_LINES = 70;
/** Tables of data, by path, each with the reason why splitting it would help nobody. */
export const LONG_FILES: Readonly<Record<string, string>> = {};
/** Functions by path#name, each with its reason. */
export const LONG_FUNCTIONS: Readonly<Record<string, string>> = {};

const FORBIDDEN_NAMES = ['utils', 'util', 'helpers', 'helper', 'manager', 'service', 'common', 'misc', 'index'];
const INEXACT_MATH =
  /\bMath\s*\.\s*(random|log\w*|exp\w*|pow|cbrt|hypot|a?(sin|cos|tan)h?|atan2)\b|\bMath\s*\[|=\s*Math\s*[;,]/g;
const CLOCKS_AND_LOCALES =
  /\b(Date|Intl|setTimeout|setInterval|queueMicrotask)\b|\bperformance\s*\.|\.(toLocale\w*|localeCompare)\b/g;
const CODE_FROM_TEXT = /\binnerHTML\b|\bouterHTML\b|\bdangerouslySetInnerHTML\b|\beval\s*\(|\bnew\s+Function\b/g;
const MACHINE_PATHS = /(?<![\w.-])\/(work|root)\/[\w.-]*/g;
/** The programs' own identifiers keep the old words, and so do these files, for the reason given. */
const OLD_WORDS_ALLOWED = new RegExp(
  [
    ...[
      '\\bMASTER\\b',
      'MASTER_RX_LOWER_PRI',
      'HeardLowerMaster',
      '\\b(vrrp_)?garp_master_\\w+',
      '\\bgarpMaster[A-Z]\\w*',
    ],
    ...[
      'Seconds_Behind_Master',
      'secondsBehindMaster',
      'sbmMinusTrueLagS',
      'CHANGE MASTER TO',
      'SHOW (MASTER|SLAVE) STATUS',
    ],
    ...['(STOP|START) SLAVE', 'RESET SLAVE ALL', 'state MASTER', "'(MASTER|SLAVE)'", '`(MASTER|SLAVE)`'],
    // Names in the recordings of the database: parameters, and files in their test.
    ...['waitNoSlave', '[\\w-]*(masterdelay|noslave|slavepos)[\\w-]*\\.json'],
    // Settings of replication, and the same in camel case with a unit.
    ...['MASTER_(DELAY|CONNECT_RETRY|HEARTBEAT_PERIOD)(_S)?', 'master(Delay|ConnectRetry)S', 'gtid_slave_pos'],
    ...[
      'slave_net_timeout',
      'slaveNetTimeoutS',
      'SLAVE_NET_TIMEOUT_S',
      '[Rr]pl_semi_sync_master_\\w+',
      'rplSemiSyncMaster\\w+',
    ],
    ...["'(stop_slave|slave_pos|set_slave_pos)'"],
  ].join('|'),
  'g',
);
export const OLD_WORDS_FILES: Readonly<Record<string, string>> = {
  'app/lessons/explanation.ts': 'explains the older name once',
  'app/tidy-rules.ts': 'names the words to ban them',
  'app/tidy.test.ts': 'shows that they are refused',
};

export const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path);

// ---- reading a file --------------------------------------------------------------------------------------------

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

function parsed({ path, source }: SourceFile) {
  const { program, module, comments, errors } = parseSync(path, source);
  const tree: unknown = program;
  if (errors.length > 0 || !isNode(tree)) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  return { tree, module, comments };
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function blankOut(source: string, ranges: readonly { start: number; end: number }[]): string {
  return ranges.reduce(
    (text, { start, end }) => text.slice(0, start) + blank(text.slice(start, end)) + text.slice(end),
    source,
  );
}

const withoutComments = (file: SourceFile): string => blankOut(file.source, parsed(file).comments);

/** The source with comments, strings, template text and regular expressions blanked; lines stay where they are. */
function codeAlone(file: SourceFile): string {
  const { tree, comments } = parsed(file);
  const texts = (node: Node): Node[] =>
    /^(Literal|TemplateElement|JSXText)$/.test(node.type) ? [node] : childrenOf(node).flatMap(texts);
  return blankOut(file.source, [...comments, ...texts(tree)]);
}

// ---- rules: floors ----------------------------------------------------------------------------------------------

/** The room of a path, or undefined when the table has none for it. */
function roomOf(path: string): Room | undefined {
  const [top, folder = '', ...rest] = path.split('/');
  if (top !== 'app') return undefined;
  let name =
    rest.length > 0
      ? folder
      : /^(main\.tsx|tidy-rules\.ts|tidy\.test\.ts|[\w-]+\.css)$/.test(folder)
        ? 'top'
        : 'unknown';
  if (name === 'catalogue' && (path.endsWith('.tsx') || path === 'app/catalogue/inspectors.ts')) {
    name = 'inspectors';
  }
  if (name === 'ground-truth' && isTest(path)) name = 'ground-truth tests';
  const floor = FLOORS.findIndex((rooms) => rooms.includes(name));
  return floor < 0 ? undefined : { name, floor };
}

export const isPure = (path: string): boolean => PURE_ROOMS.includes(roomOf(path)?.name ?? '') && !isTest(path);
const kindOf = (path: string): string | undefined => /^app\/catalogue\/([^/]+)\/./.exec(path)?.[1];

/** Why `from` must not import `to`, both of them paths of ours; undefined if it may. */
function refusal(from: string, to: string): string | undefined {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (!source || !target) return 'is in no room of the floor table';
  const [kind, otherKind] = [kindOf(from), kindOf(to)];
  if (kind && otherKind && kind !== otherKind) return 'is another kind';
  if (source.name === 'ui') return target.name === 'ui' ? undefined : 'is ours, and ui knows nothing of ours';
  if (source.name === target.name) return undefined;
  if (isTest(from) && ['catalogue', 'designs'].includes(target.name)) return undefined;
  if (target.floor > source.floor) return `is on floor ${target.floor}, above floor ${source.floor}`;
  if (target.floor < source.floor) return undefined;
  if (source.floor < VIEW_FLOOR && !isTest(from)) return `is another room of the same floor ${source.floor}`;
  const rooms = [source.name, target.name];
  return rooms.includes('canvas') && rooms.includes('panels') ? 'is across: canvas and panels are apart' : undefined;
}

/** Why `from` must not import the package `name`; undefined if it may. */
function packageRefusal(from: string, name: string): string | undefined {
  const room = roomOf(from);
  if (!room) return undefined;
  const base = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? '');
  if (isTest(from) && (TEST_PACKAGES.includes(base) || name.startsWith('node:'))) return undefined;
  if (name.startsWith('node:') && !NODE_ROOMS.includes(room.name)) return 'exists only in Node';
  if (PURE_ROOMS.includes(room.name)) {
    return PURE_PACKAGES.includes(base) ? undefined : 'comes from outside, and the room is pure';
  }
  const isView = VIEW_PACKAGES.includes(base) && !/^zustand\/(vanilla|middleware)/.test(name);
  return isView && room.floor < VIEW_FLOOR ? 'belongs to the view' : undefined;
}

/** Every module named in a file: imports, type imports, re-exports, import(), import types and new URL(). */
function modulesNamed(file: SourceFile): string[] {
  const { module } = parsed(file);
  const named = module.staticImports.map((statement) => statement.moduleRequest.value);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) named.push(moduleRequest.value);
  }
  for (const [, specifier] of withoutComments(file).matchAll(/\b(?:import|new URL)\s*\(\s*['"`]([^'"`]+)['"`]/g)) {
    if (specifier) named.push(specifier);
  }
  return [...new Set(named)];
}

export const floors: Rule = (file) => {
  const room = roomOf(file.path);
  if (!room) return ['is in no room: add its folder to the floor table, or move it'];
  if (room.name === 'top') return [];
  return modulesNamed(file).flatMap((specifier) => {
    const isOurs = specifier.startsWith('.');
    const target = posix.join(dirname(file.path), specifier.replace(/\?.*$/, ''));
    if (isOurs && !target.startsWith('app/')) return [`imports ${specifier}, which is outside app/`];
    const reason = isOurs ? refusal(file.path, target) : packageRefusal(file.path, specifier);
    return reason ? [`imports ${specifier}, which ${reason}`] : [];
  });
};

// ---- rules: text ------------------------------------------------------------------------------------------------

function found(pattern: RegExp, text: string, complaint: string): string[] {
  return [...text.matchAll(pattern)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return `line ${line}: ${match[0].trim()} ${complaint}`;
  });
}

export const pureCalls: Rule = (file) => {
  if (!isPure(file.path)) return [];
  const code = codeAlone(file);
  return [
    ...found(INEXACT_MATH, code, 'differs between engines: use foundation'),
    ...found(CLOCKS_AND_LOCALES, code, 'makes a run depend on its surroundings'),
  ];
};

export const noCodeFromText: Rule = (file) => found(CODE_FROM_TEXT, codeAlone(file), 'turns text into code');

export const noMachinePaths: Rule = ({ path, source }) =>
  path === 'app/tidy.test.ts' ? [] : found(MACHINE_PATHS, source, 'is a path of one machine');

export const words: Rule = ({ path, source }) => {
  if (path in OLD_WORDS_FILES) return [];
  return found(/\b\w*(master|slave)\w*\b/gi, source.replace(OLD_WORDS_ALLOWED, blank), 'is primary or replica here');
};

export const names: Rule = ({ path }) => {
  const name = path.split('/').at(-1) ?? '';
  const stem = name.split('.')[0] ?? '';
  const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|touch\.spec|config|d))?\.(ts|tsx|css)$/.test(name);
  const lastWord = stem.split('-').at(-1) ?? '';
  return [
    ...(isKebab ? [] : ['is not named in kebab-case']),
    ...(FORBIDDEN_NAMES.includes(lastWord) ? [`is named "${lastWord}", which says nothing`] : []),
  ];
};

// ---- rules: sizes -----------------------------------------------------------------------------------------------

function* functionsIn(node: Node, name = 'anonymous'): Generator<{ name: string; node: Node }> {
  const label = node['id'] ?? node['key'];
  const own = isNode(label) && typeof label['name'] === 'string' ? label['name'] : name;
  if (/^(Arrow)?Function(Declaration|Expression)?$/.test(node.type)) yield { name: own, node };
  for (const child of childrenOf(node)) yield* functionsIn(child, own);
}

export const fileLength: Rule = ({ path, source }) => {
  const lines = source.split('\n').length - 1;
  return lines > MAXIMUM_FILE_LINES && !(path in LONG_FILES) ? [`has ${lines} lines`] : [];
};

export const functionLength: Rule = (file) => {
  if (isTest(file.path)) return [];
  return [...functionsIn(parsed(file).tree)].flatMap(({ name, node }) => {
    const lines = file.source.slice(node.start, node.end).split('\n').length;
    const isAllowed = lines <= MAXIMUM_FUNCTION_LINES || `${file.path}#${name}` in LONG_FUNCTIONS;
    return isAllowed ? [] : [`${name} has ${lines} lines`];
  });
};

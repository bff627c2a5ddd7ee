// Finds the Chromium that the browser tests and the bench drive, and installs one where there is none.
// Order: CHROMIUM_PATH, an installed Chromium, Chrome or Edge, the browser that Playwright downloaded.
// Run as a script it prints the path that it found or installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const isRoot = process.getuid?.() === 0;

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_PLACES = ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) => [
  `/Applications/${name}.app/Contents/MacOS/${name}`,
  join(process.env['HOME'] ?? '', 'Applications', `${name}.app`, 'Contents', 'MacOS', name),
]);

const WINDOWS_PLACES = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
  const folder = process.env[variable];
  if (!folder) return [];
  return [
    join(folder, 'Chromium', 'Application', 'chrome.exe'),
    join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ];
});

const WHAT_TO_DO =
  'Spofcheck found no Chromium and could not install one: install Chromium, Chrome or Edge, or set CHROMIUM_PATH to one.';

/** The flags for every launch; the sandbox is given up only where Chromium refuses it, which is for root. */
export function launchFlags(): string[] {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return isRoot ? ['--no-sandbox', ...flags] : flags;
}

/** The path of a Chromium on this machine, or undefined. Throws if CHROMIUM_PATH names a file that is not there. */
export function findChromium(): string | undefined {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH is ${wanted}, but there is no such file.`);
  }
  return [...placesToLook(), chromium.executablePath()].find((place) => existsSync(place) && answers(place));
}

/** As findChromium, but installs one if need be. Throws with one sentence when that is impossible. */
export function findOrInstallChromium(): string {
  const found = findChromium() ?? install();
  if (!found) throw new Error(WHAT_TO_DO);
  return found;
}

function placesToLook(): string[] {
  if (process.platform === 'darwin') return MAC_PLACES;
  if (process.platform === 'win32') return WINDOWS_PLACES;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

// On Ubuntu `chromium-browser` may be a script that only asks for a snap. Windows' browsers open a window when asked.
function answers(path: string): boolean {
  if (process.platform !== 'linux') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function install(): string | undefined {
  if (isRoot && isDebianOrUbuntu()) {
    console.error('No Chromium found. Installing the package chromium ...');
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    const installed = findChromium();
    if (installed) return installed;
  }
  console.error('No Chromium found. Downloading the one that Playwright knows ...');
  const playwright = dirname(fileURLToPath(import.meta.resolve('playwright/package.json')));
  run(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium']);
  return findChromium();
}

function run(command: string, parameters: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // What the installer says goes to stderr, so that stdout holds the path alone.
  return spawnSync(command, parameters, { stdio: ['ignore', 2, 2], env: environment }).status === 0;
}

function isDebianOrUbuntu(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(release, 'utf8'));
}

const isScript = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isScript) {
  try {
    console.log(findOrInstallChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

// Puts the real HAProxy through a scenario and writes down what it did, in the schema of the recordings
// (ground-truth/haproxy/README.md). Everything is on 127.0.0.1; a fresh process for every scenario.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket as LogSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as ask } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SCHEMA } from '../../ground-truth/recording.ts';
import { readLog } from './read-log.ts';
import { configText, type Planned, type Ports, type Scenario, type Step } from './scenario.ts';
import { ScriptedBackend } from './scripted-backend.ts';

const PROGRAMS = ['haproxy', '/usr/sbin/haproxy'];
const START_TRIES = 200;
const DRAIN_MS = 60;
const STALL_RESOLUTION_MS = 2;

/** An installed HAProxy and what it says of its version, or null. */
export function findHaproxy(): { readonly program: string; readonly version: string } | null {
  for (const program of PROGRAMS) {
    const { status, stdout } = spawnSync(program, ['-v'], { encoding: 'utf8' });
    const version = /version (\S+)/.exec(stdout ?? '')?.[1];
    if (status === 0 && version !== undefined) return { program, version };
  }
  return null;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

interface Seen {
  readonly id: number;
  readonly atMs: number;
  readonly status: number;
  readonly server: string | null;
  readonly latencyMs: number;
  readonly error?: string;
}

interface Done extends Step {
  readonly atMs: number;
}

/** A document of the recordings' schema. */
export interface Recorded {
  readonly schema: string;
  readonly name: string;
  readonly family: string;
  readonly [further: string]: unknown;
  /** How long the recorder itself was held up at most: HAProxy and the servers beside it fared no better. */
  readonly environment: { readonly stallMs: number };
}

/** Records one scenario. */
export async function record(program: string, scenario: Scenario, name: string): Promise<Recorded> {
  const backends = scenario.model.servers.map((server) => new ScriptedBackend(server.name));
  for (const backend of backends) await backend.listen();
  const logged: { readonly atMs: number; readonly text: string }[] = [];
  const log = await listenToLog((text) => logged.push({ atMs: performance.now(), text }));
  const ports: Ports = {
    front: await freePort(),
    admin: await freePort(),
    log: log.address().port,
    servers: new Map(backends.map(({ name: server, port }) => [server, port])),
  };
  for (const { action, target, atMs } of scenario.steps) {
    if (action === 'kill -9' && atMs === 0) backends.find((one) => one.name === target)?.kill();
  }
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-record-'));
  const config = configText(scenario, ports);
  writeFileSync(join(folder, 'haproxy.cfg'), config);
  const balancer = spawn(program, ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' });
  try {
    await answers(ports.admin, balancer);
    const startMs = performance.now();
    const stalls = monitorEventLoopDelay({ resolution: STALL_RESOLUTION_MS });
    stalls.enable();
    const play = new Play(scenario, ports, backends, startMs);
    const { seen, done } = await play.all();
    await sleep(DRAIN_MS);
    stalls.disable();
    const { requests, serverEvents, healthChecks } = readLog(logged, startMs, seen, scenario);
    return {
      schema: SCHEMA,
      name,
      family: scenario.family,
      what: scenario.what,
      source: 'a real HAProxy on this machine',
      environment: { stallMs: rounded(stalls.max / 1e6 - STALL_RESOLUTION_MS) },
      config,
      model: scenario.model,
      serviceTimeMs: 0,
      closedLoop: false,
      schedule: done,
      requests,
      serverEvents,
      healthChecks,
      ...(scenario.ordered ? { pickOrder: requests.map(({ server }) => server) } : {}),
    };
  } finally {
    balancer.kill('SIGKILL');
    for (const backend of backends) backend.kill();
    log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listenToLog(take: (text: string) => void): Promise<LogSocket> {
  const log = createSocket('udp4');
  log.on('message', (bytes) => take(bytes.toString().trim()));
  await new Promise<void>((resolve) => log.bind(0, '127.0.0.1', resolve));
  return log;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/** Waits until the statistics port answers. */
async function answers(port: number, balancer: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (balancer.exitCode !== null) throw new Error(`HAProxy ended with ${balancer.exitCode}.`);
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isThere) return;
    await sleep(3);
  }
  throw new Error('HAProxy does not answer on its statistics port.');
}

/** Carries out the requests and the acts of a scenario. */
class Play {
  private readonly scenario: Scenario;
  private readonly ports: Ports;
  private readonly backends: readonly ScriptedBackend[];
  private readonly startMs: number;
  private readonly agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  private readonly cookies = new Map<number, string>();
  private readonly done: Done[] = [];

  constructor(scenario: Scenario, ports: Ports, backends: readonly ScriptedBackend[], startMs: number) {
    this.scenario = scenario;
    this.ports = ports;
    this.backends = backends;
    this.startMs = startMs;
  }

  async all(): Promise<{ readonly seen: readonly Seen[]; readonly done: readonly Done[] }> {
    const { requests, steps, untilMs } = this.scenario;
    const timed = steps.flatMap((step) => (step.atMs === undefined ? [] : [this.actAt(step, step.atMs)]));
    const sent: Promise<Seen>[] = [];
    for (const [index, planned] of requests.entries()) {
      for (const step of steps) if (step.beforeRequest === index) await this.act(step);
      if (planned.atMs === null) await sent.at(-1);
      else await sleep(planned.atMs - this.nowMs());
      sent.push(this.send(index + 1, planned));
    }
    const seen = await Promise.all(sent);
    await Promise.all(timed);
    await sleep(untilMs - this.nowMs());
    return { seen, done: this.done.sort((a, b) => a.atMs - b.atMs) };
  }

  private readonly nowMs = (): number => performance.now() - this.startMs;

  private async actAt(step: Step, atMs: number): Promise<void> {
    await sleep(atMs - this.nowMs());
    await this.act(step);
  }

  private async act(step: Step): Promise<void> {
    const backend = this.backends.find((one) => one.name === step.target);
    if (step.action.startsWith('cli: ')) await say(this.ports.admin, step.action.slice('cli: '.length));
    else if (step.action === 'kill -9') backend?.kill();
    else if (step.action === 'listening') await backend?.listen();
    else if (step.action === 'SIGSTOP') backend?.hang();
    else if (step.action === 'SIGCONT') backend?.goOn();
    else throw new Error(`Nobody knows how to do "${step.action}".`);
    this.done.push({ ...step, atMs: step.atMs === 0 ? 0 : rounded(this.nowMs()) });
  }

  private send(id: number, { serviceMs, src, client }: Planned): Promise<Seen> {
    const atMs = this.nowMs();
    const cookie = client === undefined ? undefined : this.cookies.get(client);
    const headers = {
      'X-Req-Id': String(id),
      'X-Service-Ms': String(serviceMs),
      ...(cookie ? { Cookie: cookie } : {}),
    };
    const also = {
      ...(serviceMs > 0 ? { serviceMs } : {}),
      ...(src === undefined ? {} : { src }),
      ...(client === undefined ? {} : { client }),
    };
    return new Promise((resolve) => {
      const end = (status: number, server: string | null, more: object) => {
        const latencyMs = rounded(this.nowMs() - atMs);
        resolve({ id, atMs: rounded(atMs), status, server, latencyMs, ...also, ...more });
      };
      const from = src === undefined ? {} : { localAddress: src };
      const to = { host: '127.0.0.1', port: this.ports.front, agent: this.agent, headers, ...from };
      const asked = ask(to, (response) => {
        response.resume();
        const [set] = response.headers['set-cookie'] ?? [];
        if (set !== undefined && client !== undefined) this.cookies.set(client, set.split(';')[0] ?? '');
        const { 'x-server': server, 'x-took-ms': took } = response.headers;
        const really = serviceMs > 0 && typeof took === 'string' ? { serviceMs: Number(took) } : {};
        response.on('end', () => end(response.statusCode ?? 0, typeof server === 'string' ? server : null, really));
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        end(0, null, { error: error.code === 'ECONNREFUSED' ? 'connection-refused' : 'empty-reply' });
      });
      asked.end();
    });
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** One line to the statistics socket; ends with its reply. */
function say(port: number, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(`${words}\n`));
    socket.on('data', () => undefined);
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}

// Turns a recording of keepalived into a run: two hosts with a server and keepalived each, the client's probes, and the faults of
// the recording's action at the recorded moments. What happens depends on parameters and action alone.
import { virtualIpBehaviour } from '../catalogue/virtual-ip/behaviour.ts';
import type { VirtualIpConfig } from '../catalogue/virtual-ip/config.ts';
import { advertIntUs, downTimerUs } from '../catalogue/virtual-ip/vrrp-timers.ts';
import type { Design } from '../design/design.ts';
import { PLAIN_ADDRESS, plainDesign, plainLinkId } from '../designs/plain-design.ts';
import { Dice } from '../foundation/dice.ts';
import { fromMs, toMs } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Behaviours } from '../simulation/world.ts';
import { SCRIPTED_SERVER, scriptedServer } from './scripted-server.ts';
import type { Node, VrrpParams, VrrpRecording, VrrpRepetition } from './vrrp-recording.ts';

export const VRRP_BEHAVIOURS: Behaviours = {
  'virtual-ip': virtualIpBehaviour as unknown as NonNullable<Behaviours[string]>,
  [SCRIPTED_SERVER]: scriptedServer as unknown as NonNullable<Behaviours[string]>,
};

export const keepalivedOf = (node: Node): string => `keepalived-${node}`;
const serverOf = (node: Node): string => `server-${node}`;
export const VRRP_LINK = plainLinkId(keepalivedOf('lb1'), keepalivedOf('lb2'));

/** The recorded client: a connection every 50 ms, given up after 500 ms; all on one bridge. */
const PROBE_MS = 50;
const PROBE_LIMIT_MS = 500;
const BRIDGE_MS = 0.05;
/** The second node joins when the first is MASTER; the fault comes when all second bursts of ARP are over, or before. */
const BOOT_MS = 100;
const JOIN_AFTER_MS = 300;
const SETTLED_MS = 16_000;
const YOUNG_MS = { least: 500, range: 4_000 };
/** A restarted server until it accepts. */
const SERVER_START_MS = { least: 50, range: 150 };

/** Reads a line of keepalived.conf into settings; false for one that nobody here knows. */
type Setting = (value: number) => Partial<VirtualIpConfig>;
const LINES: Readonly<Record<string, Setting | undefined>> = {
  nopreempt: () => ({ nopreempt: true }),
  preempt_delay: (value) => ({ preemptDelayMs: fromS(value) }),
  down_timer_adverts: (value) => ({ downTimerAdverts: value }),
  garp_master_repeat: (value) => ({ garpMasterRepeat: value }),
  garp_master_delay: (value) => ({ garpMasterDelayMs: fromS(value) }),
  garp_master_refresh: (value) => ({ garpMasterRefreshMs: fromS(value) }),
  garp_master_refresh_repeat: (value) => ({ garpMasterRefreshRepeat: value }),
  garp_lower_prio_repeat: (value) => ({ garpLowerPrioRepeat: value }),
  garp_lower_prio_delay: (value) => ({ garpLowerPrioDelayMs: fromS(value) }),
};
const fromS = (seconds: number): number => Math.round(seconds * 1000);

const lineName = (line: string): string => (line.trim().split(/\s+/)[0] ?? '').replace(/^vrrp_(?=garp_)/, '');

function settingsOf(lines: readonly string[]): Partial<VirtualIpConfig> {
  const known = lines.map((line) => LINES[lineName(line)]?.(Number(line.trim().split(/\s+/)[1] ?? '0')));
  return Object.assign({}, ...known) as Partial<VirtualIpConfig>;
}

/** What of a recording cannot be played, as a sentence; null when all can. */
export function vrrpNotModelled({ action, params }: VrrpRecording): string | null {
  const lines = [...params.lb1.extra, ...params.lb2.extra, ...(params.global ?? [])];
  const unknown = lines.find((line) => LINES[lineName(line)] === undefined);
  if (unknown !== undefined) return `the line "${unknown}" of keepalived.conf is not modelled`;
  if (!isKnown(action)) return `the action "${action}" is not modelled`;
  return null;
}

function configOf(params: VrrpParams, node: Node): VirtualIpConfig {
  const { script } = params;
  return {
    version: params.version,
    virtualIpaddress: PLAIN_ADDRESS,
    state: params[node].state,
    priority: params[node].priority,
    advertIntMs: fromS(params.advert),
    ...settingsOf([...(params.global ?? []), ...params[node].extra]),
    track:
      script === undefined
        ? null
        : {
            process: serverOf(node),
            intervalMs: fromS(script.interval),
            ...(script.timeout === undefined ? {} : { timeoutMs: fromS(script.timeout) }),
            fall: script.fall,
            rise: script.rise,
            weight: script.weight,
          },
  };
}

export function vrrpDesign(params: VrrpParams): Design {
  const nodes: readonly Node[] = ['lb1', 'lb2'];
  return plainDesign({
    parts: nodes.flatMap((node) => [
      { id: serverOf(node), kind: SCRIPTED_SERVER, host: node, config: { status: 200, healthStatus: 200 } },
      { id: keepalivedOf(node), kind: 'virtual-ip', host: node, config: { ...configOf(params, node) } },
    ]),
    links: [
      ...nodes.map((node) => ({ from: 'users', to: serverOf(node), latencyMs: BRIDGE_MS })),
      { from: keepalivedOf('lb1'), to: keepalivedOf('lb2'), latencyMs: BRIDGE_MS },
    ],
    rateRps: 1000 / PROBE_MS,
    arrivals: { type: 'fixed' },
    staticShare: 1,
    clientTimeoutMs: PROBE_LIMIT_MS,
  });
}

type Untimed = Command extends infer One ? (One extends Command ? Omit<One, 'atUs'> : never) : never;
/** What is done in the first phase and in the second: commands, each so much later. */
interface Act {
  readonly first: (dice: Dice) => readonly (readonly [number, Untimed])[];
  readonly second: (dice: Dice) => readonly (readonly [number, Untimed])[];
}

const at = (...commands: readonly Untimed[]) => commands.map((one) => [0, one] as const);
const VICTIM = keepalivedOf('lb1');
const restart = (words: string): Untimed => ({ type: 'admin', target: VICTIM, words: [words] });
const mend = (target: string): Untimed => ({ type: 'repair', target, fault: 'cut' });
const isolate: Untimed = { type: 'cut', target: 'lb1', other: 'lb2' };
const gracefulStop: Act = { first: () => at(restart('stop')), second: () => at(restart('start')) };
const unplugged: Act = { first: () => at({ type: 'cut', target: 'lb1' }), second: () => at(mend('lb1')) };
const nothing: Act = { first: () => [], second: () => [] };

const ACTS: Readonly<Record<string, Act | undefined>> = {
  coldboot: nothing,
  crash: {
    first: () => at({ type: 'kill', target: 'lb1' }),
    second: () => at({ type: 'repair', target: 'lb1', fault: 'kill' }),
  },
  kill9: {
    first: () => at({ type: 'kill', target: VICTIM }),
    second: () => at({ type: 'repair', target: VICTIM, fault: 'kill' }),
  },
  // The parent starts another child at once; what that takes is in keepalived's start.
  'kill9-child': {
    first: () => at({ type: 'kill', target: VICTIM }, { type: 'repair', target: VICTIM, fault: 'kill' }),
    second: () => [],
  },
  sigterm: gracefulStop,
  // Its child gets a termination signal with it.
  'kill9-parent': gracefulStop,
  sigstop: {
    first: () => at({ type: 'hang', target: VICTIM }),
    second: () => at({ type: 'repair', target: VICTIM, fault: 'hang' }),
  },
  linkdown: unplugged,
  ifdown: unplugged,
  isolate: { first: () => at(isolate), second: () => at(mend('lb1')) },
  silentcut: {
    first: () => at(isolate, { type: 'cut', target: plainLinkId('users', serverOf('lb1')) }),
    second: () => at(mend('lb1'), mend(plainLinkId('users', serverOf('lb1')))),
  },
  script: {
    first: () => at({ type: 'kill', target: serverOf('lb1') }),
    second: (dice) => [
      [SERVER_START_MS.least + dice.share() * SERVER_START_MS.range, { type: 'repair', target: serverOf('lb1') }],
    ],
  },
};
const isKnown = (action: string): boolean => ACTS[action] !== undefined || lostAdverts(action) > 0;

/** `drop-k`: exactly k advertisements are lost. */
const lostAdverts = (action: string): number => Number(/^drop-(\d+)$/.exec(action)?.[1] ?? 0);
/** The way is free again this part of an interval after the last lost one; the recorded moment is when the laboratory said so. */
const FREE_AFTER_SHARE = 0.25;

export interface VrrpPlan {
  readonly seed: number;
  /** Without a fault, to see when the first node advertises. */
  readonly quiet: readonly Command[];
  /** Not before this the fault may come. */
  readonly settledMs: number;
  /** Commands of the whole run when the first phase begins at `startMs`, the first node's last advertisement `ageMs` ago. */
  commands(startMs: number, ageMs: number): readonly Command[];
}

/**
 * The commands of a repetition; another `seed` gives another phase of script and advertisements. With `isYoung` the fault comes
 * soon after the first node became MASTER, so that its own second burst of ARP is still to come.
 */
export function vrrpPlan(
  { action, params }: VrrpRecording,
  repetition: VrrpRepetition,
  seed: number,
  isYoung: boolean,
): VrrpPlan {
  const dice = new Dice(seed, 'vrrp-replay');
  const isCold = action === 'coldboot';
  const config = configOf(params, 'lb1');
  const joinMs = BOOT_MS + toMs(downTimerUs(config, config.priority, advertIntUs(config))) + JOIN_AFTER_MS;
  const boots: readonly Command[] = [
    { atUs: 0, type: 'kill', target: 'lb1' },
    { atUs: 0, type: 'kill', target: 'lb2' },
    { atUs: fromMs(BOOT_MS), type: 'repair', target: 'lb1' },
    { atUs: fromMs(isCold ? BOOT_MS : joinMs), type: 'repair', target: 'lb2' },
  ];
  const phaseMs = dice.share() * 1000 * Math.max(params.advert, params.script?.interval ?? 0);
  const act = ACTS[action];
  const lost = lostAdverts(action);
  const first = act?.first(dice) ?? [];
  const second = act?.second(dice) ?? [];
  const secondMs = repetition.phases[1]?.[1] ?? null;
  const timed = (startMs: number, list: readonly (readonly [number, Untimed])[]): Command[] =>
    list.map(([laterMs, command]) => ({ ...command, atUs: fromMs(startMs + laterMs) }) as Command);
  return {
    seed,
    quiet: boots,
    settledMs: isCold
      ? BOOT_MS
      : joinMs + (isYoung ? YOUNG_MS.least + dice.share() * YOUNG_MS.range : SETTLED_MS + phaseMs),
    commands: (startMs, ageMs) => [
      ...boots,
      ...(lost === 0 ? [] : timed(startMs, at({ type: 'cut', target: VRRP_LINK }))),
      ...(lost === 0
        ? []
        : timed(startMs - ageMs + (lost + FREE_AFTER_SHARE) * params.advert * 1000, at(mend(VRRP_LINK)))),
      ...timed(startMs, first),
      ...(secondMs === null ? [] : timed(startMs + secondMs, second)),
    ],
  };
}

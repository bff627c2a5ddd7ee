// Issues on the diagram: pins where the problem sits, and the double ring of a single point of failure with its words set
// into the top edge.
import { type Design, type Host, type Point, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Shape } from './figure.ts';
import { longestMiddle, number } from './link-path.ts';
import { issuePin, text } from './marks.ts';
import { firewallPin, firewallPlace, monitoringPin } from './scene-ghosts.ts';
import type { PinPlace, PinState, SceneState } from './scene-state.ts';
import { roleWidth } from './text-width.ts';
import type { Wires } from './wires.ts';

const YIELDS = 0.5;
const SPOF_WORDS = 'single point of failure';
const PIN_PITCH = 26;

type Pins = Pick<SceneState, 'pins' | 'spofs'>;
type Issues = Pick<SceneState, 'pins' | 'spofs' | 'yields' | 'added'>;

/** Rings and pins, in that order. Above what moves. */
export function issueShapes(design: Design, wires: Wires, state: Issues): readonly Shape[] {
  const trueHosts = new Set(
    state.pins.flatMap(({ active, place }) => (active && place.type === 'host' ? [place.id] : [])),
  );
  const rings = state.spofs.flatMap((id) => {
    const host = wiringOf(design).host(id);
    if (host === undefined) return [];
    const active = trueHosts.has(id);
    const pins = state.pins.filter(({ place }) => place.type === 'host' && place.id === id).length;
    return ringShapes(host, active, state.yields && !active, Math.max(0, pins - 1) * PIN_PITCH);
  });
  return [...rings, ...pinShapes(design, wires, state), ...addedShapes(design, state)];
}

/** A heavy outline around a host that a fix adds, and a plus at its corner; a part that is added to an old host has only the plus. */
function addedShapes(design: Design, { added = [] }: Issues): readonly Shape[] {
  const isNew = new Set(added);
  const hosts = design.hosts.filter(({ id }) => isNew.has(id));
  const parts = design.components.filter(({ id, hostId }) => isNew.has(id) && !isNew.has(hostId));
  return [
    ...hosts.flatMap(({ position: { x, y }, size: { width, height } }): readonly Shape[] => [
      { type: 'rect', x, y, width, height, stroke: 'ink', strokeWidth: 2.6 },
      ...plus(x + width, y),
    ]),
    ...parts.flatMap(({ position: { x, y } }) => plus(x, y)),
  ];
}

const PLUS = { half: 9, arm: 5 };
function plus(x: number, y: number): readonly Shape[] {
  const { half, arm } = PLUS;
  return [
    { type: 'rect', x: x - half, y: y - half, width: 2 * half, height: 2 * half, fill: 'ink' },
    {
      type: 'path',
      d: `M${number(x - arm)},${number(y)}H${number(x + arm)}M${number(x)},${number(y - arm)}V${number(y + arm)}`,
      stroke: 'on-ink',
      strokeWidth: 2.4,
    },
  ];
}

/** The ring of one host: two lines, or one thick line when it has come true. `right`: so far the words make room for more pins. */
function ringShapes(host: Host, active: boolean, yields: boolean, right: number): readonly Shape[] {
  const gap = { from: host.position.x + 14, to: host.position.x + 30 + right + roleWidth(SPOF_WORDS, 'state') };
  const ring = active
    ? [ringLine(host, 6, 14, 5, gap)]
    : [ringLine(host, 6, 14, 2.5, gap), ringLine(host, 11.5, 19, 1.4, gap)];
  const words = text(host.position.x + 22 + right, host.position.y - 4, SPOF_WORDS, 'state', {
    fill: yields ? 'ink3' : 'fail',
  });
  const lines: Shape = { type: 'group', x: 0, y: 0, shapes: ring, ...(yields ? { opacity: YIELDS } : {}) };
  return [lines, words];
}

/** A rounded line `out` px outside the host, open at the top where the words stand. */
function ringLine(
  host: Host,
  out: number,
  radius: number,
  strokeWidth: number,
  gap: { from: number; to: number },
): Shape {
  const top = number(host.position.y - out);
  const right = host.position.x + host.size.width + out;
  const bottom = host.position.y + host.size.height + out;
  const r = radius;
  const d =
    `M${number(gap.to)},${top}H${number(right - r)}a${r},${r} 0 0 1 ${r},${r}V${number(bottom - r)}a${r},${r} 0 0 1 -${r},${r}` +
    `H${number(host.position.x - out + r)}a${r},${r} 0 0 1 -${r},-${r}V${number(host.position.y - out + r)}a${r},${r} 0 0 1 ${r},-${r}H${number(gap.from)}`;
  return { type: 'path', d, stroke: 'fail', strokeWidth };
}

function pinShapes(design: Design, wires: Wires, state: Issues): readonly Shape[] {
  const taken = new Map<string, number>();
  return pinPlaces(design, wires, state).map(({ pin, at }) => {
    const key = `${at.x},${at.y}`;
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    const shape = issuePin(at.x + before * PIN_PITCH, at.y, String(pin.number), pin.severity, pin.active);
    return state.yields && !pin.active && shape.type === 'group' ? { ...shape, opacity: YIELDS } : shape;
  });
}

/** A pin of a server at the very edge of the sheet stands within it. */
const LEAST_X = 17;

/** Where each pin stands; a pin whose element is not in the drawing is left out. */
export function pinPlaces(
  design: Design,
  wires: Wires,
  state: Pins,
): readonly { readonly pin: PinState; readonly at: Point }[] {
  return state.pins.flatMap((pin) => {
    const at = placeOf(design, wires, state, pin.place);
    return at === null ? [] : [{ pin, at: { x: Math.max(at.x, LEAST_X), y: at.y } }];
  });
}

function placeOf(design: Design, wires: Wires, state: Pins, place: PinPlace): Point | null {
  switch (place.type) {
    case 'host': {
      const host = wiringOf(design).host(place.id);
      const out = state.spofs.includes(place.id) ? -9 : 0;
      return host === undefined ? null : { x: host.position.x + 2, y: host.position.y + out };
    }
    case 'component': {
      const part = wiringOf(design).component(place.id);
      return part === undefined ? null : { x: part.position.x + 2, y: part.position.y + 2 };
    }
    case 'link':
      return linkPin(wires, place.id, design);
    case 'check': {
      const check = wires.links.get(place.id)?.check;
      return check ? longestMiddle(check.points) : linkPin(wires, place.id, design);
    }
    case 'users':
      return { x: design.traffic.position.x + 112, y: design.traffic.position.y + 2 };
    case 'missing-firewall': {
      const wall = firewallPlace(design, wires);
      return wall === null ? null : firewallPin(wall);
    }
    case 'missing-monitoring':
      return monitoringPin(design);
  }
}

/** Beside the padlock where there is one, else on the wire. */
function linkPin(wires: Wires, id: string, design: Design): Point | null {
  const link = wires.links.get(id);
  if (link === undefined) return null;
  if (link.padlock === null) return longestMiddle(link.main.points);
  const start = link.main.points[0];
  const level = start !== undefined && start.y === link.padlock.at.y;
  const fromUsers = wiringOf(design).link(id)?.from === USERS;
  if (level && fromUsers) return { x: link.padlock.at.x, y: link.padlock.at.y - 28 };
  if (fromUsers) return { x: link.padlock.at.x + 30, y: link.padlock.at.y };
  return { x: link.padlock.at.x, y: link.padlock.at.y + 28 };
}

// What parts, lines and hosts are called for those who do not see the diagram: names of the buttons, and the text outline.
import { type Component, type Design, DNS, type Host, type Link, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Figure } from '../drawing/figure.ts';
import { hostInWords } from '../drawing/scene-hosts.ts';
import type { HostState } from '../drawing/scene-state.ts';
import { present } from '../foundation/assert.ts';

/** `Server 1, app server, up, load 33 percent, queue 1`. */
export const partName = (host: Host | null, figure: Figure, isKnown: boolean): string =>
  host === null ? partWords(figure, isKnown) : `${host.name}, ${partWords(figure, isKnown)}`;

const NOT_KNOWN = 'not computed yet';

/** Of a part whose moment is still being computed only what it is. */
export const partWords = ({ textAlternative }: Figure, isKnown: boolean): string =>
  isKnown ? textAlternative : `${textAlternative.split(',')[0]}, ${NOT_KNOWN}`;

/** `Server 1, UP, 20 req/s p99 58 ms`. */
export const hostName = (host: Host, state: HostState, isSpof: boolean, isKnown: boolean): string =>
  `${isKnown ? hostInWords(host, state) : `${host.name}, ${NOT_KNOWN}`}${isSpof ? ', single point of failure' : ''}`;

/** `Line from load balancer to Server 1, plain text, 20 requests a second`. */
export function lineName(design: Design, link: Link, ratePerS: number | null): string {
  const [from, to] = endNames(design, link);
  const words = [`Line from ${from} to ${to}`, ...protection(link)];
  if (ratePerS !== null && link.protocol !== 'file') words.push(rateInWords(link, ratePerS));
  return words.join(', ');
}

/** How the sentence names an element: a lone part by its host, a part among others by its own name. */
export function shortName(design: Design, id: string): string {
  if (id === USERS) return 'internet users';
  if (id === DNS) return 'DNS';
  const wiring = wiringOf(design);
  const host = wiring.host(id);
  if (host !== undefined) return host.name;
  const component = wiring.component(id);
  const link = wiring.link(id);
  if (link !== undefined) return `the line ${endNames(design, link).join(' to ')}`;
  if (component === undefined) return id;
  return `${component.name} on ${present(hostOf(design, component), 'the host of a part').name}`;
}

export const hostOf = (design: Design, component: Component): Host | null =>
  wiringOf(design).host(component.hostId) ?? null;

/** Between hosts the hosts are named, within one its parts. */
function endNames(design: Design, link: Link): readonly [string, string] {
  const wiring = wiringOf(design);
  const from = wiring.component(link.from);
  const to = wiring.component(link.to);
  if (to === undefined) return [shortName(design, link.from), shortName(design, link.to)];
  if (from?.hostId === to.hostId) return [from.name, shortName(design, to.id)];
  if (link.protocol === 'mysql' || link.protocol === 'replication') {
    return [shortName(design, link.from), shortName(design, link.to)];
  }
  return [from === undefined ? 'internet users' : lowerFirst(hostWord(design, from)), lowerFirst(hostWord(design, to))];
}

const hostWord = (design: Design, component: Component): string => hostOf(design, component)?.name ?? component.name;

/** `Load balancer` within a sentence is `load balancer`; `Server 1` is a name. */
const lowerFirst = (name: string): string => (/\d/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1));

function protection(link: Link): readonly string[] {
  if (link.protocol === 'file') return ['files on the same disk'];
  return [link.encrypted ? 'encrypted' : 'plain text'];
}

function rateInWords(link: Link, ratePerS: number): string {
  const rate = ratePerS < 9.95 ? String(Number(ratePerS.toFixed(1))) : String(Math.round(ratePerS));
  const noun = link.protocol === 'http' ? 'request' : link.protocol === 'mysql' ? 'query' : 'copied write';
  const plural = noun === 'query' ? 'queries' : `${noun}s`;
  return `${rate} ${rate === '1' ? noun : plural} a second`;
}

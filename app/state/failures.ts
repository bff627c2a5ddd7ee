// Why requests failed, in sentences: the reasons of the trace, with the part to blame and what HAProxy knew at that time.
import type { Design } from '../design/design.ts';
import type { Elements } from '../design/elements.ts';
import { Purpose, REASONS, type Reason } from '../simulation/message.ts';
import type { FailureCount } from '../timeline/chunk-summary.ts';
import { modeOf } from './design-at.ts';
import { componentNamed, hostWords, type Truth } from './truth.ts';

interface Blamed {
  /** `Server 1`; empty when nobody is to blame. */
  readonly host: string;
  readonly hostId: string;
  readonly componentId: string;
}

/** The failures of a stretch of time in which nobody killed, repaired or changed anything. */
export interface Era {
  readonly failures: readonly FailureCount[];
  readonly design: Design;
  readonly truth: Truth;
}

/** One line a cause: two causes are two lines, never one sum. In the order in which they first appeared. */
export function failureLines(
  eras: readonly Era[],
  elements: Elements,
): { readonly text: string; readonly count: number; readonly example: number }[] {
  const lines = new Map<string, { readonly count: number; readonly example: number }>();
  for (const { failures, design, truth } of eras) {
    for (const failure of failures) {
      const text = failureText(failure, design, elements, truth);
      const { count = 0, example = failure.example } = lines.get(text) ?? {};
      lines.set(text, { count: count + failure.count, example });
    }
  }
  return [...lines].map(([text, line]) => ({ text, ...line }));
}

/** Why most of these failed, and the host to blame. */
export function mainFailure(
  failures: readonly FailureCount[],
  design: Design,
  elements: Elements,
): { readonly reason: Reason; readonly blamed: string } {
  const most = [...failures].sort((a, b) => b.count - a.count)[0];
  if (most === undefined) return { reason: 'none', blamed: '' };
  return { reason: REASONS[most.reason] ?? 'none', blamed: blame(most.cause, design, elements).host || 'the server' };
}

function failureText(failure: FailureCount, design: Design, elements: Elements, truth: Truth): string {
  const reason: Reason = REASONS[failure.reason] ?? 'none';
  const blamed = blame(failure.cause, design, elements);
  const host = blamed.host === '' ? 'the server' : blamed.host;
  switch (reason) {
    case 'connection-refused':
    case 'connect-timeout':
      return modeOf(design) === 'active-passive'
        ? 'failed before HAProxy knew: no other active server to try'
        : `failed before HAProxy knew: no try reached a working server`;
    case 'no-server':
      return 'failed: HAProxy had no server left';
    case 'queue-timeout':
      return 'failed: waited too long in HAProxy';
    case 'server-timeout':
      return `failed: taken by ${host}, never answered`;
    case 'server-closed':
      return `failed: ${host} died at work`;
    case 'app-refused':
      return `failed: ${appWords(blamed, design)} ${refusedWords(truth, blamed)}`;
    case 'app-closed':
      return `failed: ${appWords(blamed, design)} died at work`;
    case 'app-timeout':
      return `failed: ${appWords(blamed, design)} did not answer in time`;
    case 'read-only':
      return 'failed writes: the replica takes none';
    case 'database-refused':
    case 'database-closed':
    case 'database-timeout':
    case 'database-unreachable':
      return databaseText(reason, failure.purpose, blamed, design, truth);
    case 'site-refused':
      return `failed: ${entranceWords(design)} refused the connection`;
    case 'site-closed':
      return `failed: ${entranceWords(design)} died at work`;
    case 'client-timeout':
      return 'failed: the users gave up waiting';
    case 'overloaded':
      return `failed: too many at once for ${host}`;
    case 'status':
      return `failed: ${host} answered with an error`;
    case 'none':
      return 'failed';
  }
}

const appWords = ({ host }: Blamed, design: Design): string =>
  design.hosts.length > 1 && host !== '' ? `the app server on ${host}` : 'the app server';

/** A full backlog refuses as a dead process does. */
const refusedWords = (truth: Truth, blamed: Blamed): string =>
  blamed.componentId === '' || truth.isDead(blamed.componentId) ? 'is dead' : 'takes no more connections';

function databaseText(reason: Reason, purpose: number, blamed: Blamed, design: Design, truth: Truth): string {
  const what = purpose === Purpose.Write ? 'failed writes' : 'failed reads';
  const role = String(componentNamed(design, blamed.componentId)?.config['role'] ?? 'database');
  const isOnly = design.components.filter((one) => one.kind === 'database').length < 2;
  const name = isOnly ? 'MySQL' : `the ${role}`;
  if (!isOnly && truth.isHostOff(blamed.hostId)) return `${what}: ${name} was on ${blamed.host}`;
  if (truth.isDead(blamed.componentId)) return `${what}: ${name} is dead`;
  if (truth.isHung(blamed.componentId)) return `${what}: ${name} hangs`;
  const isUnreachable = design.links.some((link) => link.to === blamed.componentId && truth.isCut(link.id));
  if (isUnreachable) return `${what}: ${name} cannot be reached`;
  return `${what}: ${name} did not answer${reason !== 'database-closed' && reason !== 'database-refused' ? ' in time' : ''}`;
}

/** What the users reach first. */
function entranceWords(design: Design): string {
  const entrance = design.links.find((link) => link.from === 'users')?.to ?? '';
  return hostWords(design, componentNamed(design, entrance)?.hostId ?? '');
}

/** The part behind an element index: itself, the host, or the part at the far end of a link. */
function blame(cause: number, design: Design, elements: Elements): Blamed {
  const id = elements.ids[cause] ?? '';
  const link = design.links.find((one) => one.id === id);
  const component = componentNamed(design, link?.to ?? id);
  const hostId = component?.hostId ?? (design.hosts.some((host) => host.id === id) ? id : '');
  return { host: hostId === '' ? '' : hostWords(design, hostId), hostId, componentId: component?.id ?? '' };
}

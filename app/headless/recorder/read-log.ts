// HAProxy's log of a scenario, beside what the clients saw: the rest of each request, and what it believed of its servers.
import type { RecordedRequest } from '../../ground-truth/recording.ts';
import type { Scenario } from './scenario.ts';

interface Line {
  readonly atMs: number;
  readonly text: string;
}
type Seen = Omit<RecordedRequest, 'server'> & { readonly server: string | null };

const PLAIN = '----';

/** `startMs` is time 0 on the clock of the lines. */
export function readLog(lines: readonly Line[], startMs: number, seen: readonly Seen[], { model }: Scenario) {
  const logged = new Map<number, Record<string, string>>();
  const serverEvents: object[] = [];
  const healthChecks: object[] = [];
  for (const { atMs: stampMs, text } of lines) {
    const atMs = Math.round((stampMs - startMs) * 10) / 10;
    const [, fields] = /R (id=.*)$/.exec(text) ?? [];
    if (fields !== undefined) {
      const request = Object.fromEntries(fields.split(' ').map((field) => field.split('=') as [string, string]));
      logged.set(Number(request['id']), request);
    }
    const [event, server, state] = /Server be\/(\S+) is (UP|DOWN)\b.*/.exec(text) ?? [];
    if (event !== undefined) serverEvents.push({ atMs, server, state, log: event.trim() });
    const [, checked, health] =
      /[Hh]ealth check for (?:backup )?server be\/(\S+) .*status: (\d+\/\d+ (?:UP|DOWN))/.exec(text) ?? [];
    if (checked !== undefined) healthChecks.push({ atMs, server: checked, health });
  }
  const requests = seen.map((request) => withLog(request, logged.get(request.id), isQueued(model)));
  return { requests, serverEvents, healthChecks };
}

const isQueued = (model: Scenario['model']): boolean => model.servers.some(({ maxconn }) => maxconn);

/** What is plain is left out, as in the other recordings. */
function withLog(request: Seen, logged: Record<string, string> | undefined, queued: boolean): RecordedRequest {
  if (logged === undefined) return request;
  const number = (name: string) => Number(logged[name]);
  const last = logged['srv'] === '<NOSRV>' ? null : (logged['srv'] ?? null);
  const retries = Math.abs(number('rc'));
  const termination = logged['ts'] ?? PLAIN;
  const isPlain = request.status === 200 && retries === 0 && termination === PLAIN && !queued;
  const timers = { Tw: number('Tw'), Tc: number('Tc'), Tr: number('Tr'), Ta: number('Ta') };
  return {
    ...request,
    ...(retries > 0 ? { retries } : {}),
    ...(logged['rc']?.startsWith('+') ? { redispatched: true } : {}),
    ...(termination === PLAIN ? {} : { termination }),
    ...(last === request.server ? {} : { lbServer: last }),
    ...(isPlain ? {} : { timers }),
    ...(queued ? { srvQueueAhead: number('sq'), backendQueueAhead: number('bq') } : {}),
  };
}

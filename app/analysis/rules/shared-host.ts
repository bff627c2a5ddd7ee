// A server that carries more than one job: its death takes the only database for a kind of request, and servers of the application
// with it that would have lived on.
import type { Component, Design, Host } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import { denialsOf } from '../denials.ts';
import type { Denied } from '../denied.ts';
import type { FindingRule, Knowledge } from '../finding.ts';
import { partWords } from '../reading.ts';
import { suspect } from '../suspect.ts';

/** AV-03: the only writer, or the only one to read from, shares its server with a part of the application. */
export const sharedHostRule: FindingRule = (design, knowledge) => {
  const denials = denialsOf(design, knowledge).alone;
  const apps = design.components.filter((part) => knowledge.role(part) === 'computes');
  return design.hosts.flatMap((host) => {
    const data = loneData(design, host, denials, knowledge);
    const beside = apps.filter(({ id, hostId }) => hostId === host.id && !denials.has(id));
    if (data === null || beside.length === 0) return [];
    const isWriter = denials.get(data.id) === 'writes';
    return [
      suspect(
        {
          id: `AV-03@${host.id}`,
          severity: 'high',
          title: `${host.name} carries the application and the only ${isWriter ? 'writer' : 'data'}`,
          places: [{ type: 'host', id: host.id }],
          where: host.name,
          fix: `A server of its own for ${partWords(data, knowledge)}`,
          comesTrueWith: [host.id],
        },
        ({ kills }) => {
          const kill = kills.get(host.id);
          if (kill === undefined || (isWriter ? kill.writesAnswered : kill.readsAnswered) > 0) return null;
          const lost = isWriter ? `0 of ${kill.writes} writes saved` : `0 of ${kill.reads} reads answered`;
          return `Killed it: ${lost}, and ${beside.length} of ${apps.length} application servers gone.`;
        },
      ),
    ];
  });
};

/** The database on a host without which no write, or no read, is answered; where everything stops the host is an issue by itself. */
function loneData(
  design: Design,
  host: Host,
  denials: ReadonlyMap<string, Denied>,
  knowledge: Knowledge,
): Component | null {
  const denied = denials.get(host.id);
  if (denied === undefined || denied === 'requests') return null;
  const parts = wiringOf(design).componentsOn(host.id);
  return parts.find((part) => knowledge.role(part) === 'stores' && denials.get(part.id) === denied) ?? null;
}

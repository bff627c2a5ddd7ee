// Logs that leave the server on which they are written: collectors ship them, monitoring keeps them, balancers write requests down.
import { partsInWords } from '../analysis/in-words.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { editHosts, withConfigs } from '../design/edit.ts';
import type { Fix } from './fix.ts';
import { monitoring } from './monitoring.ts';

export const logs: Fix = (design, finding) => {
  const watched = monitoring(design, finding);
  const mute = design.components.filter((part) => knowledge.states(part).logsRequests === false);
  const keeping = design.hosts.filter(({ collector }) => collector !== null && !collector.logs).length;
  const shipped = editHosts(watched?.design ?? design, (host) =>
    host.collector === null ? host : { ...host, collector: { ...host.collector, logs: true } },
  );
  const changes = [
    ...(watched?.changes ?? []),
    ...(keeping > 0 ? [`ships the logs of ${keeping} of ${design.hosts.length} servers`] : []),
    ...(mute.length > 0 ? [`writes each request down at ${partsInWords(design, mute)}`] : []),
  ];
  if (changes.length === 0) return null;
  return {
    design: withConfigs(shipped, (part) => (mute.some(({ id }) => id === part.id) ? { httplog: true } : null)),
    changes,
  };
};

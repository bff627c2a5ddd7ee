// The one index space of a design's elements: users, dns, then hosts, components and links in document order, and what
// monitoring adds. Traces speak in indices, people and commands in ids; this is the way from one to the other.
import { type Design, DNS, MONITORING, reportId, USERS } from './design.ts';

type ElementSort = 'users' | 'dns' | 'host' | 'component' | 'link' | 'monitoring' | 'report';

export interface Elements {
  readonly count: number;
  readonly firstHost: number;
  readonly firstComponent: number;
  readonly firstLink: number;
  /** Monitoring; the line of reports of each host follows it. The count of elements where there is no monitoring. */
  readonly monitoring: number;
  /** Id of each element, by index. */
  readonly ids: readonly string[];
  /** Index of an id, or -1. */
  indexOf(id: string): number;
  sortOf(index: number): ElementSort;
}

export function elementsOf(design: Design): Elements {
  const firstHost = 2;
  const firstComponent = firstHost + design.hosts.length;
  const firstLink = firstComponent + design.components.length;
  const monitoring = firstLink + design.links.length;
  const watched = design.monitoring === null ? [] : [MONITORING, ...design.hosts.map((host) => reportId(host.id))];
  const drawn = [...design.hosts, ...design.components, ...design.links].map((element) => element.id);
  const ids = [USERS, DNS, ...drawn, ...watched];
  const indices = new Map(ids.map((id, index) => [id, index]));
  return {
    count: ids.length,
    firstHost,
    firstComponent,
    firstLink,
    monitoring,
    ids,
    indexOf: (id) => indices.get(id) ?? -1,
    sortOf: (index) => {
      if (index >= monitoring) return index === monitoring ? 'monitoring' : 'report';
      if (index >= firstLink) return 'link';
      if (index >= firstComponent) return 'component';
      if (index >= firstHost) return 'host';
      return index === 1 ? 'dns' : 'users';
    },
  };
}

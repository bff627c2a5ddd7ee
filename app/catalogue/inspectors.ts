// The forms of the kinds (view half): typed so that a kind without one does not compile.
import type { ReactNode } from 'react';
import { Inspector as AppServerInspector } from './app-server/inspector.tsx';
import { Inspector as DatabaseInspector } from './database/inspector.tsx';
import { Inspector as FilesInspector } from './files/inspector.tsx';
import { Inspector as LoadBalancerInspector } from './load-balancer/inspector.tsx';
import { Inspector as VirtualIpInspector } from './virtual-ip/inspector.tsx';
import { Inspector as WebServerInspector } from './web-server/inspector.tsx';

type KindId = 'load-balancer' | 'web-server' | 'app-server' | 'database' | 'files' | 'virtual-ip';

/** Takes `config`, the kind's own settings, and `change`, which makes a command of a patch; what is not in it stays. */
export type Inspector = (props: { readonly config: never; readonly change: never }) => ReactNode;

const INSPECTORS: Readonly<Record<KindId, Inspector>> = {
  'load-balancer': LoadBalancerInspector,
  'web-server': WebServerInspector,
  'app-server': AppServerInspector,
  database: DatabaseInspector,
  files: FilesInspector,
  'virtual-ip': VirtualIpInspector,
};

/** The form of a kind, or undefined for one that nobody knows. */
export const inspectorOf = (kind: string): Inspector | undefined =>
  (INSPECTORS as Readonly<Record<string, Inspector | undefined>>)[kind];

// One kind of component: joins the contracts of the floors below. A folder per kind, a line per kind in kinds.ts and schemas.ts.
import type { Behaviour } from '../simulation/behaviour.ts';

/** The kinds that there are. A list typed by this does not compile while one is left out. */
export type KindId = 'load-balancer' | 'web-server' | 'app-server' | 'database' | 'files' | 'virtual-ip';

export interface ComponentKind {
  readonly id: KindId;
  /** As on the diagram: `nginx`. */
  readonly label: string;
  /** What it is, in the field's words: `web server`. */
  readonly term: string;
  /** Null for what takes no messages (files). */
  readonly behaviour: Behaviour | null;
  /** Port on which it listens by default, or null. */
  readonly port: number | null;
  /** For the analysis: what part it plays in answering a request. */
  readonly role: 'balances' | 'serves' | 'computes' | 'stores' | 'holds-address' | 'lies-there';
}

/** Binds a kind's own types; the lists hold it without them. */
export const defineKind = <Config, State>(
  kind: Omit<ComponentKind, 'behaviour'> & { readonly behaviour: Behaviour<Config, State> | null },
): ComponentKind => kind as unknown as ComponentKind;

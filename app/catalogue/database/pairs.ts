// Who follows whom among the databases of a design, as drawn.
import type { Component, Design, Link } from '../../design/design.ts';
import { wiringOf } from '../../design/wiring.ts';
import type { DatabaseConfig } from './config.ts';

export const configOf = ({ config }: Component): DatabaseConfig => config as unknown as DatabaseConfig;

/** A replica, the primary that it follows, and the line on which it does. */
export interface DatabasePair {
  readonly primary: Component;
  readonly replica: Component;
  readonly link: Link;
}

export const primariesOf = (design: Design): readonly Component[] =>
  design.components.filter((one) => one.kind === 'database' && configOf(one).role === 'primary');

export const pairsOf = (design: Design): readonly DatabasePair[] =>
  primariesOf(design).flatMap((primary) =>
    wiringOf(design)
      .linksFrom(primary.id)
      .flatMap((link): DatabasePair[] => {
        const replica = wiringOf(design).component(link.to);
        const follows = replica?.kind === 'database' && configOf(replica).role === 'replica';
        return replica !== undefined && follows ? [{ primary, replica, link }] : [];
      }),
  );

export const replicasOf = (primary: Component, design: Design): readonly Component[] =>
  pairsOf(design).flatMap((pair) => (pair.primary === primary ? [pair.replica] : []));

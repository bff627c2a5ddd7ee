// What stands below the name of a drawing that was changed: its counts, as the built-in designs have them.
import { kindsById } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';

const FIXED = ', fixed';

/** The name says that it is no longer the built-in design, and the lines below it count what is there. */
export function renamed(design: Design): Design {
  const name = design.name.endsWith(FIXED) ? design.name : `${design.name}${FIXED}`;
  return { ...design, name, summary: summaryOf(design) };
}

function summaryOf({ hosts, components }: Design): readonly string[] {
  const roleOf = (kind: string) => kindsById[kind]?.role;
  const balancers = components.filter(({ kind }) => roleOf(kind) === 'balances');
  const others = hosts.filter(({ id }) => balancers.every(({ hostId }) => hostId !== id));
  const databases = (role: string) => components.filter(({ config }) => config['role'] === role).length;
  const counted = [
    counts(balancers.length, 'load balancer'),
    counts(others.length, 'server'),
    counts(databases('primary'), 'primary', 'primaries'),
    counts(databases('replica'), 'replica'),
  ].filter((words) => words !== '');
  return [`${counted.slice(0, 2).join(', ')}${counted.length > 2 ? ',' : ''}`, counted.slice(2).join(', ')].filter(
    (line) => line !== '',
  );
}

const counts = (count: number, one: string, many = `${one}s`): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;

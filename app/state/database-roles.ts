// Who is primary at an instant: after a promotion the databases' roles are what they are, not what the document says.
import type { Design } from '../design/design.ts';
import type { Elements } from '../design/elements.ts';
import { DatabaseSign, FIELDS, Field } from '../simulation/trace.ts';

/** What the databases say of themselves, one bit field each, in document order. */
const signsOf = (design: Design, elements: Elements, fields: Int32Array): readonly number[] =>
  design.components.map(({ id, kind }) =>
    kind === 'database' ? (fields[elements.indexOf(id) * FIELDS + Field.Signs] ?? 0) : 0,
  );

export class RoleFollower {
  private base: Design | null = null;
  private current: Design | null = null;
  private told = '';

  /** The design with the roles of this instant; the same object as long as nothing changes. */
  at(base: Design, elements: Elements, fields: Int32Array): Design {
    const signs = signsOf(base, elements, fields);
    const told = signs.map((sign) => sign & DatabaseSign.Writable).join();
    if (base === this.base && told === this.told && this.current !== null) return this.current;
    [this.base, this.told] = [base, told];
    this.current = withRoles(base, signs, DatabaseSign.Writable);
    return this.current;
  }
}

/** The design as the applications see it: of two databases that take writes, the primary is the one that they were told of. */
export function asApplicationsSee(base: Design, elements: Elements, fields: Int32Array): Design {
  return withRoles(base, signsOf(base, elements, fields), DatabaseSign.OfRecord);
}

function withRoles(base: Design, signs: readonly number[], sign: number): Design {
  const roleOf = (index: number) => (((signs[index] ?? 0) & sign) === 0 ? 'replica' : 'primary');
  const isOther = base.components.some(
    ({ kind, config }, index) => kind === 'database' && config['role'] !== roleOf(index),
  );
  if (!isOther) return base;
  const components = base.components.map((component, index) =>
    component.kind === 'database' ? { ...component, config: { ...component.config, role: roleOf(index) } } : component,
  );
  return { ...base, components };
}

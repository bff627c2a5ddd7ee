// Whether commands from outside fit the design that they act on: their targets are there and are of the right sort, and
// every change of a setting leaves settings that the part would take.
import * as v from 'valibot';
import { type Design, DNS, USERS } from '../design/design.ts';
import type { KindRules } from '../design/parse.ts';
import { designSchema } from '../design/schema.ts';
import { mergePatch, patchedPaths } from '../foundation/merge-patch.ts';
import type { Problem } from '../foundation/result.ts';
import type { Command } from '../simulation/command.ts';

type Sort = 'host' | 'component' | 'link' | 'users' | 'dns';

const REPAIR = 'Open the link with the Spofcheck that made it, or make it again.';

/** What is wrong with the first command that does not fit, or null. `commands` in the order in which they are carried out. */
export function fitting(
  commands: readonly Command[],
  design: Design,
  kinds: Readonly<Record<string, KindRules>>,
): Problem | null {
  const sorts = sortsOf(design);
  const settings = new Settings(design, kinds);
  for (const [index, command] of commands.entries()) {
    const reason = misfit(command, sorts) ?? (command.type === 'reconfigure' ? settings.change(command) : null);
    if (reason !== null) return { path: `commands[${index}]`, reason, repair: REPAIR };
  }
  return null;
}

function sortsOf(design: Design): ReadonlyMap<string, Sort> {
  return new Map<string, Sort>([
    [USERS, 'users'],
    [DNS, 'dns'],
    ...design.hosts.map(({ id }) => [id, 'host'] as const),
    ...design.components.map(({ id }) => [id, 'component'] as const),
    ...design.links.map(({ id }) => [id, 'link'] as const),
  ]);
}

const TAKES: Readonly<Record<Command['type'], readonly Sort[]>> = {
  kill: ['host', 'component'],
  repair: ['host', 'component', 'link', 'users'],
  hang: ['host', 'component'],
  slow: ['host', 'component'],
  cut: ['host', 'link'],
  degrade: ['link'],
  flood: ['users'],
  reconfigure: ['component', 'link', 'users', 'dns'],
  admin: ['component'],
};

function misfit(command: Command, sorts: ReadonlyMap<string, Sort>): string | null {
  const sort = sorts.get(command.target);
  if (sort === undefined) return `The design has no "${command.target.slice(0, 40)}".`;
  if (!TAKES[command.type].includes(sort)) return `"${command.type}" does not act on a ${sort}.`;
  if (command.type === 'repair' && command.other !== undefined && sorts.get(command.other) !== 'host') {
    return `The design has no server "${command.other.slice(0, 40)}".`;
  }
  if (command.type !== 'cut') return null;
  if (sort === 'link') return command.other === undefined ? null : 'A line is cut alone.';
  const isPair = command.other !== undefined && sorts.get(command.other) === 'host' && command.other !== command.target;
  return isPair ? null : 'Two servers are parted, and here is one.';
}

type Values = Readonly<Record<string, unknown>>;

/** The settings as the commands so far have made them. */
class Settings {
  private readonly design: Design;
  private readonly kinds: Readonly<Record<string, KindRules>>;
  private readonly now = new Map<string, Values>();

  constructor(design: Design, kinds: Readonly<Record<string, KindRules>>) {
    this.design = design;
    this.kinds = kinds;
  }

  /** Changes them; what is wrong with the change, or null. */
  change({ target, patch }: Extract<Command, { type: 'reconfigure' }>): string | null {
    const before = this.now.get(target) ?? this.opened(target);
    const after = mergePatch(before, patch) as Values;
    const parsed = v.safeParse(this.schemaOf(target), after);
    if (!parsed.success) return `"${target}" does not take its new settings: ${parsed.issues[0].message}`;
    const problem = this.problemOf(target, parsed.output as Values);
    if (problem !== null) return `"${target}" does not take its new settings: ${problem}`;
    const unknown = patchedPaths(patch).find((path) => has(after, path) && !has(parsed.output, path));
    if (unknown !== undefined) return `"${target}" has no setting "${unknown.slice(0, 60)}".`;
    this.now.set(target, after);
    return null;
  }

  /** What the schema cannot see. */
  private problemOf(target: string, after: Values): string | null {
    if (target === USERS) {
      const shares = Number(after['writeShare']) + Number(after['staticShare']);
      return shares > 1 ? 'writeShare and staticShare are more than 1 together.' : null;
    }
    const component = this.design.components.find(({ id }) => id === target);
    if (component === undefined) return null;
    const problems = this.kinds[component.kind]?.problems?.({ ...component, config: after }, this.design) ?? [];
    return problems[0]?.reason ?? null;
  }

  private opened(target: string): Values {
    const { design } = this;
    if (target === USERS) return { ...design.traffic };
    if (target === DNS) return { ...design.dns };
    const component = design.components.find(({ id }) => id === target);
    return component?.config ?? { ...design.links.find(({ id }) => id === target) };
  }

  private schemaOf(target: string): v.GenericSchema<unknown, unknown> {
    if (target === USERS) return designSchema.entries.traffic;
    if (target === DNS) return designSchema.entries.dns;
    const component = this.design.components.find(({ id }) => id === target);
    const rules = component === undefined ? undefined : this.kinds[component.kind];
    return rules?.schema ?? designSchema.entries.links.pipe[0].item;
  }
}

/** Whether something stands at a path such as `servers.0.weight`. */
function has(value: unknown, path: string): boolean {
  let at = value;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Values)[key];
  }
  return at !== undefined;
}

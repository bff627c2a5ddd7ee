// Turns unknown input into a design, or says what is wrong, where, and what to do. Knows no kind of component: the schema
// of each kind's settings is handed in.
import * as v from 'valibot';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import { type Component, type Design, DNS, MONITORING, reportId, USERS } from './design.ts';
import { migrate } from './migrations.ts';
import { protectionProblems } from './protection-problems.ts';
import { designSchema } from './schema.ts';

/** What `parse` needs to know of a kind. */
export interface KindRules {
  readonly schema: v.GenericSchema<unknown, unknown>;
  /** What the settings of a component get wrong about the rest of the design, such as a link that is not there. */
  readonly problems?: (component: Component, design: Design) => readonly Problem[];
}

/** More than this many problems are not listed: the first ones say what is wrong with the file. */
const MAX_PROBLEMS = 20;

/** A valid design with exactly the fields of this version, or all that is wrong with the input (at most 20 problems). */
export function parseDesign(input: unknown, kinds: Readonly<Record<string, KindRules>>): Result<Design> {
  const migrated = migrate(input);
  if (!migrated.ok) return migrated;
  const parsed = v.safeParse(designSchema, migrated.value);
  if (!parsed.success) return failure(parsed.issues.slice(0, MAX_PROBLEMS).map((issue) => problemOf(issue, '')));
  const problems: Problem[] = [...referenceProblems(parsed.output), ...protectionProblems(parsed.output)];
  const components = parsed.output.components.map((component, index) => {
    const path = `components[${index}]`;
    const rules = Object.hasOwn(kinds, component.kind) ? kinds[component.kind] : undefined;
    if (rules === undefined) {
      problems.push({
        path: `${path}.kind`,
        reason: `Nobody knows the kind "${component.kind}".`,
        repair: `Give one of: ${Object.keys(kinds).join(', ')}.`,
      });
      return component;
    }
    const config = v.safeParse(rules.schema, component.config);
    if (!config.success) {
      problems.push(...config.issues.map((issue) => problemOf(issue, `${path}.config`)));
      return component;
    }
    return { ...component, config: config.output as Component['config'] };
  });
  const design: Design = { ...parsed.output, components };
  if (problems.length === 0) {
    for (const component of components) problems.push(...(kinds[component.kind]?.problems?.(component, design) ?? []));
  }
  return problems.length === 0 ? success(design) : failure(problems.slice(0, MAX_PROBLEMS));
}

/** One sentence per problem, for a person: where, what, and the repair. */
export const problemText = (problem: Problem): string =>
  `${problem.path === '' ? 'The file' : problem.path}: ${problem.reason} ${problem.repair}`;

function problemOf(issue: v.BaseIssue<unknown>, prefix: string): Problem {
  const path = (issue.path ?? []).reduce((text, item) => {
    const key = item.key;
    return typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`;
  }, prefix);
  const expected = issue.expected === null ? '' : `, expected ${issue.expected}`;
  const own = issue.message.startsWith('Invalid ');
  return {
    path,
    reason: `Found ${issue.received}${expected}.`,
    repair: own ? `Give ${issue.expected ?? 'another value'}.` : issue.message,
  };
}

/** Protocols that know no ports, and why. */
const WITHOUT_PORT: Readonly<Record<string, string | undefined>> = {
  file: 'Give 0: files are read, not called.',
  vrrp: 'Give 0: VRRP is a protocol of its own beside TCP, without ports.',
};

function referenceProblems(
  design: Pick<Design, 'hosts' | 'components' | 'links' | 'traffic' | 'monitoring'>,
): Problem[] {
  const problems: Problem[] = [];
  const watched = design.monitoring === null ? [] : [MONITORING, ...design.hosts.map((host) => reportId(host.id))];
  const seen = new Set<string>([USERS, DNS, ...watched]);
  const claim = (id: string, path: string) => {
    if (seen.has(id)) {
      problems.push({
        path,
        reason: `The id "${id}" is taken.`,
        repair: 'Give an id that no other host, component or link has.',
      });
    }
    seen.add(id);
  };
  design.hosts.forEach((host, index) => {
    claim(host.id, `hosts[${index}].id`);
  });
  const hostIds = new Set(design.hosts.map((host) => host.id));
  design.components.forEach((component, index) => {
    claim(component.id, `components[${index}].id`);
    if (hostIds.has(component.hostId)) return;
    problems.push({
      path: `components[${index}].hostId`,
      reason: `There is no host "${component.hostId}".`,
      repair: 'Give the id of a host of this design.',
    });
  });
  const componentIds = new Set(design.components.map((component) => component.id));
  design.links.forEach((link, index) => {
    claim(link.id, `links[${index}].id`);
    const missing = (end: 'from' | 'to', id: string) => {
      problems.push({
        path: `links[${index}].${end}`,
        reason: `There is no component "${id}".`,
        repair: 'Give the id of a component of this design.',
      });
    };
    if (link.from !== USERS && !componentIds.has(link.from)) missing('from', link.from);
    if (!componentIds.has(link.to)) missing('to', link.to);
    if ((link.port === 0) !== link.protocol in WITHOUT_PORT) {
      const repair = WITHOUT_PORT[link.protocol] ?? 'Give a whole number from 1 to 65535.';
      problems.push({ path: `links[${index}].port`, reason: `Found ${link.port}.`, repair });
    }
    if (link.from === link.to) {
      problems.push({
        path: `links[${index}]`,
        reason: 'The link leads to where it starts.',
        repair: 'Give two different ends.',
      });
    }
  });
  if (design.traffic.writeShare + design.traffic.staticShare > 1) {
    problems.push({
      path: 'traffic',
      reason: 'writeShare and staticShare are more than 1 together.',
      repair: 'Give shares that add up to at most 1.',
    });
  }
  return problems;
}

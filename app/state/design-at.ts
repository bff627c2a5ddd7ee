// The design as the commands up to an instant have reconfigured it. The base design stays what the person opened.
import type { Design } from '../design/design.ts';
import { DNS, USERS } from '../design/design.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Mode } from './app.ts';

type Patch = Readonly<Record<string, unknown>>;

/** One setting changed, as the engine would change it. A target that the design does not have changes nothing. */
export function reconfigured(design: Design, target: string, patch: Patch): Design {
  if (target === USERS) return { ...design, traffic: { ...design.traffic, ...patch } };
  if (target === DNS) return { ...design, dns: { ...design.dns, ...patch } };
  if (design.components.some((component) => component.id === target)) {
    const components = design.components.map((component) =>
      component.id === target ? { ...component, config: mergePatch(component.config, patch) } : component,
    );
    return { ...design, components };
  }
  const latencyMs = patch['latencyMs'];
  if (typeof latencyMs !== 'number' || !design.links.some((link) => link.id === target)) return design;
  return { ...design, links: design.links.map((link) => (link.id === target ? { ...link, latencyMs } : link)) };
}

/** Follows the design along the playhead and hands out the same object as long as nothing is reconfigured. */
export class DesignFollower {
  private base: Design | null = null;
  private commands: readonly Command[] = [];
  private applied = -1;
  private current: Design | null = null;

  /** `commands` in the order in which they are carried out. */
  at(base: Design, commands: readonly Command[], us: Micros): Design {
    const applied = commands.filter((command) => command.atUs <= us).length;
    if (base === this.base && commands === this.commands && applied === this.applied && this.current !== null) {
      return this.current;
    }
    const sameCommands = base === this.base && sameReconfigures(this.commands, this.applied, commands, applied);
    const current =
      sameCommands && this.current !== null ? this.current : designAfter(base, commands.slice(0, applied));
    [this.base, this.commands, this.applied, this.current] = [base, commands, applied, current];
    return current;
  }
}

/** The base design with every reconfiguration of the list. Under its title one sentence says what active-passive means. */
export function designAfter(base: Design, commands: readonly Command[]): Design {
  const after = commands.reduce(
    (design, command) =>
      command.type === 'reconfigure' ? reconfigured(design, command.target, command.patch) : design,
    base,
  );
  return modeOf(after) === 'active-passive' ? { ...after, summary: ONE_ACTIVE } : after;
}

const ONE_ACTIVE = ['1 active, 1 standby:', 'round robin has nothing to rotate over'];

function sameReconfigures(
  before: readonly Command[],
  usedBefore: number,
  after: readonly Command[],
  usedAfter: number,
): boolean {
  const only = (commands: readonly Command[], used: number) =>
    commands.slice(0, Math.max(0, used)).filter((command) => command.type === 'reconfigure');
  const [first, second] = [only(before, usedBefore), only(after, usedAfter)];
  return first.length === second.length && first.every((command, index) => command === second[index]);
}

/** Active-passive is what HAProxy's settings say, nothing beside them. */
export function modeOf(design: Design): Mode {
  const balancer = design.components.find((component) => component.kind === 'load-balancer');
  const servers = balancer?.config['servers'];
  const isBackup = (server: unknown) => (server as { readonly backup?: unknown } | null)?.backup === true;
  return Array.isArray(servers) && servers.some(isBackup) ? 'active-passive' : 'active-active';
}

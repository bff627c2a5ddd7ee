// Doors in firewalls that the lines of a design need: what a fix adds must not stand outside a wall that was closed before.
import { ANYONE, type Design, type FirewallRule, type Host, USERS } from '../design/design.ts';
import { goesBothWays } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';

/** What the firewall of a host must let in for the lines of the design: each caller and port once, in the lines' order. */
export function neededDoors(design: Design, host: Host): readonly FirewallRule[] {
  const wiring = wiringOf(design);
  const hostOf = (id: string): string => (id === USERS ? ANYONE : (wiring.component(id)?.hostId ?? ANYONE));
  const rules: FirewallRule[] = [];
  for (const { from, to, protocol, port } of design.links) {
    const ends = goesBothWays({ protocol }) ? [[from, to] as const, [to, from] as const] : [[from, to] as const];
    for (const [caller, callee] of ends) {
      const rule = { from: hostOf(caller), port };
      const comesFromOutside = hostOf(callee) === host.id && rule.from !== host.id && protocol !== 'file';
      if (comesFromOutside && !rules.some((one) => one.from === rule.from && one.port === port)) rules.push(rule);
    }
  }
  return rules;
}

/** The design with a door for each line that a wall stops. Walls that are not there are not built. */
export function withDoors(design: Design): Design {
  const hosts = design.hosts.map((host) => {
    if (host.firewall === null) return host;
    const { rules } = host.firewall;
    const lets = ({ from, port }: FirewallRule) =>
      rules.some((one) => one.port === port && (one.from === ANYONE || one.from === from));
    const missing = neededDoors(design, host).filter((door) => !lets(door));
    return missing.length === 0 ? host : { ...host, firewall: { rules: [...rules, ...missing] } };
  });
  return { ...design, hosts };
}

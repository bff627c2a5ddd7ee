// Weaknesses of a shared address: a keepalived that does not see its balancer die, and two that hear each other on one line only.
import { unsaid } from '../../analysis/drawn.ts';
import type { FindingRule, Knowledge, Suspicion } from '../../analysis/finding.ts';
import { togetherUs } from '../../analysis/overlap.ts';
import { calmRun, faultyRun } from '../../analysis/shared-runs.ts';
import { atParts, hostName, suspect } from '../../analysis/suspect.ts';
import type { Component, Design, Link } from '../../design/design.ts';
import { isLetIn, letsIn } from '../../design/firewall.ts';
import { wiringOf } from '../../design/wiring.ts';
import { formatDuration } from '../../foundation/micros.ts';
import { Field } from '../../simulation/trace.ts';
import type { VirtualIpConfig } from './config.ts';
import { effectivePriority } from './vrrp-timers.ts';

const configOf = ({ config }: Component): VirtualIpConfig => config as unknown as VirtualIpConfig;
const keepersOf = (design: Design): readonly Component[] =>
  design.components.filter(({ kind }) => kind === 'virtual-ip');

/** Keepalived with the same address, on other hosts. */
const peersOf = (keeper: Component, design: Design): readonly Component[] =>
  keepersOf(design).filter(
    (one) => one.hostId !== keeper.hostId && configOf(one).virtualIpaddress === configOf(keeper).virtualIpaddress,
  );

/** What a keepalived is there for: what the users ask on its host. */
const guardedBy = (keeper: Component, design: Design, knowledge: Knowledge): Component | undefined =>
  wiringOf(design)
    .componentsOn(keeper.hostId)
    .find((one) => ['balances', 'serves'].includes(knowledge.role(one)));

/** AV-07: the process beside it dies, and the address stays. */
const untrackedRule: FindingRule = (design, knowledge) => {
  const keepers = keepersOf(design).filter((one) => peersOf(one, design).length > 0);
  const blind = keepers.flatMap((keeper) => {
    const guarded = guardedBy(keeper, design, knowledge);
    return guarded === undefined || movesAddress(keeper, guarded, design) ? [] : [{ keeper, guarded }];
  });
  const aimless = keepers.filter((one) => guardedBy(one, design, knowledge) === undefined);
  const unknowns = unsaid(design, 'AV-07', aimless, [['which program on its server it looks after', () => undefined]]);
  const [first] = blind;
  if (first === undefined) return unknowns;
  return [
    ...unknowns,
    suspect(
      {
        id: 'AV-07@design',
        severity: 'high',
        title: `Nothing moves the IP when ${first.guarded.name} dies`,
        ...atParts(
          blind.map(({ keeper }) => keeper),
          design,
        ),
        fix: `Track ${first.guarded.name}'s process`,
        onlyAlone: true,
      },
      ({ kills }) => {
        const ids = keepers.map(({ id }) => id);
        const fatal = blind.filter(({ guarded }) => {
          const kill = kills.get(guarded.id);
          return kill?.denied === 'requests' && !ids.includes(kill.detectedBy ?? '');
        });
        const [worst] = fatal;
        const kill = kills.get(worst?.guarded.id ?? '');
        if (worst === undefined || kill === undefined) return null;
        const where = hostName(worst.keeper, design);
        return {
          evidence: `Killed ${worst.guarded.name} on ${where}: the IP stayed there, ${kill.answered} of ${kill.requests} requests answered.`,
          comesTrueWith: fatal.map(({ guarded }) => guarded.id),
        };
      },
    ),
  ];
};

/** While the process is dead another keepalived ranks higher, or this one gives the address up. */
function movesAddress(keeper: Component, guarded: Component, design: Design): boolean {
  const config = configOf(keeper);
  if (config.track?.process !== guarded.id) return false;
  if (config.track.weight === 0) return true;
  const down = effectivePriority(config, false);
  return peersOf(keeper, design).some((peer) => effectivePriority(configOf(peer), true) > down);
}

/** AV-08: what one line carries, one cut ends, and then both hold the address. */
const oneHeartbeatRule: FindingRule = (design) => {
  const keepers = keepersOf(design);
  const lonely = keepers.filter((one) => peersOf(one, design).length === 0);
  const pairs = keepers.flatMap((one, index) =>
    peersOf(one, design)
      .filter((other) => keepers.indexOf(other) > index)
      .map((other) => ({ one, other, lines: linesBetween(one, other, design) })),
  );
  const weak = pairs.find(({ lines }) => lines.length < 2);
  return [
    ...unsaid(design, 'AV-08', lonely, [['who else may hold its address', () => undefined]]),
    ...(weak === undefined ? [] : [heartbeatSuspicion(weak.one, weak.other, weak.lines, design)]),
  ];
};

/** VRRP lines between two that the firewalls of both let through. */
function linesBetween(one: Component, other: Component, design: Design): readonly Link[] {
  const ends = [one.id, other.id];
  return design.links.filter(
    (link) =>
      link.protocol === 'vrrp' && ends.includes(link.from) && ends.includes(link.to) && passesBothWays(link, design),
  );
}

function passesBothWays(link: Link, design: Design): boolean {
  const wiring = wiringOf(design);
  const [from, to] = [wiring.component(link.from), wiring.component(link.to)];
  const back = wiring.host(from?.hostId ?? '');
  return isLetIn(design, link) && back !== undefined && letsIn(back, to?.hostId ?? '', link.port);
}

function heartbeatSuspicion(one: Component, other: Component, lines: readonly Link[], design: Design): Suspicion {
  const hosts = `${hostName(one, design)} and ${hostName(other, design)}`;
  const [line] = lines;
  return suspect(
    {
      id: `AV-08@${one.id}`,
      severity: 'medium',
      title: line === undefined ? 'The two keepalived do not hear each other' : 'One line between the two keepalived',
      places: line === undefined ? [{ type: 'component', id: one.id }] : [{ type: 'link', id: line.id }],
      where: hosts,
      fix: line === undefined ? 'A VRRP line that both firewalls let in' : 'A second VRRP line',
    },
    (evidence) => {
      const watched = line === undefined ? calmRun(evidence) : faultyRun(evidence, 'cut', line.id);
      const bothUs = togetherUs(watched, [one.hostId, other.hostId], Field.HoldsAddress, (holds) => holds === 1);
      if (bothUs === 0) return null;
      const { virtualIpaddress } = configOf(one);
      const how = line === undefined ? 'As drawn' : 'Cut the line';
      return `${how}: ${hosts} both held ${virtualIpaddress} for ${formatDuration(bothUs)}.`;
    },
  );
}

export const VIRTUAL_IP_RULES: readonly FindingRule[] = [untrackedRule, oneHeartbeatRule];

// Nobody is told: a host that nobody watches is killed, and stays dead for as long as the run shows.
import type { Design, Host } from '../../design/design.ts';
import { formatDuration, SECOND } from '../../foundation/micros.ts';
import { Alive, Field } from '../../simulation/trace.ts';
import { FAULT_US } from '../blast-radius.ts';
import { denialsOf } from '../denials.ts';
import type { Evidence, Knowledge, Suspicion } from '../finding.ts';
import { elementOf, fieldValues } from '../reading.ts';

/** How long the run goes on after the kill. */
const SHOWN_US = 60 * SECOND;

/** MO-01: hosts without anybody who watches them. */
export function monitoringRule(design: Design, knowledge: Knowledge): readonly Suspicion[] {
  const unwatched = design.hosts.filter((host) => host.collector === null);
  const victim = quietVictim(design, knowledge, unwatched);
  if (victim === undefined) return [];
  const all = unwatched.length === design.hosts.length;
  const finding = {
    id: 'MO-01@design',
    rule: 'MO-01',
    severity: 'high',
    title: all ? 'Nobody is watching' : `Nobody watches ${unwatched.length} of ${design.hosts.length} hosts`,
    places: [{ type: 'missing-monitoring' }],
    where:
      all && unwatched.length > 1 ? `All ${unwatched.length} hosts` : unwatched.map((host) => host.name).join(', '),
    evidence: null,
    fix: 'A collector on each host',
    comesTrueWith: [],
  } as const;
  return [
    {
      finding,
      prove: (evidence) => {
        const toldUs = evidence.kills.get(victim.id)?.toldUs ?? null;
        const end =
          toldUs === null ? 'no one was told' : `somebody was told after ${formatDuration(toldUs)}, by others`;
        return {
          ...finding,
          evidence: `${victim.name} was dead for ${formatDuration(deadForUs(victim, evidence))}; ${end}.`,
        };
      },
    },
  ];
}

/** A host whose death the users do not tell everybody about; where there is none, the first. */
function quietVictim(design: Design, knowledge: Knowledge, unwatched: readonly Host[]): Host | undefined {
  const denials = denialsOf(design, knowledge).alone;
  return unwatched.find((host) => denials.get(host.id) !== 'requests') ?? unwatched[0];
}

function deadForUs(victim: Host, { design, measure }: Evidence): number {
  const untilUs = FAULT_US + SHOWN_US;
  const run = measure(design, [{ atUs: FAULT_US, type: 'kill', target: victim.id }], untilUs);
  const alive = fieldValues(run, elementOf(design, victim.id), Field.Alive, 0, untilUs);
  const died = alive.find((change) => change.value !== Alive.Up);
  const back = alive.find((change) => died !== undefined && change.atUs > died.atUs && change.value === Alive.Up);
  return died === undefined ? 0 : (back?.atUs ?? untilUs) - died.atUs;
}

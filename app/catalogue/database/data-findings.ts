// Weaknesses of databases: replicas that can be written, writes that a crash takes, two primaries, nobody who promotes, no backup.
import { drawn, unsaid } from '../../analysis/drawn.ts';
import type { FindingRule } from '../../analysis/finding.ts';
import { togetherUs } from '../../analysis/overlap.ts';
import { elementOf, fieldValues } from '../../analysis/reading.ts';
import { calmRun, faultyRun } from '../../analysis/shared-runs.ts';
import { atParts, designUnsaid, hostName, partOnHost, suspect } from '../../analysis/suspect.ts';
import { formatDuration } from '../../foundation/micros.ts';
import { DatabaseSign, Field, USERS_ELEMENT } from '../../simulation/trace.ts';
import { lostWithPromotion } from './lost-writes.ts';
import { configOf, pairsOf, primariesOf, replicasOf } from './pairs.ts';
import { medianLagUs } from './replica-lag.ts';

/** DB-01: who administers it can write to a replica, and from then on it has rows that the primary has not. */
const writableReplicaRule: FindingRule = (design, knowledge) => {
  const replicas = pairsOf(design).map(({ replica }) => replica);
  const open = replicas.filter((one) => configOf(one).superReadOnly === false);
  const unknowns = unsaid(design, 'DB-01', replicas, [
    ['whether super_read_only is on', (one) => configOf(one).superReadOnly],
  ]);
  const [first] = open;
  if (first === undefined) return unknowns;
  return [
    ...unknowns,
    drawn({
      id: 'DB-01@design',
      severity: 'high',
      title: 'A replica takes the writes of administrators',
      ...atParts(open, design),
      evidence: `With super_read_only off, an account with SUPER can write to ${partOnHost(first, design, knowledge)}.`,
      fix: 'Set super_read_only at each replica',
    }),
  ];
};

/** DB-02: a confirmed write is on its way to the replica when the primary dies. */
const asynchronousRule: FindingRule = (design) => {
  const pairs = pairsOf(design).filter(
    ({ primary, replica }) => ![primary, replica].every((one) => configOf(one).rplSemiSyncMasterEnabled === true),
  );
  const [first] = pairs;
  if (first === undefined || !(design.traffic.writeShare > 0)) return [];
  if (design.objectives.mayLoseWrites === undefined) {
    return designUnsaid('DB-02', 'whether a confirmed write may be lost');
  }
  if (design.objectives.mayLoseWrites) return [];
  const hosts = [...new Set(pairs.map(({ primary }) => primary.hostId))];
  return [
    suspect(
      {
        id: 'DB-02@design',
        severity: 'high',
        title: 'Confirmed writes die with the primary',
        places: pairs.map(({ link }) => ({ type: 'link', id: link.id })),
        where: hostName(first.primary, design),
        fix: 'Confirm a write when a replica has it',
        comesTrueWith: hosts,
      },
      (evidence) => {
        const lost = lostWithPromotion(first, evidence);
        if (lost === null) return null;
        const { count, of } = lost;
        const [dead, next] = [first.primary, first.replica].map((one) => hostName(one, design));
        return `Killed ${dead} and promoted ${next}: ${count} of ${of} confirmed writes ${count === 1 ? 'was' : 'were'} lost.`;
      },
    ),
  ];
};

/** DB-04: a monitor promotes the replica, and nothing stops the old primary, which lives. */
const twoPrimariesRule: FindingRule = (design) => {
  const pairs = pairsOf(design).filter(({ replica }) => {
    const { monitor } = configOf(replica);
    return monitor != null && monitor.stonithMs == null;
  });
  const [first] = pairs;
  if (first === undefined) return [];
  return [
    suspect(
      {
        id: 'DB-04@design',
        severity: 'critical',
        title: 'Two databases take writes after a cut line',
        places: pairs.map(({ link }) => ({ type: 'link', id: link.id })),
        where: pairs.map(({ replica }) => hostName(replica, design)).join(', '),
        fix: 'Power the old primary off before promoting',
      },
      (evidence) => {
        const { primary, replica, link } = first;
        const watched = faultyRun(evidence, 'cut', link.id);
        const isWritable = (signs: number) => (signs & DatabaseSign.Writable) !== 0;
        const bothUs = togetherUs(watched, [primary.id, replica.id], Field.Signs, isWritable);
        if (bothUs === 0) return null;
        const { run, fromUs } = watched;
        const rows = fieldValues(run, elementOf(design, primary.id), Field.Divergent, fromUs, run.untilUs + 1);
        const [old, next] = [primary, replica].map((one) => hostName(one, design));
        return `Cut the line: ${old} and ${next} both took writes for ${formatDuration(bothUs)}, ${rows.at(-1)?.value ?? 0} rows differ.`;
      },
    ),
  ];
};

/** DB-05: a replica that nobody knows how to promote is a copy, and no failover. */
const unrehearsedRule: FindingRule = (design) => {
  const pairs = pairsOf(design).filter(
    ({ primary }) => !replicasOf(primary, design).some((one) => configOf(one).monitor != null),
  );
  const unready = pairs.filter(({ replica }) => configOf(replica).promotionRehearsed === false);
  const unknowns = unsaid(
    design,
    'DB-05',
    pairs.map(({ replica }) => replica),
    [['whether its promotion is rehearsed', (one) => configOf(one).promotionRehearsed]],
  );
  const [first] = unready;
  if (first === undefined) return unknowns;
  return [
    ...unknowns,
    suspect(
      {
        id: 'DB-05@design',
        severity: 'medium',
        title: 'Nobody knows how to promote the replica',
        ...atParts(
          unready.map(({ replica }) => replica),
          design,
        ),
        fix: 'Write the promotion down and rehearse it',
        comesTrueWith: [...new Set(unready.map(({ primary }) => primary.id))],
      },
      ({ kills }) => {
        const kill = kills.get(first.primary.id);
        if (kill === undefined || kill.writes === 0 || kill.writesRecoverUs !== null) return null;
        return `Killed the primary: ${kill.writesAnswered} of ${kill.writes} writes saved, the replica stayed a replica.`;
      },
    ),
  ];
};

/** DB-06: what is deleted by mistake is deleted at every replica, too. */
const backupRule: FindingRule = (design) => {
  const open = primariesOf(design).filter((primary) => {
    const rest = replicasOf(primary, design).map((one) => configOf(one).backup);
    return configOf(primary).backup !== 'elsewhere' && !rest.some((place) => place !== undefined && place !== 'none');
  });
  const bare = open.filter((one) => configOf(one).backup !== undefined);
  const unknowns = unsaid(design, 'DB-06', open, [['where its backups lie', (one) => configOf(one).backup]]);
  const [first] = bare;
  if (first === undefined) return unknowns;
  const isBeside = configOf(first).backup === 'same-server';
  const host = hostName(first, design);
  return [
    ...unknowns,
    suspect(
      {
        id: 'DB-06@design',
        severity: 'high',
        title: isBeside ? 'The backup dies with the data' : 'Nothing brings deleted data back',
        ...atParts(bare, design),
        fix: 'Backups on another server, restored as a test',
        comesTrueWith: isBeside ? bare.map(({ hostId }) => hostId) : [],
      },
      (evidence) => {
        const calm = calmRun(evidence);
        const saved =
          fieldValues(calm.run, USERS_ELEMENT, Field.WritesSaved, 0, calm.run.untilUs + 1).at(-1)?.value ?? 0;
        if (isBeside) return `The data of ${saved} writes and their backup lie on ${host} alone.`;
        const [replica] = replicasOf(first, design);
        const lagUs = replica === undefined ? null : medianLagUs(calm, first, replica);
        if (lagUs === null) return `The data of ${saved} writes lie on ${host} alone.`;
        return `A change at ${host} was at its replica after ${formatDuration(lagUs)}, a wrong one as well.`;
      },
    ),
  ];
};

export const DATA_RULES: readonly FindingRule[] = [
  writableReplicaRule,
  asynchronousRule,
  twoPrimariesRule,
  unrehearsedRule,
  backupRule,
];

// The figures of monitoring that matters and of availability in nines: years of failures against closed forms, and when somebody
// knows against the settings of monitoring. What the page does not show yet has no row here.
import { downMinAMonth, ninesOf } from '../../analysis/availability/budget.ts';
import type { Outage } from '../../analysis/availability/outage.ts';
import { measureOutage } from '../../analysis/availability/outage.ts';
import { availabilityReport, YEARS } from '../../analysis/availability/report.ts';
import { failures } from '../../analysis/availability/site.ts';
import { measureWith } from '../../analysis/measure.ts';
import { checkTimesOf } from '../../catalogue/check-times.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import type { Design } from '../../design/design.ts';
import { builtInDesign } from '../../designs/built-in.ts';
import { meanDifference, outside, toldFaults } from '../../ground-truth/told-laws.ts';
import { unitTests } from './from-tests.ts';
import { atLeast, atMost, type Measure, none, stated, under } from './measure.ts';

const measure = measureWith(behaviours, 4);
const outagesOf = (design: Design): readonly Outage[] =>
  failures(design, knowledge).map((fault) => measureOutage(design, fault, knowledge, measure));
const report = (design: Design, outages: readonly Outage[]) =>
  availabilityReport(design, outages, { knowledge, checkTimesOf }, 4);

/** Every failure measured by a run of its own, then a thousand years of them, with and without monitoring. */
const thousandYears: Measure = async () => {
  const design = builtInDesign('scaled-up', 'classroom');
  const startMs = performance.now();
  const outages = outagesOf(design);
  const measuredMs = performance.now();
  const { classes, failures: failed, states } = report(design, outages);
  const endMs = performance.now();
  return [
    under(`design 4: ${YEARS} years, its outages measured before, one core`, (endMs - startMs) / 1_000, 's', 10),
    stated('  measuring each outage', (measuredMs - startMs) / 1_000, 's'),
    stated('  failures in them', failed, 'failures'),
    stated('  sets of parts that were down together', states, 'sets'),
    ...classes.flatMap(({ name, played, closedForm }) => [
      stated(`  ${name}: available`, ninesOf(played.mean), 'nines'),
      stated('    down', downMinAMonth(played.mean), 'min/month'),
      closedForm === null
        ? none(`  ${name}: no closed form`, 1, 'classes')
        : atMost(
            `  ${name}: years beside the closed form`,
            Math.abs(played.mean - closedForm.availability) / (played.error + closedForm.error),
            'std errors',
            3,
          ),
    ]),
  ];
};

const MANY = 1_000;

/** Failures at random moments, each in a run of its own: told no sooner and no later than the settings say, and on average as they say. */
const told: Measure = async () => {
  const design = builtInDesign('scaled-up', 'classroom');
  const rules = [
    { type: 'silent-host', forMs: 30_000 },
    { type: 'program-down', checks: 3 },
    { type: 'server-down', forMs: 10_000 },
  ] as const;
  const faults = [...toldFaults(design, rules, MANY, 29)];
  const single = [...toldFaults(design, rules.slice(0, 1), MANY, 31)];
  const { count, meanS, errorS } = meanDifference(single);
  const strays = [...outside(faults), ...outside(single)];
  for (const stray of strays) console.error(stray);
  return [
    none('random failures told outside of what intervals and rules allow', strays.length, 'failures'),
    atLeast('  failures', faults.length + single.length, 'failures', 2 * MANY),
    atMost('  mean time until somebody knows beside its closed form', Math.abs(meanS) / errorS, 'std errors', 3),
    stated('    failures that one rule sees', count, 'failures'),
  ];
};

/** Design 5 as it is, and with its replica on the host of its primary. */
const sharedHost: Measure = async () => {
  const apart = builtInDesign('hardened', 'classroom');
  const dataOf = (role: string) => apart.components.find((one) => knowledge.dataRole(one) === role);
  const [primary, replica] = [dataOf('primary'), dataOf('replica')];
  const components = apart.components.map((one) => (one === replica ? { ...one, hostId: primary?.hostId ?? '' } : one));
  const together: Design = { ...apart, components };
  const [one, other] = [apart, together].map((design) => report(design, outagesOf(design)).classes) as [
    ReturnType<typeof report>['classes'],
    ReturnType<typeof report>['classes'],
  ];
  return one.flatMap(({ name, played }, at) => {
    const after = other[at]?.played.mean ?? 1;
    const closed = other[at]?.closedForm ?? null;
    return [
      atLeast(
        `${name}: lost with the replica on the primary's host, times`,
        (1 - after) / (1 - played.mean),
        'times',
        1.2,
      ),
      closed === null
        ? none('  no closed form', 1, 'classes')
        : atMost(
            '  beside the closed form for a common cause',
            Math.abs(after - closed.availability) / ((other[at]?.played.error ?? 0) + closed.error),
            'std errors',
            3,
          ),
    ];
  });
};

export const secured: readonly Measure[] = [
  unitTests('tables of availability_static, availability_repair, failover', [
    'app/ground-truth/theory-availability.test.ts',
  ]),
  thousandYears,
  told,
  sharedHost,
];

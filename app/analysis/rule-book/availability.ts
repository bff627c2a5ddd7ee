// Texts of the rules AV: what fails when one thing fails.
import type { RuleText } from './rule-text.ts';

export const AVAILABILITY_TEXTS: Readonly<Record<string, RuleText>> = {
  'AV-01': {
    detects: 'One component on every way from the users to the application',
    severity: 'critical',
    why: 'When it dies nobody is served, however many servers stand behind it. Its failures are failures of the whole site.',
    fix: 'Put a second one beside it and let an address that both can hold move between them.',
    falsePositive: 'A site that may be away for as long as a repair takes, and says so.',
    source: {
      title: 'AWS Well-Architected Framework, Reliability Pillar',
      section: 'REL10-BP01 Deploy the workload to multiple locations; REL11-BP02 Fail over to healthy resources',
    },
    proof: 'drawing and run',
  },
  'AV-02': {
    detects: 'One database on every way of a write',
    severity: 'critical',
    why: 'Reads go on from a replica, but nothing can be saved until the primary is back or a replica is promoted.',
    fix: 'Let a monitor promote a replica that has acknowledged every confirmed write.',
    falsePositive: 'A site that only shows what others write at another place.',
    source: {
      title: 'AWS Well-Architected Framework, Reliability Pillar',
      section: 'REL11-BP02 Fail over to healthy resources',
    },
    proof: 'drawing and run',
  },
};

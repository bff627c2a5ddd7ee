// Texts of the rules MO: who knows, and when.
import type { RuleText } from './rule-text.ts';

const AWS_RELIABILITY = 'AWS Well-Architected Framework, Reliability Pillar';

export const MONITORING_TEXTS: Readonly<Record<string, RuleText>> = {
  'MO-01': {
    detects: 'A server without a collector',
    severity: 'high',
    why: 'What nobody measures is known to be broken when a user complains, and that may take all night.',
    fix: 'Run a collector on each server that reports its figures and its logs.',
    falsePositive: 'A server that is watched from outside by something that the drawing does not show.',
    source: { title: AWS_RELIABILITY, section: 'REL06-BP01 Monitor all components for the workload' },
    proof: 'run',
  },
  'MO-02': {
    detects: 'Nothing keeps and shows what is measured',
    severity: 'high',
    why: 'Figures that stay on a server die with it, and nobody compares the servers or looks back to before it began.',
    fix: 'Give the collectors one place to report to, which keeps the figures and draws them.',
    falsePositive: 'A monitoring service of the provider, which the drawing does not show.',
    source: { title: AWS_RELIABILITY, section: 'REL06-BP02 Define and calculate metrics' },
    proof: 'drawing',
  },
  'MO-03': {
    detects: 'Monitoring on a server that it watches',
    severity: 'medium',
    why: 'The death that is to be reported takes the reporter along, and silence looks like health.',
    fix: 'Move monitoring out of the site, or let something outside ask after it.',
    falsePositive: 'A second monitoring elsewhere that watches this one.',
    source: { title: AWS_RELIABILITY, section: 'REL06 How do you monitor workload resources' },
    proof: 'drawing',
  },
  'MO-04': {
    detects: 'No alert rule, or nobody who is told',
    severity: 'high',
    why: 'A picture of the failure helps nobody who is not looking at it.',
    fix: 'Add rules for what users feel, and name somebody who hears of them.',
    falsePositive: 'A room in which somebody looks at the pictures day and night.',
    source: { title: AWS_RELIABILITY, section: 'REL06-BP03 Send notifications with real-time processing and alarming' },
    proof: 'drawing',
  },
  'MO-05': {
    detects: 'Requests, errors or latency of the web tier are not watched',
    severity: 'medium',
    why: 'These three say what users feel. A server can be up with all of them wrong.',
    fix: 'Keep requests a second, the share of errors, and latency from the counters of HAProxy or nginx.',
    falsePositive: 'The same figures kept by something in front that the drawing does not show.',
    source: { title: AWS_RELIABILITY, section: 'REL06-BP02 Define and calculate metrics' },
    proof: 'drawing',
  },
  'MO-06': {
    detects: 'Queues, server states or replication lag are not watched',
    severity: 'medium',
    why: 'They grow before anything fails: the warning comes early, or not at all.',
    fix: 'Keep the length of queues, the states that the balancer believes, and how far replicas are behind.',
    falsePositive: 'A site on which an outage of some minutes is of no consequence.',
    source: { title: 'HAProxy 2.6 Management Guide', section: '9.1 CSV format' },
    proof: 'drawing',
  },
  'MO-07': {
    detects: 'Nobody asks the site from outside, or sees its certificate expire',
    severity: 'medium',
    why: 'Inside all is well while the name, the line or the certificate keeps every user out.',
    fix: 'Ask the public address every minute from elsewhere, and warn two weeks before the certificate ends.',
    falsePositive: 'A site that is not meant to be reached from outside.',
    source: {
      title: 'AWS Well-Architected Framework, Reliability and Security Pillars',
      section: 'REL11-BP01 Monitor all components of the workload to detect failures; SEC09-BP02, common anti-patterns',
    },
    proof: 'drawing',
  },
  'MO-08': {
    detects: 'Logs that stay where they are written, or requests that nobody writes down',
    severity: 'medium',
    why: 'After a server has died or was broken into, its logs are gone or changed: nobody learns why.',
    fix: 'Let collectors ship the logs, and turn on `option httplog` at the balancer.',
    falsePositive: 'Logs that may not leave the server by law.',
    source: {
      title: 'AWS Well-Architected Framework, Reliability Pillar; HAProxy 2.6 Configuration Manual',
      section: 'REL06-BP05 Analyze logs; option httplog',
    },
    proof: 'drawing',
  },
};

// Texts of the rules HY: a drawing that does not hold together.
import type { RuleText } from './rule-text.ts';

const THREAGILE = 'Threagile, built-in risk rules';

export const HYGIENE_TEXTS: Readonly<Record<string, RuleText>> = {
  'HY-01': {
    detects: 'HTTPS without a certificate, or a replica without a primary',
    severity: 'low',
    why: 'Rules that need what is not drawn can only say that they do not know.',
    fix: 'Draw the certificate where HTTPS ends, and the line on which the replica is fed.',
    falsePositive: 'A drawing of one aspect that leaves the rest out on purpose.',
    source: { title: THREAGILE, section: 'incomplete-model' },
    proof: 'drawing',
  },
  'HY-02': {
    detects: 'Servers, parts or lines that nobody uses',
    severity: 'low',
    why: 'What nobody uses nobody looks after, and it can be attacked all the same. Or a line is missing that is meant.',
    fix: 'Connect what is meant to work, and leave out what is not.',
    falsePositive: 'Something that is kept ready by hand for a bad day.',
    source: { title: THREAGILE, section: 'unnecessary-technical-asset; unnecessary-communication-link' },
    proof: 'drawing',
  },
  'HY-03': {
    detects: 'Lines that nobody speaks, balancers before nothing, two parts on one port',
    severity: 'medium',
    why: 'It cannot run as it is drawn, so what the other rules and the runs say of it is worth little.',
    fix: 'Let the line end where its protocol is spoken, give the balancer a server, and each part a port of its own.',
    falsePositive: 'Two parts that share a port on two addresses of one server.',
    source: { title: THREAGILE, section: 'incomplete-model; unnecessary-communication-link' },
    proof: 'drawing',
  },
};

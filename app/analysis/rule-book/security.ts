// Texts of the rules SE: what strangers reach and read.
import type { RuleText } from './rule-text.ts';

const THREAGILE = 'Threagile, built-in risk rules';
const AWS_SECURITY = 'AWS Well-Architected Framework, Security Pillar';

export const SECURITY_TEXTS: Readonly<Record<string, RuleText>> = {
  'SE-01': {
    detects: 'No firewall between the internet and where the users arrive',
    severity: 'high',
    why: 'Whatever listens there answers everybody, also what no user needs. One forgotten port is enough to come in.',
    fix: 'Put a firewall in front that lets in the site itself, ports 80 and 443, and drops everything else.',
    falsePositive: 'A packet filter of the provider in front of all servers, which the drawing does not show.',
    source: { title: THREAGILE, section: 'unguarded-access-from-internet' },
    proof: 'drawing',
  },
  'SE-02': {
    detects: 'A server without a firewall of its own',
    severity: 'high',
    why: 'Who has taken one server stands behind the outer wall and reaches every port of its neighbours.',
    fix: 'Give each server a firewall that drops everything but the callers and ports that the drawing shows.',
    falsePositive: 'Servers between which the network itself lets through only what is drawn.',
    source: { title: AWS_SECURITY, section: 'SEC05-BP01 Create network layers' },
    proof: 'drawing',
  },
  'SE-03': {
    detects: 'Traffic of the users over HTTP',
    severity: 'critical',
    why: 'Everybody on the way reads and changes what is sent: pages, cookies, passwords.',
    fix: 'End HTTPS where the users arrive, with a certificate for the name of the site.',
    falsePositive: 'A site that only its own machine or a private, encrypted network can reach.',
    source: { title: AWS_SECURITY, section: 'SEC09-BP02 Enforce encryption in transit' },
    proof: 'run',
  },
  'SE-06': {
    detects: 'Plain text behind the point where TLS ends',
    severity: 'medium',
    why: 'Somebody who listens inside, on one taken server or one switch, reads what the users sent encrypted.',
    fix: 'Encrypt again from there on and check the certificate of the server behind.',
    falsePositive: 'A network that is trusted for a reason: accept the issue and say the reason.',
    source: { title: AWS_SECURITY, section: 'SEC09-BP02 Enforce encryption in transit' },
    proof: 'run',
  },
  'SE-08': {
    detects: 'A database that the internet reaches',
    severity: 'critical',
    why: 'Between a stranger and all data stands only a password, which can be guessed at leisure or got round by a flaw.',
    fix: 'Take the database off the internet: no public address, and a firewall that lets in its callers alone.',
    falsePositive: 'None is known to us: who must ask a database from outside can do so through a tunnel.',
    source: { title: AWS_SECURITY, section: 'SEC05-BP01 Create network layers' },
    proof: 'drawing',
  },
  'SE-09': {
    detects: 'A database that more servers reach than ask it',
    severity: 'high',
    why: 'Each server that reaches the data is one from which it can be stolen. A load balancer never needs to.',
    fix: 'Let in only the servers from which a line leads to the database.',
    falsePositive: 'A server that backs up or administers the database, on a line that is not drawn: draw it.',
    source: { title: AWS_SECURITY, section: 'SEC05-BP01 Create network layers' },
    proof: 'drawing',
  },
  'SE-10': {
    detects: 'Users arrive in the network in which the data stands',
    severity: 'medium',
    why: 'Who has taken the server at the edge needs no further step to try every server that holds data.',
    fix: 'Split the network into edge, application and data, with a filter between each two.',
    falsePositive: 'Servers that are all protected as if each held the data.',
    source: { title: THREAGILE, section: 'missing-network-segmentation' },
    proof: 'drawing',
  },
  'SE-11': {
    detects: 'Servers behind the balancer that the internet reaches',
    severity: 'high',
    why: 'A request that comes past the balancer comes past everything that it does: HTTPS, limits, logs.',
    fix: 'Take the public addresses away, or let in the balancer alone.',
    falsePositive: 'A server that has a site of its own beside this one.',
    source: { title: AWS_SECURITY, section: 'SEC05-BP01 Create network layers' },
    proof: 'drawing',
  },
  'SE-12': {
    detects: 'Remote administration open to the world',
    severity: 'high',
    why: 'Whoever guesses or steals one key is in charge of the server, and the whole internet may try.',
    fix: 'Let administrators in through one guarded host or a private network, with keys and a second factor.',
    falsePositive: 'A host whose only task is to be that guarded way in.',
    source: { title: THREAGILE, section: 'unguarded-access-from-internet; missing-authentication-second-factor' },
    proof: 'drawing',
  },
};

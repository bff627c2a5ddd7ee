// What the analysis says of the built-in designs, reviewed issue by issue and frozen: a rule that comes, goes or changes its level
// changes a list, and somebody looks at it again. What each design leaves open (its unknowns) is no issue.
import type { BuiltInId } from './built-in.ts';

type Listed = readonly (readonly [id: string, severity: string])[];

/** Ids and levels, in the order in which they are shown; the same at both paces. */
export const REVIEWED_FINDINGS: Readonly<Record<BuiltInId, Listed>> = {
  simple: [
    ['AV-01@server', 'critical'],
    ['SE-03@users-nginx', 'critical'],
    ['AV-05@app', 'high'],
    ['SE-01@design', 'high'],
    ['MO-01@design', 'high'],
    ['AV-16@nginx', 'medium'],
    ['SE-12@design', 'high'],
    ['MO-02@design', 'high'],
  ],
  distributed: [
    ['AV-01@lb', 'critical'],
    ['AV-02@mysql1', 'critical'],
    ['SE-03@users-haproxy', 'critical'],
    ['SE-08@design', 'critical'],
    ['SE-01@design', 'high'],
    ['SE-02@design', 'high'],
    ['MO-01@design', 'high'],
    ['AV-10@haproxy', 'medium'],
    ['SE-11@design', 'high'],
    ['SE-12@design', 'high'],
    ['AV-03@server1', 'high'],
    ['MO-02@design', 'high'],
    ['SE-14@design', 'medium'],
    ['SE-10@design', 'medium'],
    ['CA-03@design', 'medium'],
    ['CA-04@design', 'medium'],
    ['CA-08@design', 'low'],
  ],
  secured: [
    ['AV-01@lb', 'critical'],
    ['AV-02@mysql1', 'critical'],
    ['SE-06@design', 'medium'],
    ['AV-10@haproxy', 'medium'],
    ['AV-03@server1', 'high'],
    ['SE-14@design', 'medium'],
    ['SE-10@design', 'medium'],
    ['MO-06@design', 'medium'],
    ['MO-07@design', 'medium'],
    ['CA-03@design', 'medium'],
    ['CA-04@design', 'medium'],
    ['CA-08@design', 'low'],
  ],
  'scaled-up': [
    ['AV-02@mysql1', 'critical'],
    ['SE-06@design', 'medium'],
    ['AV-10@haproxy1', 'medium'],
    ['SE-14@design', 'medium'],
    ['MO-06@design', 'medium'],
    ['MO-07@design', 'medium'],
    ['CA-03@design', 'medium'],
    ['AV-08@keepalived1', 'medium'],
    ['CA-04@design', 'medium'],
    ['CA-08@design', 'low'],
  ],
  // Design 4 with every fix applied.
  hardened: [],
};

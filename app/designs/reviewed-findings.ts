// What the analysis says of the classic design, reviewed issue by issue and frozen: a rule that comes, goes or changes its level
// changes this list, and somebody looks at it again.

/** Ids and levels, in the order in which they are shown. */
export const CLASSIC_FINDINGS: readonly (readonly [id: string, severity: string])[] = [
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
];

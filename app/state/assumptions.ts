// What every analysis takes for granted, said wherever its issues are listed.

/** No drawing can remove them: nobody can own the line of every user. */
export const ASSUMPTIONS: readonly string[] = [
  "The users' own line to the site works, and so does the DNS that names it.",
  'Faults come one at a time. Compare and the blast radius show what one of them does; two at once are tried by hand.',
];

// Choices of stated settings that several kinds share, as people read them and as the settings hold them.

export const USERS = [
  ['root', 'root'],
  ['its own', 'own'],
] as const;

export const PORT_80 = [
  ['redirects', 'redirect'],
  ['the site', 'content'],
  ['closed', 'closed'],
] as const;

const DAY_S = 86_400;
export const HSTS = [
  ['not sent', 0],
  ['30 days', 30 * DAY_S],
  ['6 months', 15_768_000],
  ['1 year', 365 * DAY_S],
] as const;

/** Who is believed when a header names the client. */
export const BELIEVED = [
  ['nobody', 'nobody'],
  ['the balancer', 'balancer'],
  ['anyone', 'anyone'],
] as const;

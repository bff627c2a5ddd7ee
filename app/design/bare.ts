// What a design has before anybody has secured it or watches it: no wall, no certificate, no collector, nothing promised.
import type { Design, Host } from './design.ts';

type Protection = 'certificates' | 'monitoring' | 'objectives' | 'accepted';

export const BARE: Pick<Design, Protection> = { certificates: [], monitoring: null, objectives: {}, accepted: [] };

/** On the internet, in the one network that there is, with SSH for those who administer it. */
export const BARE_HOST: Pick<Host, 'firewall' | 'collector' | 'public' | 'segment' | 'adminPort'> = {
  firewall: null,
  collector: null,
  public: true,
  segment: 'one',
  adminPort: 22,
};

// Edits of a whole design, each a new design that shares what stays.
import type { Design, Host } from './design.ts';

export const editHosts = (design: Design, edit: (host: Host) => Host): Design => ({
  ...design,
  hosts: design.hosts.map(edit),
});

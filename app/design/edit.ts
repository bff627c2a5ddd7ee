// Edits of a whole design, each a new design that shares what stays.
import { mergePatch } from '../foundation/merge-patch.ts';
import type { Design, Host, Link } from './design.ts';

export const editHosts = (design: Design, edit: (host: Host) => Host): Design => ({
  ...design,
  hosts: design.hosts.map(edit),
});

export const editLinks = (design: Design, edit: (link: Link) => Link): Design => ({
  ...design,
  links: design.links.map(edit),
});

/** Settings as a patch names them (foundation/merge-patch.ts). */
export type Settings = Readonly<Record<string, unknown>>;

/** Settings of one component. */
export const withConfig = (design: Design, id: string, patch: Settings): Design =>
  withConfigs(design, (component) => (component.id === id ? patch : null));

/** Settings of every component for which `patchOf` has some. */
export const withConfigs = (
  design: Design,
  patchOf: (component: Design['components'][number]) => Settings | null,
): Design => ({
  ...design,
  components: design.components.map((component) => {
    const patch = patchOf(component);
    return patch === null ? component : { ...component, config: mergePatch(component.config, patch) };
  }),
});

export const withLink = (design: Design, link: Link): Design => ({ ...design, links: [...design.links, link] });

export const withoutLinks = (design: Design, ...ids: readonly string[]): Design => ({
  ...design,
  links: design.links.filter(({ id }) => !ids.includes(id)),
});

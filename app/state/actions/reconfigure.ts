// Changes one setting of a part, a link, the users or the DNS record while the run goes on: the past stays.
import { safeParse } from 'valibot';
import { kindSchemas } from '../../catalogue/schemas.ts';
import { DNS, USERS } from '../../design/design.ts';
import { mergePatch } from '../../foundation/merge-patch.ts';
import { designNow } from '../design-now.ts';
import { componentNamed, targetWords } from '../truth.ts';
import { defineAction } from './action.ts';

export interface Reconfiguration {
  readonly target: string;
  readonly patch: Readonly<Record<string, unknown>>;
}

export const reconfigure = defineAction<Reconfiguration>({
  id: 'reconfigure',
  label: 'Change a setting',
  refusal: (app, { target, patch }) => {
    const design = designNow(app);
    const component = componentNamed(design, target);
    if (component === undefined) {
      const known = target === USERS || target === DNS || design.links.some((link) => link.id === target);
      return known ? null : 'The design has no such part.';
    }
    const schema = kindSchemas[component.kind]?.schema;
    if (schema === undefined) return null;
    const parsed = safeParse(schema, mergePatch(component.config, patch));
    return parsed.success ? null : `${component.name} does not take this value: ${parsed.issues[0].message}.`;
  },
  perform: (app, { target, patch }) => {
    const { design } = app.design.getState();
    const what = target === USERS ? 'the users' : target === DNS ? 'the DNS record' : wordsOf(design, target);
    const command = { type: 'reconfigure', atUs: app.control.now(), target, patch } as const;
    app.control.act({ label: `change ${what}`, commands: [command] });
  },
});

const wordsOf = (design: ReturnType<typeof designNow>, target: string): string =>
  design.links.some((link) => link.id === target) ? 'a line' : targetWords(design, target);

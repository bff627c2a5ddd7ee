// A fix: first looked at beside the drawing as it is, then applied as one act that undo takes back.
import type { Finding } from '../../analysis/finding.ts';
import type { Design } from '../../design/design.ts';
import { besideOf } from '../beside.ts';
import { defineAction } from './action.ts';
import { compare } from './compare.ts';

/** The number of the issue in the list, and the issue. */
interface Fixable {
  readonly number: number;
  readonly finding: Finding;
}

export const previewFix = defineAction<Fixable>({
  id: 'preview-fix',
  label: 'Fix',
  perform: (app, { number, finding }) => {
    import('../../fixes/fixes.ts').then(
      ({ planOf }) => {
        const { design } = app.design.getState();
        const plan = planOf(design, finding);
        if (plan === null)
          app.hand.setState({ refusal: `${finding.title}: this drawing needs more than one edit. Change it by hand.` });
        else compare.run(app, { type: 'fixed', finding, number, added: addedTo(design, plan.design), ...plan });
      },
      () => app.hand.setState({ refusal: 'The fixes could not be loaded. Try again.' }),
    );
  },
});

function addedTo(before: Design, after: Design): readonly string[] {
  const ids = ({ hosts, components }: Design) => [...hosts, ...components].map(({ id }) => id);
  const known = new Set(ids(before));
  return ids(after).filter((id) => !known.has(id));
}

export const applyFix = defineAction({
  id: 'apply-fix',
  label: 'Apply',
  refusal: (app) => (besideOf(app).getState().choice?.type === 'fixed' ? null : 'No fix is looked at.'),
  perform: (app) => {
    const { choice, close } = besideOf(app).getState();
    if (choice?.type !== 'fixed') return;
    close();
    app.control.edit(
      `fix ${choice.finding.title.charAt(0).toLowerCase()}${choice.finding.title.slice(1)}`,
      choice.design,
    );
    app.hand.setState({ notice: `Fixed issue ${choice.number}. Undo takes it back.` });
  },
});

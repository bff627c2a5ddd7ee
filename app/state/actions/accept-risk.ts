// Taking an issue on with a reason, and giving it back: said in the drawing, so that it is saved, shared and exported with it.
import type { Finding } from '../../analysis/finding.ts';
import { defineAction } from './action.ts';

interface Acceptance {
  readonly finding: Finding;
  readonly reason: string;
}

/** As long as a design file may say. */
export const LONGEST_REASON = 500;

export const acceptRisk = defineAction<Acceptance>({
  id: 'accept-risk',
  label: 'Accept an issue',
  refusal: (_app, { reason }) => {
    if (reason.trim() === '') return 'Give a reason: whoever reads the list after you will ask for it.';
    return reason.length > LONGEST_REASON ? `Give a reason of at most ${LONGEST_REASON} characters.` : null;
  },
  perform: (app, { finding, reason }) => {
    const { design } = app.design.getState();
    const others = design.accepted.filter((risk) => risk.finding !== finding.id);
    const accepted = [...others, { finding: finding.id, reason: reason.trim() }];
    app.control.edit(`accept ${lowered(finding.title)}`, { ...design, accepted });
  },
});

export const withdrawAcceptance = defineAction<Finding>({
  id: 'withdraw-acceptance',
  label: 'No longer accept an issue',
  perform: (app, finding) => {
    const { design } = app.design.getState();
    const accepted = design.accepted.filter((risk) => risk.finding !== finding.id);
    app.control.edit(`no longer accept ${lowered(finding.title)}`, { ...design, accepted });
  },
});

const lowered = (title: string): string => `${title.charAt(0).toLowerCase()}${title.slice(1)}`;

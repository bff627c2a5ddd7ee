// Axe on a page, for the browser tests and the bench. It runs in the page as it stands: axe's own binding for Playwright opens a
// second page for every look, which takes three times as long as the look.
import axe from 'axe-core';
import type { Page } from 'playwright';

export interface AxeFindings {
  /** A sentence for each rule that is broken: its id, then what breaks it. */
  readonly broken: readonly string[];
  /** How many rules had something to look at and found it well. */
  readonly kept: number;
}

/** `rules`: only these of axe's rules. `within`: only in what this selector finds. */
export async function axeFindings(page: Page, rules: readonly string[] = [], within = ''): Promise<AxeFindings> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([only, selector]) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const found = await run(selector === '' ? document : selector, {
        // Of all that axe could tell, only what is wrong: it need not describe the rest.
        resultTypes: ['violations'],
        ...(only.length === 0 ? {} : { runOnly: [...only] }),
      });
      const parts = found.violations.map(({ id, nodes }) => [id, nodes.map(({ target, html }) => `${target} ${html}`)]);
      return { broken: parts.map(([id, nodes]) => `${id}: ${nodes}`), kept: found.passes.length };
    },
    [rules, within] as const,
  );
}

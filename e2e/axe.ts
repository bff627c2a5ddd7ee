// What the browser tests let axe look for.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

/** Axe finds nothing on the page as it is. `rules`: only these of axe's rules. */
export async function expectNothingFound(page: Page, rules: readonly string[] = []): Promise<void> {
  // Of all that axe could tell, only what is wrong: it need not describe the rest.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target} ${html}`)}`)).toEqual(
    [],
  );
}

/** The same in light and in dark, which differ in nothing but colours: the second look is at contrast alone. Leaves it light. */
export async function expectNothingInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNothingFound(page, ['color-contrast']);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expectNothingFound(page);
}

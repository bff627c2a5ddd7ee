// What the browser tests let axe look for.
import { expect, type Page } from 'playwright/test';
import { axeFindings } from '../app/headless/axe.ts';

/** Axe finds nothing on the page as it is. `rules`: only these of axe's rules. `within`: only in what this selector finds. */
export async function expectNothingFound(page: Page, rules: readonly string[] = [], within = ''): Promise<void> {
  const { broken, kept } = await axeFindings(page, rules, within);
  expect(broken).toEqual([]);
  expect(kept, 'axe had something to look at').toBeGreaterThan(0);
}

/** The same in light and in dark, which differ in nothing but colours: the second look is at contrast alone. Leaves it light. */
export async function expectNothingInBothThemes(page: Page, within = ''): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNothingFound(page, ['color-contrast'], within);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expectNothingFound(page, [], within);
}

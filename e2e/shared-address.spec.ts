// Design 4: two balancers share an address. A person kills the first one and reads who took the address, and what users noticed.
import { expect, test } from 'playwright/test';
import { clockIsAtLeast, element } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';
import { sentence } from './site.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('');
  await clockIsAtLeast(page, 0.1);
  await page.keyboard.press('4');
  await element(page, 'balancer2').waitFor();
});

test('the second balancer takes the address of the first, which is told with its gap', async ({ page }) => {
  await expect(element(page, 'keepalived1')).toHaveAccessibleName(/MASTER, priority 103/);
  await expect(element(page, 'keepalived2')).toHaveAccessibleName(/BACKUP, priority 102/);
  await element(page, 'balancer1').focus();
  await page.keyboard.press('k');
  await page.keyboard.press(']');
  await expect(sentence(page)).toHaveText(/^Nobody has answered for the shared IP/, { timeout: 10_000 });
  await expect(sentence(page)).toHaveText(/^Balancer 2 took the shared IP; users noticed a [23]\.\d s gap\.$/, {
    timeout: 15_000,
  });
  await expect(element(page, 'keepalived2')).toHaveAccessibleName(/MASTER/);
});

test('who holds it and who answers stand in the panel, and keepalived has its settings', async ({ page }) => {
  const facts = page.getByRole('region', { name: 'Virtual IP' });
  await expect(facts).toContainText('Balancer 1, keepalived MASTER');
  await expect(facts).toContainText('3.6 s after the last one');
  await element(page, 'keepalived1').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('garp_master_refresh')).toHaveValue('0 ms');
  await expectNothingFound(page);
});

// On a phone: a fault is tapped, then its target; the tag is tapped to end it.
import { expect, test } from 'playwright/test';

const CASES = [
  ['hang', 'app1', 'Hung'],
  ['slow', 'app2', 'Slow 5x'],
  ['flood', 'users', 'Flood 40/s'],
  ['restart', 'nginx2', 'Restarting'],
] as const;

test('tap a fault, tap its target, tap the tag', async ({ page }) => {
  await page.goto('');
  await expect(page.locator('.narration > p').first()).toContainText('HAProxy takes turns');
  for (const [tool, target, tag] of CASES) {
    await page.locator(`[data-tool="${tool}"]`).tap();
    await page.locator(`.canvas [data-element="${target}"]`).tap();
    await expect(page.locator('.canvas-tag')).toHaveAccessibleName(new RegExp(`^${tag}\\. Repair`));
    await page.locator('.canvas-tag').tap();
    await expect(page.locator('.canvas-tag')).toHaveCount(0);
  }
  await page.locator('[data-tool="part"]').tap();
  for (const server of ['server1', 'server2']) {
    // On its name: pins stand at its corner.
    await page.locator(`.canvas [data-element="${server}"]`).tap({ position: { x: 60, y: 18 } });
  }
  await expect(page.locator('.narration > p').first()).toHaveText(/^Server 1 and Server 2 cannot reach each other/);
  await page.locator('.canvas-tag').first().tap();
  await expect(page.locator('.canvas-tag')).toHaveCount(0);
  await page.locator('[data-tool="cut"]').tap();
  await page.locator('.canvas [data-element="haproxy-nginx1"]').dispatchEvent('click');
  await expect(page.locator('.canvas-tag')).toHaveAccessibleName(/^Cut\. Repair/);
});

// Each fault of the tray chosen, seen and undone: by mouse, by key, and by tap; and no state that a screen reader cannot name.
import { expect, type Locator, type Page, test } from 'playwright/test';
import { expectNothingInBothThemes } from './axe.ts';

interface Case {
  readonly tool: string;
  readonly key: string;
  readonly target: string;
  /** On the tag. */
  readonly tag: string;
  /** In the strip, sooner or later. */
  readonly sentence: RegExp;
}

const CASES: readonly Case[] = [
  { tool: 'kill', key: 'k', target: 'app1', tag: 'Killed', sentence: /app server on Server 1 is dead/ },
  { tool: 'hang', key: 'h', target: 'app1', tag: 'Hung', sentence: /app server on Server 1 hangs/ },
  { tool: 'slow', key: 's', target: 'app1', tag: 'Slow 5x', sentence: /works 5 times slower/ },
  { tool: 'cut', key: 'c', target: 'haproxy-nginx1', tag: 'Cut', sentence: /HAProxy cannot reach Server 1/ },
  { tool: 'flood', key: 'f', target: 'users', tag: 'Flood 40/s', sentence: /^A flood asks for 40 pages a second/ },
  { tool: 'lossy', key: 'l', target: 'haproxy-nginx1', tag: 'Lossy 30%', sentence: /loses 30% of what it carries/ },
  { tool: 'restart', key: 'r', target: 'app1', tag: 'Restarting', sentence: /restarts. It is back at/ },
];

const element = (page: Page, id: string): Locator => page.locator(`.canvas [data-element="${id}"]`);
const strip = (page: Page): Locator => page.locator('.narration > p').first();
const tags = (page: Page): Locator => page.locator('.canvas-tag');

async function open(page: Page): Promise<void> {
  await page.goto('');
  await expect(strip(page)).toContainText('HAProxy takes turns');
  await page.evaluate(() => document.fonts.ready);
}

async function seenAndUndone(page: Page, { tag, sentence }: Case): Promise<void> {
  await expect(tags(page)).toHaveCount(1);
  await expect(tags(page)).toHaveAccessibleName(new RegExp(`^${tag}\\. Repair`));
  await expect(strip(page)).toHaveText(sentence);
  await page.keyboard.press('Control+z');
  await expect(tags(page)).toHaveCount(0);
  await expect(strip(page)).not.toHaveText(sentence);
}

/** A spot on an element that nothing else covers: the middle of a part, a quarter of the way along a line. */
async function spotOn(page: Page, id: string): Promise<{ x: number; y: number }> {
  return await element(page, id).evaluate((node) => {
    const line = node.querySelector<SVGPathElement>('.canvas-line-hit');
    if (line === null) {
      const { left, top, width, height } = node.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }
    const at = line.getPointAtLength(line.getTotalLength() * 0.4);
    const { x, y } = at.matrixTransform(line.getScreenCTM() ?? undefined);
    return { x, y };
  });
}

test('by key, on the focused element', async ({ page }) => {
  await open(page);
  for (const one of CASES) {
    await element(page, one.target).focus();
    await page.keyboard.press(one.key);
    await seenAndUndone(page, one);
  }
});

test('by mouse, dragged from the tray onto the element; a wrong place says why not', async ({ page }) => {
  await open(page);
  for (const one of CASES) {
    await page.locator(`[data-tool="${one.tool}"]`).hover();
    await page.mouse.down();
    // As an eye does, the hand follows its target: a page that has just opened may still be fitting its diagram.
    await expect(async () => {
      const { x, y } = await spotOn(page, one.target);
      await page.mouse.move(x - 9, y - 9, { steps: 3 });
      await page.mouse.move(x, y);
      await expect(element(page, one.target)).toHaveAttribute('data-target', 'over', { timeout: 500 });
    }).toPass({ timeout: 5_000 });
    await page.mouse.up();
    await seenAndUndone(page, one);
  }
  await page.locator('[data-tool="flood"]').click();
  await element(page, 'nginx2').click();
  await expect(strip(page)).toHaveText('A flood comes from outside: drop it on the internet users.');
  await page.keyboard.press('Escape');
});

test('two servers are parted, and their wrench joins them again', async ({ page }) => {
  await open(page);
  await page.locator('[data-tool="part"]').click();
  await element(page, 'server1').click({ position: { x: 20, y: 16 } });
  await expect(strip(page)).toHaveText(/^Now choose the server that Server 1 cannot reach/);
  await element(page, 'server2').click({ position: { x: 20, y: 8 } });
  await expect(tags(page)).toHaveCount(2);
  await expect(strip(page)).toHaveText('Server 1 and Server 2 cannot reach each other. HAProxy reaches both.');
  await page.locator('[data-tool="part"]').click();
  await element(page, 'haproxy-nginx1').dispatchEvent('click');
  await expect(tags(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Parted from Server 2. Repair Server 1' }).click();
  await expect(tags(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Parted from Server 1. Repair Load balancer' }).click();
  await expect(tags(page)).toHaveCount(0);
});

test('how strong a fault is can be set while it is on, and taken back', async ({ page }) => {
  await open(page);
  await element(page, 'app2').focus();
  await page.keyboard.press('s');
  const factor = page.getByRole('textbox', { name: 'Slow, the app server on Server 2' });
  await expect(factor).toHaveValue('5');
  await factor.fill('12');
  await factor.press('Enter');
  await expect(tags(page)).toHaveAccessibleName(/^Slow 12x\. Repair/);
  await expect(strip(page)).toHaveText(/works 12 times slower/);
  await factor.fill('1000');
  await factor.press('Enter');
  await expect(page.getByText('Give 1.1 to 100.')).toBeVisible();
  await page.keyboard.press('Escape');
  await element(page, 'app2').focus();
  await page.keyboard.press('Control+z');
  await expect(tags(page)).toHaveAccessibleName(/^Slow 5x\. Repair/);
});

test('several faults on one part: each wrench ends its own', async ({ page }) => {
  await open(page);
  await element(page, 'app2').focus();
  await page.keyboard.press('s');
  await page.keyboard.press('h');
  await expect(tags(page)).toHaveCount(2);
  await page.getByRole('button', { name: /^Hung\. Repair/ }).click();
  await expect(tags(page)).toHaveCount(1);
  await expect(tags(page)).toHaveAccessibleName(/^Slow 5x\. Repair/);
  await expect(page.locator('.time-bar')).toHaveText(/^Hang/);
});

test('DRAIN, MAINT and READY in the settings of HAProxy', async ({ page }) => {
  await open(page);
  await element(page, 'haproxy').focus();
  await page.keyboard.press('Enter');
  const states = page.getByRole('radiogroup', { name: 'State of Server 1' });
  await states.getByText('drain').click();
  await expect(strip(page)).toHaveText(/^(HAProxy drains Server 1|Server 1 is drained)/);
  await expect(element(page, 'server1')).toHaveAccessibleName(/DRAIN/);
  await states.getByText('maint').click();
  await expect(strip(page)).toHaveText(/^Server 1 is in maintenance, by hand/);
  await page.keyboard.press('Control+z');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DRAIN/);
  await states.getByText('ready').click();
  await expect(element(page, 'server1')).toHaveAccessibleName(/, UP/);
});

test('axe has nothing to say of faults', async ({ page }) => {
  await open(page);
  for (const one of CASES.filter(({ tool }) => ['hang', 'cut', 'flood'].includes(tool))) {
    await element(page, one.target).focus();
    await page.keyboard.press(one.key);
  }
  await expect(tags(page)).toHaveCount(3);
  await expectNothingInBothThemes(page);
});

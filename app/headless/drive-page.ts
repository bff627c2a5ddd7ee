// Hands for the page, for the browser tests and the bench: opens it, reads its clock, and drags as a person does, with a real
// pointer. React Flow eats the first move of a drag, so every drag begins with a nudge.
import type { Locator, Page } from 'playwright';

/** The page at `address`, once its run has begun and the first server is drawn. */
export async function openSite(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await element(page, 'server1').or(element(page, 'server')).first().waitFor();
  await clockIsAtLeast(page, 0.1);
}

/** A host or part on the diagram, by its id in the design. */
export const element = (page: Page, id: string): Locator => page.locator(`.canvas-node[data-element="${id}"]`);

export const clock = (page: Page): Locator => page.locator('time.clock').first();

/** Simulated seconds on the clock. */
export async function clockSeconds(page: Page): Promise<number> {
  const [minutes = '', seconds = ''] = ((await clock(page).textContent()) ?? '').split(':');
  return Number(minutes) * 60 + Number(seconds);
}

/** Waits until the clock has come to this many simulated seconds. */
export async function clockIsAtLeast(page: Page, seconds: number, timeoutMs = 20_000): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const [minutes, rest] = (document.querySelector('time.clock')?.textContent ?? '').split(':');
      return Number(minutes) * 60 + Number(rest) >= least;
    },
    seconds,
    { timeout: timeoutMs },
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Picks something up at one place and holds it over another, with the button still down. */
export async function holdOver(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 1);
  await page.mouse.move(from.x + 12, from.y + 2);
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

/** The middle of something on the page. */
export async function middleOf(target: Locator): Promise<Spot> {
  const box = await target.boundingBox();
  if (box === null) throw new Error('What is to be dragged is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A spot of a host's bay where none of its parts stands and no line ends. */
export async function bareSpotOf(host: Locator): Promise<Spot> {
  const box = await host.boundingBox();
  if (box === null) throw new Error('The host is not on the page.');
  return { x: box.x + box.width * 0.08, y: box.y + box.height * 0.82 };
}

export const killToken = (page: Page): Locator => page.getByRole('button', { name: /^Kill: make ready/ });
export const killZone = (page: Page): Locator => page.locator('[data-kill-zone]');

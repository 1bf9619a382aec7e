// Drives a page by the keyboard alone, and looks after the focus meanwhile.
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixture";

/**
 * handsOffMouse notes every press of a pointer on the page; called before the page opens. What it
 * returns fails if there was one.
 */
export async function handsOffMouse(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const seen = window as unknown as { presses: number };
    seen.presses = 0;
    for (const kind of ["pointerdown", "mousedown", "touchstart"])
      window.addEventListener(kind, () => seen.presses++, true);
  });
  return async () =>
    expect(await page.evaluate(() => (window as unknown as { presses: number }).presses)).toBe(0);
}

/** unseen says what is wrong with the focus as it stands, or nothing. */
function unseen(): string {
  const one = document.activeElement;
  if (!(one instanceof HTMLElement) || one === document.body) return "nothing has the focus";
  if (one.tagName === "MAIN") return ""; // led there by the link past the navigation
  if (one.parentElement?.matches("[role=menu]") && !one.matches("[role=menuitem]")) return ""; // a menu that has just opened
  const told = `${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent?.slice(0, 40)}`;
  // A choice shows the focus on its label: the field itself has no size.
  const shown = [one, one.nextElementSibling, one.closest("label")].filter(
    (part) => part instanceof HTMLElement && part.getBoundingClientRect().width > 1,
  ) as HTMLElement[];
  const inSight = shown.some((part) => {
    const { top, bottom, left, right } = part.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight && right > 0 && left < window.innerWidth;
  });
  if (!inSight) return `out of sight: ${told}`;
  const ringed = shown.some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  });
  return ringed ? "" : `no sign of the focus: ${told}`;
}

/** focusSeen fails unless something has the focus, in sight, with a sign of it. */
export async function focusSeen(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(unseen), { message: "the focus" }).toBe("");
}

/** reach presses a key until the target has the focus, which is seen on every step of the way. */
export async function reach(page: Page, target: Locator, key = "Tab", most = 40): Promise<void> {
  await expect(target).toBeAttached();
  for (let step = 0; step < most; step++) {
    await page.keyboard.press(key);
    await focusSeen(page);
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by ${most} times ${key}`);
}

/** press is a key on what the focus is on, after which the focus is somewhere still. */
export async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await focusSeen(page);
}

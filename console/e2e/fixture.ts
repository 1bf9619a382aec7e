import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** address is the origin of the server under test; server.ts has started it. */
export const address = () => process.env.STOREBOT_BASE ?? "";

/** What a test lets happen on its page although a merchant's page must not do it. */
export type Tolerance = {
  /** Further origins that the page may send requests to: pages that the test serves itself. */
  origins: Set<string>;
  /** Console errors that the test is about. */
  errors: RegExp[];
  /** Procedures that the test itself lets fail with a status above 499. */
  failing: Set<string>;
};

/**
 * watch notes what a person would not see at once: an exception, an error in
 * the browser's console, a message of the content policy, a request to another
 * host, a reply that says the server broke.
 */
export function watch(page: Page): { tolerance: Tolerance; wrong: string[] } {
  const tolerance: Tolerance = { origins: new Set([address()]), errors: [], failing: new Set() };
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    const refused = /Content.Security|Trusted/i.test(text);
    // That a reply has a status above 399 is told by the reply itself, below.
    if (!refused && (message.type() !== "error" || /^Failed to load resource/.test(text))) return;
    if (!tolerance.errors.some((expected) => expected.test(text))) wrong.push(`console: ${text}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && !tolerance.origins.has(url.origin))
      wrong.push(`request to ${url.origin}`);
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const call = pathname.startsWith("/storebot.v1.");
    if (tolerance.failing.has(pathname)) return;
    if (response.status() >= (call ? 500 : 400)) wrong.push(`status ${response.status()} of ${pathname}`);
  });
  return { tolerance, wrong };
}

/** test watches its page, and fails on what watch noted and the test does not tolerate. */
export const test = base.extend<{ tolerance: Tolerance }>({
  tolerance: [
    async ({ page }, use) => {
      const { tolerance, wrong } = watch(page);
      await use(tolerance);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

/** accessible runs axe on the page as it stands: all rules, or those given. */
export async function accessible(page: Page, ...rules: string[]): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  expect(told).toEqual([]);
}

/** noSidewaysScroll says that nothing lies beyond the window's edge, once what slides away has slid away. */
export async function noSidewaysScroll(page: Page): Promise<void> {
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(beyond, { message: "horizontal scroll" }).toBeLessThanOrEqual(0);
}

/** fits holds a page to both widths, and to both colour schemes, without a sideways scroll or a finding of axe; picture names what is kept of it. */
export async function fits(page: Page, picture?: string): Promise<void> {
  await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await noSidewaysScroll(page);
    await accessible(page);
    if (picture) await page.screenshot({ path: pagePicture(`${picture}-${width}`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "color-contrast");
  await page.emulateMedia({ colorScheme: "light" });
}

/** pagePicture is the file of a page's screenshot of that name. */
export const pagePicture = (name: string) =>
  join(test.info().project.outputDir, "../pages", `${name.replaceAll(" ", "-")}.png`);

export { expect };

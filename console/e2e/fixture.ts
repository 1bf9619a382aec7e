import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** base is the address of the server under test; server.ts has started it. */
export const address = () => process.env.STOREBOT_BASE ?? "";

/**
 * test fails on what a person would not see at once: an exception on the page,
 * a message of the content policy, a request to any other host.
 */
export const test = base.extend<{ clean: undefined }>({
  clean: [
    async ({ page }, use) => {
      const wrong: string[] = [];
      page.on("pageerror", (error) => wrong.push(`exception: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error" && /Content.Security|Trusted/i.test(message.text())) wrong.push(message.text());
      });
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.origin !== address()) wrong.push(`request to ${url.origin}`);
      });
      await use(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

/** accessible runs axe on the whole page. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  expect(told).toEqual([]);
}

export { expect };

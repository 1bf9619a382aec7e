import type { Page } from "@playwright/test";
import { ask, log } from "./chat";
import { address, expect, test } from "./fixture";
import { payloads } from "./payload";
import { frames } from "./stream";

const batch = 90;

/** attack puts every payload of a batch through every text that a server can send. */
async function attack(page: Page, evil: string[]): Promise<void> {
  const one = evil.join("\n");
  const match = (text: string, number: number) => ({ entryId: "1", question: text, answer: text, number });
  const sources = evil.map(match);
  const card = (text: string) => ({
    sku: text,
    name: text,
    price: text,
    availability: text,
    link: text,
    image: text,
  });
  const products = evil.map(card);
  await page.route(/ShopperService\/GetWidget/, (route) =>
    route.fulfill({
      json: {
        shopName: one,
        language: "en",
        greeting: one,
        suggestions: evil,
        answers: evil,
        look: { color: evil[0], side: evil[1], label: one },
        origins: evil,
      },
    }),
  );
  await page.route(/ShopperService\/ListMessages/, (route) =>
    route.fulfill({
      json: {
        messages: evil.flatMap((text, i) => [
          { id: `q${i}`, author: "shopper", text },
          { id: `b${i}`, author: "bot", text, decision: "DECISION_DIRECT", products: [card(text)] },
          { id: `c${i}`, author: "bot", text, decision: "DECISION_COMPOSED", sources: [match(text, 1)] },
          { id: `n${i}`, author: "system", text, position: i + 1 },
        ]),
      },
    }),
  );
  await page.route(/ShopperService\/Watch/, (route) =>
    route.fulfill({
      contentType: "application/connect+json",
      body: frames(
        ...evil.map((text, i) => ({ message: { id: `w${i}`, author: "staff", text, position: i + 1 } })),
        { handOver: { state: "CONVERSATION_STATE_STAFF", text: one, consentText: one } },
        {},
      ),
    }),
  );
  await page.route(/ShopperService\/Ask/, (route) =>
    route.fulfill({
      contentType: "application/connect+json",
      body: frames(
        ...sources.map((source) => ({ match: source })),
        ...evil.map((text) => ({ delta: { text } })),
        { accepted: { messageId: "m" } },
        { done: { decision: "DECISION_COMPOSED", text: one, sources, products, suggestions: evil } },
        {},
      ),
    }),
  );
  await page.goto(`${address()}/demo/?lang=en`);
  await page.evaluate(() => {
    const key = document.querySelector("script[data-key]")?.getAttribute("data-key");
    localStorage.setItem(`storebot:${key}`, JSON.stringify({ token: "t" }));
    (window as { storebot?: (verb: string) => void }).storebot?.("open");
  });
  await expect(log(page).getByRole("listitem").last()).toBeVisible();
  await ask(page, "anything");
  await expect(page.locator(".acts").last()).toBeVisible();
  await expect(log(page).getByText("From the shop")).toHaveCount(evil.length);
  await page.getByRole("button", { name: "Talk to a person" }).click();
  await expect(page.locator("form.card")).toBeVisible();
  const found = await page.evaluate(() => {
    const root = document.querySelector("html > div")?.shadowRoot;
    const wrong: string[] = [];
    for (const e of root?.querySelectorAll("*") ?? []) {
      if (
        /^(script|iframe|object|embed|img|link|style|meta|base|math|video|source|template|use|animate)$/i.test(
          e.tagName,
        )
      )
        wrong.push(e.outerHTML);
      for (const { name, value } of e.attributes)
        if (/^(on|src|href|action|formaction)/.test(name)) wrong.push(`${name}=${value}`);
    }
    const { hacked } = window as { hacked?: number };
    if (hacked !== undefined) wrong.push(`payload ${hacked} ran`);
    if (!root?.querySelector(".bot .product")) wrong.push("no product was shown");
    if (!root?.querySelector(".standing:not(:empty)")) wrong.push("nothing was said of the hand-over");
    if (!root?.querySelector("form.card")) wrong.push("no consent was shown");
    return wrong;
  });
  expect(found).toEqual([]);
}

// What watch notes fails the test: a request to another host, an exception, a
// word of the content policy.
test("runs and fetches nothing of what an attacker writes", async ({ page }) => {
  test.setTimeout(240_000);
  const all = payloads();
  expect(all.length).toBeGreaterThanOrEqual(500);
  for (let i = 0; i < all.length; i += batch) {
    await page.unrouteAll();
    await attack(page, all.slice(i, i + batch));
  }
});

import type { Page } from "@playwright/test";
import { demoKey, shopper } from "./caller";
import { ask, field, helped, launcher, log } from "./chat";
import { accessible, address, expect, test } from "./fixture";
import { openShop } from "./shop";

const freeShipping = "Spend NT$1,200 or more after coupons and points";

/** visit opens the demo shop's page with the widget open. */
async function visit(page: Page, language = "en") {
  await page.goto(`${address()}/demo/?lang=${language}`);
  await launcher(page).click();
}

/** token is the conversation that this browser keeps for the demo shop. */
const token = (page: Page) =>
  page.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.startsWith("storebot:pk_"));
    return JSON.parse(localStorage.getItem(name ?? "") ?? "{}").token as string;
  });

/** stored is who wrote the messages that the server holds of this browser's conversation. */
const stored = async (page: Page) => shopper(await demoKey()).authors(await token(page));

test("answers in the shop's words, and knows the conversation after a reload", async ({ page }) => {
  await visit(page);
  await expect(log(page).getByText("Often asked")).toBeVisible();
  await accessible(page);
  const streamed = page.waitForResponse(/ShopperService\/Ask/);
  await ask(page, "how much do I have to spend for free delivery?");
  await expect(log(page).getByText(freeShipping)).toBeVisible();
  expect((await streamed).headers()["content-type"]).toContain("application/connect+json");
  await helped(page).click();
  await expect(log(page).getByText("Thank you for telling us.")).toBeVisible();
  await accessible(page);

  await page.reload();
  await launcher(page).click();
  await expect(log(page).getByText("how much do I have to spend for free delivery?")).toBeVisible();
  await expect(helped(page)).toHaveAttribute("aria-pressed", "true");
  expect(await stored(page)).toEqual(["shopper", "bot"]);
});

test("asks back with questions to click", async ({ page }) => {
  await visit(page);
  await ask(page, "refund or exchange?");
  const choice = log(page).getByRole("listitem").last().locator("button.choice").first();
  const question = (await choice.textContent()) ?? "";
  await accessible(page);
  await choice.click();
  await expect(helped(page)).toBeVisible();
  await expect(log(page).getByText(question)).not.toHaveCount(0);
});

for (const [language, question, answer] of [
  ["zh-Hant", "保固期間有多長？", "2 年"],
  ["zh-Hans", "怎么付款？", "LINE Pay"],
] as const) {
  test(`answers in ${language}`, async ({ page }) => {
    await visit(page, language);
    await ask(page, question);
    await expect(helped(page)).toBeVisible();
    await expect(log(page).getByRole("listitem").last()).toContainText(answer);
    await accessible(page);
  });
}

test("works from the keyboard alone", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("how do I get free shipping");
  await page.keyboard.press("Enter");
  await expect(log(page).getByText(freeShipping)).toBeVisible();
  await expect(helped(page)).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(helped(page)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(helped(page)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(launcher(page)).toBeFocused();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("keeps a question while offline and sends it once", async ({ page, context, tolerance }) => {
  tolerance.errors.push(/ERR_INTERNET_DISCONNECTED/);
  await visit(page);
  await expect(log(page).getByText("Often asked")).toBeVisible();
  await context.setOffline(true);
  await ask(page, "can I return a bag?");
  await expect(log(page).getByText(/^You are offline/)).toBeVisible();
  await ask(page, "and how do I pay?");
  await expect(field(page)).toHaveValue("and how do I pay?");
  await context.setOffline(false);
  await expect(field(page)).toHaveValue("and how do I pay?");
  await expect(log(page).getByRole("listitem").last()).toContainText("14");
  expect(await stored(page)).toEqual(["shopper", "bot"]);
});

test("asks again when a reply is lost, and it is stored once", async ({ page }) => {
  await visit(page);
  let lost = 0;
  await page.route(/ShopperService\/Ask/, async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await ask(page, "how do I get free shipping");
  await expect(helped(page)).toBeVisible();
  expect(lost).toBe(2);
  expect(await stored(page)).toEqual(["shopper", "bot"]);
});

test("waits as long as the server names when there are too many questions", async ({ page }) => {
  await visit(page);
  await ask(page, "how do I get free shipping");
  await expect(helped(page)).toBeVisible();
  // The same shopper uses up what is allowed in a minute, and goes on, as some of it comes back every moment.
  const { client } = shopper(await demoKey());
  const conversationToken = await token(page);
  let refused = 0;
  let enough = false;
  const more = async () => {
    while (!enough)
      try {
        for await (const _ of client.ask({
          conversationToken,
          clientKey: crypto.randomUUID(),
          question: "hi",
        }));
      } catch {
        refused++;
      }
  };
  const others = Array.from({ length: 4 }, more);
  await expect.poll(() => refused).toBeGreaterThan(0);
  await ask(page, "how can I pay");
  await expect(log(page).getByText(/^Many questions right now\. Trying again in \d+ s\.$/)).toBeVisible();
  enough = true;
  await Promise.all(others);
  await expect(helped(page)).toHaveCount(2);
});

test("shows nothing on a page of an origin that is not allowed", async ({ page, tolerance }) => {
  const line = `<script async src="${address()}/widget.js" data-key="${await demoKey()}"></script>`;
  const shop = await openShop("Somebody else's page", line);
  tolerance.origins.add(shop.origin);
  tolerance.errors.push(/blocked by CORS policy/);
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  await page.goto(shop.origin);
  await launcher(page).click();
  await expect(page.locator("[data-side]")).toHaveCount(0);
  await expect(launcher(page)).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(shop.origin);
  await shop.close();
});

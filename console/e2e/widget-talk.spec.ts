// What is said in the widget, and how.
import type { Page } from "@playwright/test";
import { ask, field, helped, launcher, log } from "./chat";
import { accessible, address, expect, test } from "./fixture";
import { frames } from "./stream";

async function visit(page: Page): Promise<void> {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  await expect(log(page).getByText("Often asked")).toBeVisible();
}

/** replies answers every question with these events. */
const replies = (page: Page, ...events: object[]) =>
  page.route(/ShopperService\/Ask/, (route) =>
    route.fulfill({ contentType: "application/connect+json", body: frames(...events, {}) }),
  );

test("shows the entry that it found before the reply is whole", async ({ page }) => {
  await visit(page);
  // A stream that was cut after the match: what came stays in sight while it is asked again.
  let cut = true;
  await page.route(/ShopperService\/Ask/, (route) => {
    if (!cut) return route.continue();
    const match = { number: 1, question: "Shipping?", answer: "Shipping is NT$100." };
    return route.fulfill({
      contentType: "application/connect+json",
      body: frames({ match }, {}).subarray(0, -7),
    });
  });
  await ask(page, "How do I get free shipping?");
  await expect(log(page).locator("[aria-busy=true] .text")).toHaveText("Shipping is NT$100.");
  cut = false;
  await expect(helped(page)).toBeVisible();
  await expect(log(page).getByText("Shipping is NT$100.")).toHaveCount(0);
});

test("gives a screen reader whole sentences, each once", async ({ page }) => {
  await visit(page);
  const text = "It costs NT$1,200.50 in all. Anything else? Tell";
  await replies(
    page,
    ...(text.match(/.{1,3}/g) ?? []).map((piece) => ({ delta: { text: piece } })),
    { accepted: { messageId: "m" } },
    { done: { decision: "DECISION_COMPOSED", text: `${text} us.` } },
  );
  await ask(page, "How much is it?");
  await expect(log(page).getByText("Tell us.")).toBeVisible();
  const heard = await page.locator(".sr[role=status] p").allTextContents();
  expect(heard.map((sentence) => sentence.trim())).toEqual([
    "Looking for the answer",
    "It costs NT$1,200.50 in all.",
    "Anything else?",
    "Tell us.",
  ]);
});

test("copies an order's number at a press", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(page);
  await replies(page, { done: { decision: "DECISION_DIRECT", text: "Your order is HP-20240511-0042." } });
  await ask(page, "Where is my order?");
  await log(page).getByRole("button", { name: "HP-20240511-0042" }).click();
  await expect(page.locator(".sr[role=status]")).toContainText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("HP-20240511-0042");
  await accessible(page);
});

test("answers a greeting without asking whether that helped", async ({ page }) => {
  await visit(page);
  await ask(page, "hello");
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  await expect(log(page).getByRole("listitem").last().locator(".text")).not.toBeEmpty();
  await expect(helped(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Talk to a person" })).toBeVisible();
});

test("goes on in the language that the shopper chooses, on the next visit too", async ({ page }) => {
  await visit(page);
  await ask(page, "How do I get free shipping?");
  await expect(helped(page)).toBeVisible();
  await page.getByLabel("More").click();
  await page.getByRole("button", { name: "繁體中文" }).click();
  await expect(field(page)).toHaveAttribute("placeholder", "輸入您的問題");
  await expect(log(page).getByText("How do I get free shipping?")).toBeVisible();
  await accessible(page);
  await page.reload();
  await launcher(page).click();
  await expect(field(page)).toHaveAttribute("placeholder", "輸入您的問題");
});

test("greets and answers what is often asked on a visit without the server", async ({ page, tolerance }) => {
  await visit(page);
  const greeting = (await log(page).locator(".text").first().textContent()) ?? "";
  const choice = log(page).locator("button.choice").first();
  const question = (await choice.textContent()) ?? "";
  tolerance.errors.push(/net::ERR_/);
  await page.route(/ShopperService/, (route) => route.abort());
  await page.reload();
  await launcher(page).click();
  await expect(log(page).getByText(greeting)).toBeVisible();
  await log(page).getByRole("button", { name: question }).click();
  await expect(log(page).getByText("Something got in the way. Trying again.")).toBeVisible();
  await expect(log(page).getByRole("listitem").last().locator(".text")).not.toBeEmpty();
});

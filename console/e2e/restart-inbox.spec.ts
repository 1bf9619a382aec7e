// The server ends and starts again while staff have the console open: nothing
// that they wrote is lost, nothing comes twice, and nobody has to reload.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { InboxView } from "../app/src/gen/storebot/v1/inbox_pb";
import { en } from "../app/src/i18n/en";
import { type Merchant, newMerchant, shopper } from "./caller";
import { expect, type Tolerance, test } from "./fixture";
import { type Installation, install } from "./process";

const origin = "https://shop.example";

let server: Installation;
let merchant: Merchant;
let buyer: ReturnType<typeof shopper>;

test.beforeAll(async () => {
  server = await install("serve", "--embed-model=none");
  merchant = await newMerchant("Lantern & Loom", server.base);
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [origin] });
  const { tenant } = await merchant.tenant.getTenant({});
  buyer = shopper(tenant?.publishableKey ?? "", origin, server.base);
});

test.afterAll(() => server.remove());

const rows = (page: Page) => page.getByRole("list", { name: en.inbox.list }).getByRole("listitem");
const said = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

/** open goes to a page of the console, and marks it: a page that was loaded anew has no mark. */
async function open(page: Page, path: string, tolerance: Tolerance): Promise<() => Promise<void>> {
  tolerance.origins.add(new URL(server.base).origin);
  tolerance.errors.push(/net::ERR_/);
  await page.context().addCookies([merchant.cookie]);
  await page.goto(`${server.base}/console/${path}`);
  await page.evaluate(() => Object.assign(window, { mark: true }));
  return async () => expect(await page.evaluate(() => "mark" in window)).toBe(true);
}

/** lookBack looks at the page again, which has it read a method's answer anew, and waits until the page gives up on that. */
async function lookBack(page: Page, method: string) {
  let failed = 0;
  page.on("requestfailed", (one) => {
    if (one.url().endsWith(method)) failed++;
  });
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => failed, { timeout: 30_000 }).toBeGreaterThan(2); // it tries three times
}

/** wanted is a shopper who asked for a person. */
async function wanted(words: string): Promise<string> {
  const token = await buyer.start();
  await buyer.ask(token, words);
  await buyer.client.requestPerson({ conversationToken: token });
  return token;
}

for (const [name, signal] of [
  ["a deploy", "SIGTERM"],
  ["a crash", "SIGKILL"],
] as const)
  test(`${name} under an open inbox: it comes back by itself, with each word once`, async ({
    page,
    tolerance,
  }) => {
    test.slow();
    const token = await wanted(`Is the ${signal} blue one there?`);
    const same = await open(page, "inbox", tolerance);
    await rows(page).filter({ hasText: signal }).getByRole("link").click();
    await page.getByRole("button", { name: en.inbox.takeOver }).click();
    await expect(page.getByText(en.inbox.mineNow)).toBeVisible();
    const box = page.getByLabel(en.inbox.replyLabel);
    await box.fill("I am Mei.");
    await box.press("Control+Enter");
    await expect(said(page, "I am Mei.")).toHaveCount(1);

    await server.end(signal);
    await expect(page.getByText(en.problem.away.title)).toBeVisible();
    await box.fill("It is there, in two sizes.");
    await box.press("Control+Enter");
    await expect(page.getByText(en.inbox.notSent)).toBeVisible({ timeout: 30_000 });
    // To look away and back reads the conversation again, which fails: what was written stays.
    await lookBack(page, "GetConversation");
    await expect(page.getByText(en.problem.away.title)).toBeVisible();
    await expect(box).toHaveValue("It is there, in two sizes.");

    await server.start();
    // What happens before the page is back comes with it.
    await buyer.ask(token, "And in green?");
    await wanted("Somebody else asks after the restart");
    await expect(page.getByText(en.problem.away.title)).toHaveCount(0, { timeout: 45_000 });
    await expect(said(page, "And in green?")).toHaveCount(1);
    await expect(box).toHaveValue("It is there, in two sizes.");
    await page.getByRole("button", { name: en.inbox.sendAgain }).click();
    await expect(said(page, "It is there, in two sizes.")).toHaveCount(1);
    await expect(box).toHaveValue("");
    // The line is live again: the next word needs no reading anew.
    await buyer.ask(token, "Thank you!");
    await expect(said(page, "Thank you!")).toHaveCount(1);
    await page.getByRole("tab", { name: en.inbox.views.waiting }).click();
    await expect(rows(page).filter({ hasText: "after the restart" })).toHaveCount(1);
    await same();

    const { messages } = await buyer.client.listMessages({ conversationToken: token });
    const words = messages.filter(({ author }) => author === "staff" || author === "shopper");
    expect(words.map(({ author, text }) => [author, text])).toEqual([
      ["shopper", `Is the ${signal} blue one there?`],
      ["staff", "I am Mei."],
      ["shopper", "And in green?"],
      ["staff", "It is there, in two sizes."],
      ["shopper", "Thank you!"],
    ]);
    const { conversations } = await merchant.inbox.listConversations({ view: InboxView.WAITING });
    for (const { id } of conversations) await merchant.inbox.closeConversation({ id, outcome: 1 });
  });

test("a setting that is half written outlives the server", async ({ page, tolerance }) => {
  await page.clock.install();
  const words = `We are out ${randomUUID()}`;
  const same = await open(page, "settings/hours", tolerance);
  const box = page.getByLabel(en.hours.away);
  await box.fill(words);
  await server.end("SIGTERM");
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.problem.unreachable).first()).toBeVisible({ timeout: 30_000 });
  await page.clock.fastForward(20_000); // what was read is old enough to be read again
  await lookBack(page, "GetHours");
  await expect(box).toHaveValue(words);
  await server.start();
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.hours.saved)).toBeVisible();
  await same();
});

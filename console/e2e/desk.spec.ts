import { en } from "../app/src/i18n/en";
import { newMerchant, password, shopper } from "./caller";
import { address, expect, fits, test } from "./fixture";
import { writePast } from "./history";
import { csv } from "./sheet";

test("more imports than one page holds are reached, to the first", async ({ page, context }) => {
  const merchant = await newMerchant("Imports Often");
  for (let i = 1; i <= 12; i++) {
    const content = csv("", [
      ["question", "answer"],
      [`Question ${i}?`, "Yes."],
    ]).buffer;
    await merchant.knowledge.stageImport({ fileName: `faq-${i}.csv`, content });
  }
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/knowledge/import`);
  await expect(page.getByRole("link", { name: "faq-12.csv" })).toBeVisible();
  await expect(page.getByRole("link", { name: "faq-1.csv" })).toHaveCount(0);
  const older = page.getByRole("button", { name: en.import.older });
  await older.click();
  await expect(page.getByRole("link", { name: "faq-1.csv" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^faq-\d+\.csv$/ })).toHaveCount(12);
  await expect(older).toHaveCount(0);
  await fits(page, "imports-many");
});

test("what shoppers asked and got with little sureness is taken over as a phrasing", async ({
  page,
  context,
}) => {
  const merchant = await newMerchant("Learns Words");
  const entries = [
    ["How long does delivery take?", "Two to four working days."],
    ["How much is delivery?", "80, free from 1,000."],
    ["Can I return what I bought?", "Within 14 days, unused."],
    ["Where is your shop?", "In Tainan."],
  ] as const;
  const ids: string[] = [];
  for (const [question, answer] of entries) {
    const { entry } = await merchant.knowledge.createEntry({ content: { question, answer } });
    ids.push(entry?.id ?? "");
  }
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [address()] });
  const { tenant } = await merchant.tenant.getTenant({});
  const talk = shopper(tenant?.publishableKey ?? "");
  const unsure: string[] = [];
  for (const question of [
    "how long is delivery",
    "how long does the delivery take please",
    "delivery takes how long",
    "how many days does delivery take",
    "how long does it take to deliver",
  ]) {
    const { done } = await talk.ask(await talk.start(), question);
    if (done && done.sources[0]?.entryId === ids[0] && done.confidence < 0.95) unsure.push(question);
  }
  expect(unsure.length, "questions that were answered, but not surely").toBeGreaterThan(0);
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/knowledge?entry=${ids[0]}`);
  const drawer = page.getByRole("dialog");
  const suggested = drawer.getByRole("region", { name: en.entry.suggested });
  for (const question of unsure) await expect(suggested.getByText(question)).toBeVisible();
  await fits(page, "phrasings-suggested");

  // What it answered is told with how sure it was, and leads to the conversation.
  await drawer.getByRole("tab", { name: en.hits.title }).click();
  await expect(page).toHaveURL(/tab=hits/);
  const hits = drawer.getByRole("list", { name: en.hits.title });
  for (const question of unsure) {
    const hit = hits
      .getByRole("listitem")
      .filter({ has: page.getByRole("link", { name: question, exact: true }) });
    await expect(hit).toContainText(/\b\d{1,2} % sure|\b\d{1,2}% sure/);
  }
  await fits(page, "entry-hits");
  await hits.getByRole("link", { name: unsure[0], exact: true }).click();
  await expect(page.getByRole("heading", { name: en.inbox.title })).toBeVisible();
  await expect(page.getByRole("region", { name: en.inbox.said }).getByText(unsure[0] ?? "")).toBeVisible();
});

test("the staffing plan begins with the shop's own hours", async ({ page, context }) => {
  const merchant = await newMerchant("Has Hours");
  const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: 11 * 60, closes: 20 * 60 }));
  await merchant.inbox.setHours({ hours: { openings, replyWithinMinutes: 10 } });
  writePast("Has Hours");
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/figures?tab=staffing`);
  await expect(page.getByLabel(en.figures.closesAt)).toHaveValue("20");
  await expect(page.getByLabel(en.figures.opensAt)).toHaveValue("11");
  await expect(page.getByText(en.figures.ownHours)).toBeVisible();
  await page.getByLabel(en.figures.closesAt).selectOption("22");
  await expect(page).toHaveURL(/closes=22/);
  await expect(page.getByText(en.figures.ownHours)).toHaveCount(0);
});

test("logging in leads to the shop worked in last, in another browser too", async ({ page, context }) => {
  const [first, second] = [await newMerchant("Joined First"), await newMerchant("Joined Second")];
  const { token } = await second.tenant.invite({ email: first.email, role: "agent" });
  await first.account.acceptInvitation({ token, password });
  await context.addCookies([first.cookie]);
  const logIn = async () => {
    await context.clearCookies(); // as in another browser
    await page.goto(`${address()}/console/login`);
    await page.getByLabel(en.enter.email).fill(first.email);
    await page.getByLabel(en.enter.password, { exact: true }).fill(password);
    await page.getByRole("button", { name: en.enter.logIn }).click();
    await expect(page.getByRole("heading", { name: en.home.title, level: 1 })).toBeVisible();
  };
  const shop = page.getByLabel(en.app.shop, { exact: true });
  await logIn();
  await expect(shop.locator("option:checked")).toHaveText("Joined Second");
  await shop.selectOption("Joined First");
  await expect(shop.locator("option:checked")).toHaveText("Joined First");
  await logIn();
  await expect(shop.locator("option:checked")).toHaveText("Joined First");
});

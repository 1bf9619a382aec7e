import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { colleague, newMerchant } from "./caller";
import { accessible, address, expect, noSidewaysScroll, test } from "./fixture";

/** Lists of a new shop: the call that fills each, and what says that there is nothing yet. */
const lists = [
  { path: "knowledge", call: "KnowledgeService/ListEntries", nothing: en.knowledge.emptyTitle },
  { path: "products", call: "ProductService/ListProducts", nothing: en.products.emptyTitle },
  { path: "gaps", call: "LearningService/ListGaps", nothing: en.gaps.nothingTitle },
  { path: "checks", call: "LearningService/ListChecks", nothing: en.checks.emptyTitle },
];

/** narrow holds what is shown to axe and to a phone's width. */
async function narrow(page: Page) {
  await noSidewaysScroll(page);
  await accessible(page);
}

test("a list that cannot be loaded says so, and is there after another try", async ({
  page,
  context,
  tolerance,
}) => {
  test.slow();
  const merchant = await newMerchant("Nothing Yet");
  await context.addCookies([merchant.cookie]);
  await page.setViewportSize({ width: 375, height: 800 });
  for (const { path, call, nothing } of lists)
    await test.step(path, async () => {
      const procedure = `/storebot.v1.${call}`;
      tolerance.failing.add(procedure);
      const broken = (url: URL) => url.pathname === procedure;
      await page.route(broken, (route) =>
        route.fulfill({
          status: 503,
          json: { code: "unavailable", message: "the database cannot be reached" },
        }),
      );
      await page.goto(`${address()}/console/${path}`);
      const alert = page.getByRole("alert").filter({ hasText: en.problem.loadTitle });
      await expect(alert).toBeVisible({ timeout: 15_000 });
      await narrow(page);
      await page.unroute(broken);
      tolerance.failing.delete(procedure);
      await alert.getByRole("button", { name: en.act.retry }).click();
      await expect(page.getByRole("heading", { name: nothing })).toBeVisible();
      await expect(alert).toHaveCount(0);
      await narrow(page);
    });
});

/** What every member may look at, and what is asked there of nobody but a manager or an owner. */
const looks = [
  "",
  "figures",
  "figures?tab=savings",
  "figures?tab=staffing",
  "knowledge",
  "knowledge/import",
  "products",
  "try",
  "inbox",
  "inbox?view=all",
  "gaps",
  "checks",
  "install",
  "settings/shop",
  "settings/hours",
  "settings/answers",
  "settings/widget",
  "settings/members",
  "settings/data",
  "settings/you",
];

test("no page asks the server for what an agent is refused", async ({ page, context }) => {
  test.slow();
  const agent = await colleague(await newMerchant("Nothing For Agents"), "agent");
  await context.addCookies([agent.cookie]);
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 403) refused.push(`${new URL(response.url()).pathname} on ${page.url()}`);
  });
  for (const path of looks) {
    await page.goto(`${address()}/console/${path}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  }
  await page.goto(`${address()}/console/knowledge`);
  await expect(page.getByRole("heading", { name: en.knowledge.emptyTitle })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await narrow(page);
  await page.goto(`${address()}/console/knowledge/import`);
  await expect(page.getByText(en.people.notYoursBody)).toBeVisible();
  await narrow(page);
  expect(refused).toEqual([]);
});

test("a list that nothing in fits the filters leads back to all of it", async ({ page, context }) => {
  const merchant = await newMerchant("Narrowed Down");
  await merchant.knowledge.createEntry({ content: { question: "Is it open?", answer: "Yes." } });
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/knowledge?q=zebra&used=unhelpful&standing=draft`);
  await expect(page.getByRole("heading", { name: en.knowledge.noneTitle })).toBeVisible();
  await narrow(page);
  await page.getByRole("button", { name: en.act.clearFilters }).click();
  await expect(page.getByRole("button", { name: "Is it open?", exact: true })).toBeVisible();
  await expect(page).toHaveURL(`${address()}/console/knowledge`);
});

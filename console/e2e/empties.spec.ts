import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { newMerchant } from "./caller";
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

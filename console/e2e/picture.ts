// Makes the pictures of the README from the running product:
// STOREBOT_PICTURES=1 npm --prefix console run e2e
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { en } from "../app/src/i18n/en";
import { askAll, setBaseline } from "./asked";
import { demoKey, demoMerchant } from "./caller";
import { ask, helped, launcher, log } from "./chat";
import { address, expect, test } from "./fixture";

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const most = 300_000; // bytes: a README is read on telephones too

test.use({ viewport: { width: 1280, height: 800 } });

test("the widget in a conversation", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  for (const [i, question] of ["do you ship to Japan?", "which bag fits my 15 inch laptop"].entries()) {
    await ask(page, question);
    await expect(helped(page)).toHaveCount(i + 1);
  }
  await helped(page).first().click();
  await expect(log(page).getByText("Thank you for telling us.")).toBeVisible();
  await page.screenshot({ path: docs("widget.png"), animations: "disabled" });
  expect(statSync(docs("widget.png")).size).toBeLessThan(most);
});

test("the figures", async ({ page, context }) => {
  const merchant = await demoMerchant();
  await Promise.all([askAll(await demoKey()), setBaseline(merchant)]);
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/figures`);
  await page.getByRole("button", { name: en.engine.hide }).click();
  await expect(page.getByText(en.figures.wait.p50).first()).toBeVisible(); // the chart says it too
  await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await page.mouse.move(0, 0); // nothing is shown as pointed at
  await page.screenshot({ path: docs("console.png"), animations: "disabled" });
  expect(statSync(docs("console.png")).size).toBeLessThan(most);
});

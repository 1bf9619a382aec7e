// Makes the pictures of the README from the running product:
// STOREBOT_PICTURES=1 npm --prefix console run e2e
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { en } from "../app/src/i18n/en";
import { setBaseline } from "./asked";
import { newMerchant } from "./caller";
import { ask, helped, launcher, log } from "./chat";
import { address, expect, test } from "./fixture";
import { writePast } from "./history";

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const most = 300_000; // bytes: a README is read on telephones too

test.use({ viewport: { width: 1280, height: 800 } });

test("the widget in a conversation", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  for (const [i, question] of ["do you ship to Japan?", "how much is the Pine Daypack?"].entries()) {
    await ask(page, question);
    await expect(helped(page)).toHaveCount(i + 1);
  }
  await helped(page).first().click();
  await expect(log(page).getByText("Thank you for telling us.")).toBeVisible();
  await page.screenshot({ path: docs("widget.png"), animations: "disabled" });
  expect(statSync(docs("widget.png")).size).toBeLessThan(most);
});

test("the figures of a month that was generated", async ({ page, context }) => {
  const merchant = await newMerchant("Ming Tea");
  await setBaseline(merchant);
  writePast("Ming Tea");
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/figures`);
  await expect(page.getByText(en.figures.wait.p50).first()).toBeVisible(); // the chart says it too
  await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await page.mouse.move(0, 0); // nothing is shown as pointed at
  await page.screenshot({ path: docs("console.png"), animations: "disabled" });
  expect(statSync(docs("console.png")).size).toBeLessThan(most);
});

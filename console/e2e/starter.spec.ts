import { en } from "../app/src/i18n/en";
import { zhHans } from "../app/src/i18n/zh-Hans";
import { zhHant } from "../app/src/i18n/zh-Hant";
import { newMerchant } from "./caller";
import { accessible, address, expect, test } from "./fixture";

for (const [language, locale, t] of [
  ["en", "en-US", en],
  ["zh-Hant", "zh-TW", zhHant],
  ["zh-Hans", "zh-CN", zhHans],
] as const)
  test.describe(language, () => {
    test.use({ locale });

    test("each of the six trades leads to its own ready list, and the list to a dry run", async ({
      page,
      context,
    }) => {
      const merchant = await newMerchant("Six Trades");
      await merchant.tenant.updateTenant({ name: "Six Trades", language, timeZone: "Asia/Taipei" });
      await context.addCookies([merchant.cookie]);
      await page.goto(`${address()}/console/start/entries`);
      const trades = Object.entries(t.start.trades);
      expect(trades).toHaveLength(6);
      const lists = new Set<string>();
      let all = 0;
      let fields: string[] = [];
      for (const [trade, shown] of trades)
        await test.step(trade, async () => {
          const { entries } = await merchant.onboarding.getStarterPack({ trade, language });
          lists.add(entries.map((entry) => entry.question).join("\n"));
          all = entries.length;
          await page.getByRole("combobox", { name: t.start.trade }).click();
          await page.getByRole("option", { name: shown, exact: true }).click();
          await expect(page.getByText(t.start.made(0, all))).toBeVisible();
          fields = [...new Set(entries.flatMap((entry) => entry.facts))].map(
            (fact) => t.start.facts[fact as keyof typeof t.start.facts].label,
          );
          for (const field of fields) await expect(page.getByLabel(field, { exact: true })).toBeVisible();
        });
      expect(lists.size).toBe(6); // no two trades share a list
      await accessible(page);
      for (const field of fields) await page.getByLabel(field, { exact: true }).fill("2 – 4");
      await page.getByRole("button", { name: t.start.make(all), exact: true }).click();
      await expect(page).toHaveURL(/\/knowledge\/import\/[0-9a-f-]{36}/);
      await expect(page.getByRole("button", { name: t.import.go(all), exact: true })).toBeVisible();
    });
  });

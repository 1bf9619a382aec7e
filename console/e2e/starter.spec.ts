import { en } from "../app/src/i18n/en";
import { zhHans } from "../app/src/i18n/zh-Hans";
import { zhHant } from "../app/src/i18n/zh-Hant";
import { newMerchant } from "./caller";
import { accessible, address, expect, test } from "./fixture";

const spoken = [
  { language: "en", locale: "en-US", t: en },
  { language: "zh-Hant", locale: "zh-TW", t: zhHant },
  { language: "zh-Hans", locale: "zh-CN", t: zhHans },
] as const;

for (const { language, locale, t } of spoken)
  test.describe(language, () => {
    test.use({ locale });

    test("each of the six trades leads to its own ready list, and the list to a dry run", async ({
      page,
      context,
    }) => {
      test.slow();
      const merchant = await newMerchant("Six Trades");
      await merchant.tenant.updateTenant({ name: "Six Trades", language, timeZone: "Asia/Taipei" });
      await context.addCookies([merchant.cookie]);
      await page.goto(`${address()}/console/start/entries`);
      const trade = page.getByRole("combobox", { name: t.start.trade });
      const field = (fact: string) =>
        page.getByLabel(t.start.facts[fact as keyof typeof t.start.facts].label, { exact: true });
      const lists = new Set<string>();
      let list: { question: string; facts: string[] }[] = [];
      const trades = Object.entries(t.start.trades);
      expect(trades).toHaveLength(6);
      for (const [name, shown] of trades)
        await test.step(name, async () => {
          const asked = page.waitForResponse((response) => response.url().includes("/GetStarterPack"));
          await trade.click();
          await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(6);
          await page.getByRole("listbox").getByRole("option", { name: shown, exact: true }).click();
          list = (await (await asked).json()).entries;
          lists.add(JSON.stringify(list.map((entry) => entry.question)));
          await expect(page.getByText(t.start.made(0, list.length))).toBeVisible();
          for (const fact of new Set(list.flatMap((entry) => entry.facts)))
            await expect(field(fact)).toBeVisible();
        });
      // No two trades share a list.
      expect(lists.size).toBe(6);
      await accessible(page);
      const fact = list.find((entry) => entry.facts.length === 1)?.facts[0] ?? "";
      const ready = list.filter((entry) => entry.facts.every((one) => one === fact)).length;
      await field(fact).fill("2 – 4");
      await page.getByRole("button", { name: t.start.make(ready), exact: true }).click();
      await expect(page).toHaveURL(/\/knowledge\/import\/[0-9a-f-]{36}/);
    });
  });

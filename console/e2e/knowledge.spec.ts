import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { type Merchant, newMerchant } from "./caller";
import { address, expect, fits, test } from "./fixture";
import { csv } from "./sheet";

/** enter signs a new merchant in who has some entries. */
async function enter(page: Page, questions: string[]): Promise<Merchant> {
  const merchant = await newMerchant("Knowledge");
  for (const question of questions)
    await merchant.knowledge.createEntry({ content: { question, answer: `About ${question}` } });
  await page.context().addCookies([merchant.cookie]);
  return merchant;
}

const questions = async (merchant: Merchant) =>
  (await merchant.knowledge.listEntries({})).entries.map((entry) => entry.question);

test("many entries are changed and deleted, and each act is taken back", async ({ page }) => {
  const merchant = await enter(page, ["Delivery?", "Returns?", "Sizes?"]);
  const phrasings = ["wrap it", "a present"];
  await merchant.knowledge.createEntry({ content: { question: "Gifts?", answer: "Yes.", phrasings } });
  await page.goto(`${address()}/console/knowledge`);
  await page.getByLabel(en.knowledge.selectAll).check();
  await page.getByRole("button", { name: en.knowledge.change, exact: true }).click();
  await page.getByRole("menuitem", { name: en.knowledge.unpublish }).click();
  await expect(page.locator("#content").getByText(en.entry.standing.draft, { exact: true })).toHaveCount(4);
  await page.getByRole("button", { name: en.knowledge.undo }).click();
  await expect(page.locator("#content").getByText(en.entry.standing.draft, { exact: true })).toHaveCount(0);

  // What goes with an entry is said before it goes.
  await page.getByLabel(en.knowledge.select("Gifts?")).check();
  await page.getByRole("button", { name: en.act.delete }).click();
  await expect(page.getByRole("dialog").getByText(en.knowledge.deletePhrasings(2))).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: en.act.cancel }).click();
  await page.getByLabel(en.knowledge.select("Gifts?")).uncheck();

  await page.getByLabel(en.knowledge.select("Returns?")).check();
  await page.getByRole("button", { name: en.act.delete }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: en.knowledge.deleteConfirm(1) })
    .click();
  await expect(page.getByText("Returns?", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: en.knowledge.undo }).click();
  await expect(page.getByText("Returns?", { exact: true })).toBeVisible();
  expect(await questions(merchant)).toEqual(["Delivery?", "Returns?", "Sizes?", "Gifts?"]);
  await fits(page);
});

test("an entry's ways of asking, dates and earlier versions", async ({ page }) => {
  const merchant = await enter(page, ["Delivery?"]);
  const id = (await merchant.knowledge.listEntries({})).entries[0]?.id ?? "";
  await page.goto(`${address()}/console/knowledge?entry=${id}`);
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(en.entry.addPhrasing).fill("When does it come?");
  await page.keyboard.press("Enter");
  await drawer.getByLabel(en.entry.validUntil).fill("2020-01-31");
  await fits(page);
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(page.locator("#content").getByText(en.entry.standing.expired, { exact: true })).toBeVisible();

  await page.goto(`${address()}/console/knowledge?entry=${id}&tab=history`);
  await drawer.getByRole("button", { name: en.history.changes(2) }).click();
  await expect(drawer.locator("ins").first()).toHaveText("When does it come?");
  await fits(page);
  await drawer.getByRole("button", { name: en.history.restore }).click();
  await expect(page.locator("#content").getByText(en.entry.standing.expired, { exact: true })).toHaveCount(0);
  expect((await merchant.knowledge.getEntry({ id })).entry?.phrasings).toEqual([]);
});

test("an import is mended in place, made, and taken back; its invalid rows come back as a file", async ({
  page,
}) => {
  const merchant = await enter(page, ["Delivery?", "Returns?"]);
  await page.goto(`${address()}/console/knowledge/import`);
  // What a sheet looks like and how large it may be is said before one is chosen.
  await expect(page.getByRole("table", { name: en.import.sample }).getByRole("row")).toHaveCount(3);
  for (const limit of en.import.limitsList) await expect(page.getByText(limit)).toBeVisible();
  await page.locator("input[type=file]").setInputFiles(
    csv("faq.csv", [
      ["question", "answer"],
      ["Delivery?", "Two days."],
      ["Returns?", "Fourteen days."],
      ["Sizes?", ""],
      ["Colours?", ""],
      ["Gifts?", "Yes."],
    ]),
  );
  await expect(page.getByRole("button", { name: en.import.go(3) })).toBeVisible();
  await expect(page.getByText("About Returns?")).toBeVisible();
  await page.getByRole("button", { name: en.import.editRow(4), exact: true }).click();
  const form = page.getByRole("form", { name: en.import.editRow(4) });
  await form.getByLabel(en.entry.answer).fill("S to XL.");
  await fits(page);
  await form.getByRole("button", { name: en.import.editCheck }).click();
  await expect(page.getByRole("button", { name: en.import.go(4) })).toBeVisible();
  await page
    .getByRole("radiogroup", { name: en.import.choiceOf(3) })
    .getByText(en.import.choices.skip)
    .click();
  await expect(page.getByRole("button", { name: en.import.go(3) })).toBeVisible();

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: en.import.invalidFile(1) }).click();
  const file = readFileSync(await (await saved).path(), "utf8");
  expect(file).toContain("Colours?");
  expect(file).toContain(en.import.code.missing_answer);
  expect(file).not.toContain("Sizes?");

  await page.getByRole("button", { name: en.import.go(3) }).click();
  await expect(page.getByRole("heading", { name: en.import.doneTitle })).toBeVisible();
  expect(await questions(merchant)).toEqual(["Delivery?", "Returns?", "Sizes?", "Gifts?"]);
  await fits(page);
  await page.getByRole("button", { name: en.import.undo }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.import.undo }).click();
  await expect(page.getByText(en.import.undoneBody(2, 1, 0))).toBeVisible();
  const entries = (await merchant.knowledge.listEntries({})).entries;
  expect(entries.map((entry) => entry.answer)).toEqual(["About Delivery?", "About Returns?"]);

  // Mended, the file of invalid rows brings just those.
  await page.goto(`${address()}/console/knowledge/import`);
  const mended = file.replace("Colours?,", "Colours?,Red and blue.");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "invalid-rows.csv", mimeType: "text/csv", buffer: Buffer.from(mended) });
  await expect(page.getByRole("button", { name: en.import.go(1) })).toBeVisible();
});

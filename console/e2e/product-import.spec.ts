import { readFileSync } from "node:fs";
import { en } from "../app/src/i18n/en";
import { address, expect, fits, test } from "./fixture";
import { enter, sold } from "./goods";
import { csv, xlsx } from "./sheet";

const words = en.products.importing;

test("a workbook with broken rows is staged: it survives a reload, is mended in place, imported from afar and undone", async ({
  page,
}) => {
  test.slow(); // from the file to its undoing, on two devices: a minute on a busy machine
  const merchant = await enter(
    page,
    { sku: "A-1", name: "Old cup", stock: 1 },
    { sku: "A-2", name: "Same" },
    { sku: "A-6", name: "Old mat" },
  );
  await page.goto(`${address()}/console/products/import`);
  await page.locator("input[type=file]").setInputFiles(
    xlsx("goods.xlsx", [
      ["貨號", "品名", "售價", "幣別", "庫存", "顏色"],
      ["A-1", "New cup", "NT$1,299", "", "５", "blue"],
      ["A-2", "Same", "100", "TWD", "", ""],
      ["A-3", "Tray", "12.50", "USD", "0", "oak"],
      ["", "No number", "1", "TWD", "", ""],
      ["A-4", "Odd price", "cheap", "TWD", "", ""],
      ["A-5", "", "7", "TWD", "", ""],
      ["A-3", "Tray again", "1", "TWD", "", ""],
      ["A-6", "New mat", "100", "TWD", "", ""],
    ]),
  );
  const content = page.locator("#content");
  const go = (products: number) => page.getByRole("button", { name: words.go(products), exact: true });
  await expect(go(3)).toBeVisible();
  await expect(page).toHaveURL(/\/products\/import\/[0-9a-f-]{36}$/);
  await expect(page.getByText(words.columns("顏色"))).toBeVisible();
  await expect(page.getByText("Old cup")).toBeVisible();
  await fits(page, "product-preview");

  // One row is skipped, one mended; the sheet need not be given again.
  await page
    .getByRole("radiogroup", { name: en.import.choiceOf(9) })
    .getByText(en.import.choices.skip)
    .click();
  await expect(go(2)).toBeVisible();
  const group = page.getByRole("group", { name: en.import.filter });
  await group.getByRole("button", { name: new RegExp(en.import.status.invalid) }).click();
  await expect(page.getByText("Odd price")).toBeVisible();
  await expect(page.getByText("cheap", { exact: true })).toBeVisible();
  await expect(page.getByText("New cup")).toHaveCount(0);
  await expect(page).toHaveURL(/status=invalid/);
  await page.getByRole("button", { name: en.import.editRow(6) }).click();
  await fits(page, "product-row-edit");
  await page.reload();
  const form = page.getByRole("form", { name: en.import.editRow(6) });
  await form.getByLabel("售價").fill("NT$80");
  await form.getByRole("button", { name: en.import.editCheck }).click();
  await expect(go(3)).toBeVisible();
  await expect(content.getByText("Odd price")).toHaveCount(0);
  await page.reload();
  await expect(go(3)).toBeVisible();
  await expect(page).toHaveURL(/status=invalid/);
  await expect(page.getByText("No number")).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: en.import.invalidFile(2) }).click();
  const file = await saved;
  const rejected = readFileSync(await file.path());
  expect((await sold(merchant)).length).toBe(3);

  // Started, left, and found again among the earlier ones.
  await go(3).click();
  const title = (name: string) => page.getByRole("heading", { name });
  await expect(title(en.import.runningTitle).or(title(en.import.doneTitle))).toBeVisible();
  await page.goto(`${address()}/console/products`);
  await expect(page.getByText("New cup")).toBeVisible();
  await page.getByRole("link", { name: en.products.import, exact: true }).click();
  await page.getByRole("link", { name: "goods.xlsx" }).click();
  await expect(title(en.import.doneTitle)).toBeVisible();
  await fits(page, "product-import-done");
  expect(await sold(merchant)).toEqual([
    ["A-1", "New cup", "1299", "TWD", 5],
    ["A-2", "Same", "100", "TWD", undefined],
    ["A-6", "Old mat", "100", "TWD", undefined],
    ["A-3", "Tray", "12.50", "USD", 0],
    ["A-4", "Odd price", "80", "TWD", undefined],
  ]);

  await page.getByRole("button", { name: en.import.undo }).click();
  const question = page.getByRole("dialog");
  await expect(question.getByText(words.undoBody(2, 1))).toBeVisible();
  await question.getByRole("button", { name: en.import.undo }).click();
  await expect(page.getByText(words.undoneBody(2, 1, 0))).toBeVisible();
  expect(await sold(merchant)).toEqual([
    ["A-1", "Old cup", "100", "TWD", 1],
    ["A-2", "Same", "100", "TWD", undefined],
    ["A-6", "Old mat", "100", "TWD", undefined],
  ]);

  // The file with the invalid rows is a sheet again, wherever it is dropped.
  await page.goto(`${address()}/console/knowledge/import`);
  await page.locator("input[type=file]").setInputFiles({
    name: file.suggestedFilename(),
    mimeType: "application/octet-stream",
    buffer: rejected,
  });
  await expect(page).toHaveURL(/\/products\/import\//);
  await expect(page.getByRole("button", { name: en.import.nothing })).toBeDisabled();
  await page.getByRole("button", { name: en.import.editRow(2) }).click();
  await page.getByRole("form").getByLabel("貨號").fill("A-5");
  await page.getByRole("form").getByRole("button", { name: en.import.editCheck }).click();
  await expect(go(1)).toBeVisible();
  await page.getByRole("link", { name: en.import.another }).click();
  await expect(page.getByText(en.import.states.undone)).toBeVisible();
  await fits(page, "product-imports");
});

test("pasted cells are looked through page by page, and what is there is overwritten or kept, for all or for one", async ({
  page,
}) => {
  const merchant = await enter(
    page,
    { sku: "A-1", name: "Old cup" },
    { sku: "A-2", name: "Old tray" },
    { sku: "A-3", name: "Old bowl" },
  );
  await page.goto(`${address()}/console/products/import`);
  await page.getByRole("tab", { name: en.import.fromPaste }).click();
  const rows = [
    ["sku", "name", "price", "currency"],
    ["A-1", "New cup", "1", "TWD"],
    ["A-2", "New tray", "2", "TWD"],
    ["A-3", "New bowl", "3", "TWD"],
    ...Array.from({ length: 250 }, (_, i) => [`B-${i + 1}`, `Thing ${i + 1}`, "5", "TWD"]),
  ];
  await page.getByLabel(en.import.paste).fill(rows.map((row) => row.join("\t")).join("\n"));
  await fits(page, "product-paste");
  await page.getByRole("button", { name: en.import.pasteCheck }).click();
  await expect(page.getByRole("button", { name: words.go(253) })).toBeVisible();

  // Every row can be reached.
  const content = page.locator("#content");
  const thing = (i: number) => content.getByText(`Thing ${i}`, { exact: true });
  await expect(thing(47)).toBeVisible();
  await expect(thing(48)).toHaveCount(0);
  for (let first = 48; first <= 250; first += 50) {
    await page.getByRole("button", { name: en.act.next }).click();
    await expect(thing(first)).toBeVisible();
    await expect(thing(Math.min(first + 49, 250))).toBeVisible();
  }
  await expect(page.getByRole("button", { name: en.act.next })).toBeDisabled();
  await page.getByRole("button", { name: en.import.firstRows }).click();
  await expect(thing(1)).toBeVisible();

  const group = page.getByRole("group", { name: en.import.filter });
  await group.getByRole("button", { name: new RegExp(en.import.status.changed) }).click();
  await expect(thing(1)).toHaveCount(0);
  await expect(content.getByText("Old cup")).toBeVisible();
  const skip = page.getByRole("radio", { name: words.onChangeSkip });
  await skip.click();
  await expect(skip).toBeChecked();
  await expect(page.getByRole("button", { name: words.go(250) })).toBeVisible();
  const choice = page.getByRole("radiogroup", { name: en.import.choiceOf(3) });
  await choice.getByText(en.import.choices.overwrite).click();
  await expect(page.getByRole("button", { name: words.go(251) })).toBeVisible();
  await fits(page, "product-choices");
  await page.getByRole("button", { name: words.go(251) }).click();
  await expect(page.getByRole("heading", { name: en.import.doneTitle })).toBeVisible();
  await expect(page.getByText(en.import.skipped)).toBeVisible();
  const { products, total } = await merchant.product.listProducts({ pageSize: 3 });
  expect(products.map((p) => [p.name, p.price])).toEqual([
    ["Old cup", "100"],
    ["New tray", "2"],
    ["Old bowl", "100"],
  ]);
  expect(total).toBe(253);
});

test("prices without a currency are asked about, and what is exported is imported back as it was", async ({
  page,
}) => {
  const merchant = await enter(page);
  await page.goto(`${address()}/console/products/import`);
  await page.locator("input[type=file]").setInputFiles(
    csv("goods.csv", [
      ["sku", "name", "price", "other names", "Size"],
      ["B-1", "Bowl", "250", "dish; basin", "S, M"],
    ]),
  );
  await expect(page.getByText(en.products.code.missing_currency ?? "").first()).toBeVisible();
  await page.getByRole("combobox", { name: words.currency }).fill("TWD");
  await page.getByRole("option", { name: "TWD" }).click();
  await page.getByRole("button", { name: words.go(1) }).click();
  await page.getByRole("link", { name: words.see }).click();
  await expect(page.getByText("NT$250")).toBeVisible();
  for (const kind of [en.knowledge.exportCsv, en.knowledge.exportXlsx]) {
    await page.getByRole("button", { name: en.knowledge.export }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: kind }).click();
    const file = await saved;
    const { outcome } = await merchant.knowledge.stageImport({
      fileName: file.suggestedFilename(),
      content: readFileSync(await file.path()),
    });
    expect(outcome.case === "import" && [outcome.value.totalRows, outcome.value.existsRows]).toEqual([1, 1]);
  }
});

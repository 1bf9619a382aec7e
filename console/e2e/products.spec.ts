import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { type Merchant, newMerchant } from "./caller";
import { address, expect, fits, test } from "./fixture";
import { csv, xlsx } from "./sheet";

const words = en.products;

/** enter signs a new merchant in who sells some things. */
async function enter(
  page: Page,
  ...products: { sku: string; name: string; stock?: number }[]
): Promise<Merchant> {
  const merchant = await newMerchant("Products");
  for (const product of products)
    await merchant.product.saveProduct({ product: { ...product, price: "100", currency: "TWD" } });
  await page.context().addCookies([merchant.cookie]);
  return merchant;
}

const sold = async (merchant: Merchant) =>
  (await merchant.product.listProducts({})).products.map((p) => [
    p.sku,
    p.name,
    p.price,
    p.currency,
    p.stock,
  ]);

test("a product is added, found, changed, deleted and brought back", async ({ page }) => {
  const merchant = await enter(page);
  await page.goto(`${address()}/console/products`);
  await expect(page.getByText(words.emptyTitle)).toBeVisible();
  await fits(page, "products-empty");
  await page.getByRole("button", { name: words.emptySecond }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(drawer.getByText(new RegExp(`^${words.code.missing_sku}`))).toBeVisible();
  await expect(drawer.getByText(new RegExp(`^${words.code.missing_name}`))).toBeVisible();
  await drawer.getByLabel(words.form.sku).fill("TEA-101");
  await drawer.getByLabel(words.form.name, { exact: true }).fill("Winter oolong");
  await drawer.getByLabel(words.form.price).fill("1299.50");
  await drawer.getByRole("combobox", { name: words.form.currency }).fill("TWD");
  await page.getByRole("option", { name: "TWD" }).click();
  await drawer.getByLabel(words.form.stock).fill("0");
  await drawer.getByRole("button", { name: words.form.addAttribute }).click();
  await drawer.getByRole("combobox", { name: words.form.attributeName(1) }).fill("Origin");
  await drawer.getByLabel(words.form.attributeValue(1)).fill("Lishan");
  await fits(page, "product-form");
  await drawer.getByRole("button", { name: en.act.save }).click();
  const content = page.locator("#content");
  await expect(content.getByText("NT$1,299.50")).toBeVisible();
  await expect(content.getByText(words.stocks.out, { exact: true })).toBeVisible();

  // The same SKU again is refused at its field, and nothing of the form is lost.
  await page.getByRole("button", { name: words.add }).click();
  await drawer.getByLabel(words.form.sku).fill("tea-101");
  await drawer.getByLabel(words.form.name, { exact: true }).fill("Another");
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(drawer.getByText(new RegExp(`^${words.code.sku_taken}`))).toBeVisible();
  await drawer.getByLabel(words.form.sku).fill("TEA-102");
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(content.getByText("Another", { exact: true })).toBeVisible();

  await page.getByLabel(words.search, { exact: true }).fill("lishan");
  await expect(content.getByText("Another", { exact: true })).toHaveCount(0);
  await expect(page).toHaveURL(/q=lishan/);
  await page.goto(`${address()}/console/products?stock=in`);
  await expect(page.getByText(en.knowledge.noneTitle)).toBeVisible();
  await page.getByRole("button", { name: en.act.clearFilters }).last().click();

  await page.getByLabel(words.select("Winter oolong")).check();
  await page.getByRole("button", { name: en.act.delete }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: words.deleteConfirm(1) })
    .click();
  await expect(content.getByText("Winter oolong")).toHaveCount(0);
  await page.getByRole("button", { name: en.knowledge.undo }).click();
  await expect(content.getByText("Winter oolong")).toBeVisible();
  expect(await sold(merchant)).toEqual([
    ["TEA-101", "Winter oolong", "1299.50", "TWD", 0],
    ["TEA-102", "Another", "", "", undefined],
  ]);
  await fits(page, "products");
});

test("a workbook with broken rows is previewed, imported, and its invalid rows come back as a file", async ({
  page,
}) => {
  const merchant = await enter(page, { sku: "A-1", name: "Old cup", stock: 1 }, { sku: "A-2", name: "Same" });
  await page.goto(`${address()}/console/products/import`);
  await page.locator("input[type=file]").setInputFiles(
    xlsx("goods.xlsx", [
      ["貨號", "品名", "售價", "幣別", "庫存", "顏色"],
      ["A-1", "New cup", "NT$1,299", "", "５", "blue"],
      ["A-2", "Same", "100", "TWD", "", ""],
      ["A-3", "Tray", "12.50", "USD", "0", "oak"],
      ["", "No number", "1", "TWD", "", ""],
      ["A-4", "Odd price", "cheap", "TWD", "", ""],
      ["A-3", "Tray again", "1", "TWD", "", ""],
    ]),
  );
  await expect(page.getByRole("button", { name: words.importing.go(2) })).toBeVisible();
  await expect(page.getByText(words.importing.columns("顏色"))).toBeVisible();
  await expect(page.getByText("Old cup")).toBeVisible();
  await fits(page, "product-preview");
  const group = page.getByRole("group", { name: en.import.filter });
  await group.getByRole("button", { name: new RegExp(en.import.status.invalid) }).click();
  await expect(page.getByText("Odd price")).toBeVisible();
  await expect(page.getByText("cheap", { exact: true })).toBeVisible();
  await expect(page.getByText("New cup")).toHaveCount(0);
  await expect(page).toHaveURL(/status=invalid/);
  expect((await sold(merchant)).length).toBe(2);

  await page.getByRole("button", { name: words.importing.go(2) }).click();
  await expect(page.getByRole("heading", { name: en.import.doneTitle })).toBeVisible();
  expect(await sold(merchant)).toEqual([
    ["A-1", "New cup", "1299", "TWD", 5],
    ["A-2", "Same", "100", "TWD", undefined],
    ["A-3", "Tray", "12.50", "USD", 0],
  ]);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: words.importing.invalidFile(2) }).click();
  const file = await saved;
  const content = readFileSync(await file.path());
  await fits(page, "product-import-done");

  // The import is taken back whole: here, or from the list of earlier ones.
  await page.getByRole("button", { name: en.import.undo }).click();
  const question = page.getByRole("dialog");
  await expect(question.getByText(words.importing.undoBody(1, 1))).toBeVisible();
  await question.getByRole("button", { name: en.import.undo }).click();
  await expect(page.getByText(words.importing.undone(1, 1, 0))).toBeVisible();
  expect(await sold(merchant)).toEqual([
    ["A-1", "Old cup", "100", "TWD", 1],
    ["A-2", "Same", "100", "TWD", undefined],
  ]);

  // Of the file with the invalid rows both are still wrong, and are mended here.
  await page.getByRole("button", { name: en.import.another }).click();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: file.suggestedFilename(), mimeType: "application/octet-stream", buffer: content });
  await expect(page.getByRole("button", { name: words.importing.invalidFile(2) })).toBeVisible();
  await page.getByRole("button", { name: en.import.editRow(2) }).click();
  const form = page.getByRole("form", { name: en.import.editRow(2) });
  await fits(page, "product-row-edit");
  await form.getByLabel("貨號").fill("A-5");
  await form.getByRole("button", { name: en.import.editCheck }).click();
  await expect(page.getByRole("button", { name: words.importing.go(1) })).toBeVisible();
  await expect(page.getByRole("button", { name: en.import.editRow(2) })).toBeVisible();
  await page.getByRole("button", { name: en.import.editRow(3) }).click();
  await page.getByRole("form").getByLabel("售價").fill("NT$80");
  await page.getByRole("form").getByRole("button", { name: en.import.editCheck }).click();
  await page.getByRole("button", { name: words.importing.go(2) }).click();
  await expect(page.getByRole("heading", { name: en.import.doneTitle })).toBeVisible();
  expect((await sold(merchant)).slice(2)).toEqual([
    ["A-5", "No number", "1", "TWD", undefined],
    ["A-4", "Odd price", "80", "TWD", undefined],
  ]);
  await page.getByRole("button", { name: en.import.another }).click();
  await expect(page.getByText(words.importing.did(2, 0))).toBeVisible();
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
  await expect(page.getByRole("button", { name: words.importing.go(253) })).toBeVisible();

  // Every row can be reached.
  const content = page.locator("#content");
  const thing = (i: number) => content.getByText(`Thing ${i}`, { exact: true });
  await expect(thing(97)).toBeVisible();
  await expect(thing(98)).toHaveCount(0);
  for (const [first, last] of [
    [98, 197],
    [198, 250],
  ] as const) {
    await page.getByRole("button", { name: en.act.next }).click();
    await expect(thing(first)).toBeVisible();
    await expect(thing(last)).toBeVisible();
  }
  await expect(page.getByRole("button", { name: en.act.next })).toBeDisabled();
  await page.getByRole("button", { name: en.import.firstRows }).click();
  await expect(thing(1)).toBeVisible();

  const group = page.getByRole("group", { name: en.import.filter });
  await group.getByRole("button", { name: new RegExp(en.import.status.changed) }).click();
  await expect(thing(1)).toHaveCount(0);
  await expect(content.getByText("Old cup")).toBeVisible();
  await page.getByRole("radio", { name: words.importing.onChangeSkip }).check();
  await expect(page.getByRole("button", { name: words.importing.go(250) })).toBeVisible();
  const choice = page.getByRole("radiogroup", { name: en.import.choiceOf(3) });
  await choice.getByText(en.import.choices.overwrite).click();
  await expect(page.getByRole("button", { name: words.importing.go(251) })).toBeVisible();
  await fits(page, "product-choices");
  await page.getByRole("button", { name: words.importing.go(251) }).click();
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

test("a product's row is a check, and what breaks it is shown before it is saved, deleted or imported", async ({
  page,
}) => {
  const merchant = await enter(page, { sku: "TEA-101", name: "Winter oolong", stock: 3 });
  const question = "How much is the winter oolong?";
  await page.goto(`${address()}/console/checks`);
  await page.getByRole("button", { name: en.checks.add }).first().click();
  const add = page.getByRole("dialog");
  await add.getByLabel(en.checks.question).fill(question);
  await add.getByRole("textbox", { name: en.checks.expected }).fill("oolong");
  await add.getByRole("radio", { name: "Winter oolong" }).check();
  await fits(page, "check-product");
  await add.getByRole("button", { name: en.act.save }).click();
  const row = page.getByRole("list", { name: en.checks.list }).getByRole("listitem");
  await expect(row.getByText(`${en.checks.expected}: Winter oolong`)).toBeVisible();
  await expect(row.getByText(en.checks.outcome.right, { exact: true })).toBeVisible();

  await page.goto(`${address()}/console/products`);
  await page.getByRole("button", { name: "Winter oolong" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(words.form.name, { exact: true }).fill("Jasmine");
  await drawer.getByRole("button", { name: en.act.save }).click();
  const breaks = page.getByRole("alert").filter({ hasText: en.checks.preview.title(1) });
  await expect(breaks.getByText(question)).toBeVisible();
  await fits(page, "product-breaks");
  expect((await sold(merchant))[0]?.[1]).toBe("Winter oolong");
  // What is right again is saved without a question.
  await drawer.getByLabel(words.form.name, { exact: true }).fill("Winter oolong");
  await expect(breaks).toHaveCount(0);
  await drawer.getByLabel(words.form.price).fill("120");
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText("NT$120")).toBeVisible();

  await page.getByRole("checkbox", { name: words.select("Winter oolong") }).check();
  await page.getByRole("button", { name: en.act.delete }).click();
  await expect(breaks.getByText(question)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: en.act.cancel }).click();

  await page.goto(`${address()}/console/products/import`);
  await page.locator("input[type=file]").setInputFiles(
    csv("twins.csv", [
      ["sku", "name", "price", "currency"],
      ["TEA-102", "Winter oolong", "90", "TWD"],
    ]),
  );
  await expect(breaks.getByText(question)).toBeVisible();
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
  await expect(page.getByText(words.code.missing_currency ?? "").first()).toBeVisible();
  await page.getByRole("combobox", { name: words.importing.currency }).fill("TWD");
  await page.getByRole("option", { name: "TWD" }).click();
  await page.getByRole("button", { name: words.importing.go(1) }).click();
  await page.getByRole("link", { name: words.importing.back }).click();
  await expect(page.getByText("NT$250")).toBeVisible();
  for (const kind of [en.knowledge.exportCsv, en.knowledge.exportXlsx]) {
    await page.getByRole("button", { name: en.knowledge.export }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: kind }).click();
    const file = await saved;
    const read = await merchant.product.readProducts({
      fileName: file.suggestedFilename(),
      content: readFileSync(await file.path()),
    });
    expect([read.totalRows, read.existsRows]).toEqual([1, 1]);
  }
});

test("a trial shows the product that it was answered from, and leads to its row", async ({ page }) => {
  const merchant = await enter(page, { sku: "TEA-101", name: "Winter oolong", stock: 3 });
  await merchant.product.saveProduct({ product: { sku: "CUP-1", name: "Tasting cup" } });
  await page.goto(`${address()}/console/try`);
  await page.locator("main textarea").first().fill("How much is the winter oolong?");
  await page.keyboard.press("Enter");
  const link = page.getByRole("link", { name: "Winter oolong" });
  await expect(link).toBeVisible();
  await page.locator("main button[aria-expanded=false]").click();
  await expect(page.getByText(en.try.reason(en.try.reasons.product ?? ""))).toBeVisible();
  await fits(page, "try-product");
  await link.click();
  await expect(page).toHaveURL(/products\?q=TEA-101/);
  await expect(page.getByRole("button", { name: "Winter oolong" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Tasting cup" })).toHaveCount(0);
});

import { en } from "../app/src/i18n/en";
import { address, expect, fits, test } from "./fixture";
import { enter, sold } from "./goods";
import { csv } from "./sheet";

const words = en.products;

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
  await page.getByRole("button", { name: en.act.clearFilters }).click();

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

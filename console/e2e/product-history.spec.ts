import { en } from "../app/src/i18n/en";
import { colleague, newMerchant } from "./caller";
import { address, expect, fits, test } from "./fixture";

const words = en.products;

test("what a product was, who changed it and when is told, an earlier version comes back, and goes again", async ({
  page,
}) => {
  const owner = await newMerchant("Prices");
  const manager = await colleague(owner);
  const product = {
    sku: "TEA-101",
    name: "Winter oolong",
    price: "1299",
    currency: "TWD",
    stock: 4,
    attributes: [{ name: "Origin", value: "Lishan" }],
  };
  const saved = (await owner.product.saveProduct({ product })).product;
  const id = saved?.id ?? "";
  await manager.product.saveProduct({
    product: { ...product, id, price: "1399", stock: 0, otherNames: ["gaoshan"] },
  });
  await page.context().addCookies([owner.cookie]);
  await page.goto(`${address()}/console/products?product=${id}`);
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(words.form.price).fill("1499");
  await drawer.getByRole("button", { name: en.act.save }).click();
  const row = page.locator("#content");
  await expect(row.getByText("NT$1,499")).toBeVisible();

  await row.getByRole("button", { name: product.name }).click();
  await drawer.getByRole("tab", { name: en.history.title }).click();
  await expect(page).toHaveURL(/tab=history/);
  const versions = drawer.getByRole("list", { name: en.history.title }).locator(":scope > li");
  await expect(versions).toHaveCount(3);
  await expect(versions.nth(0)).toContainText(owner.email);
  await expect(versions.nth(0)).toContainText(en.history.present);
  await expect(versions.nth(1)).toContainText(manager.email);
  await expect(versions.nth(1)).toContainText(en.history.kinds.edit);
  await expect(versions.nth(2)).toContainText(en.history.kinds.create);
  await versions
    .nth(0)
    .getByRole("button", { name: en.history.changes(1) })
    .click();
  await expect(versions.nth(0).locator("del")).toHaveText("NT$1,399");
  await versions
    .nth(1)
    .getByRole("button", { name: en.history.changes(3) })
    .click();
  await expect(versions.nth(1).locator("ins")).toHaveText(["NT$1,399", words.stocks.out, "gaoshan"]);
  await fits(page, "product-history");

  // The address alone opens the same view.
  await page.reload();
  await versions.nth(2).getByRole("button", { name: en.history.restore }).click();
  await expect(row.getByText("NT$1,299")).toBeVisible();
  const now = (await owner.product.listProducts({})).products[0];
  expect([now?.price, now?.stock, now?.otherNames]).toEqual(["1299", 4, []]);
  await page.getByRole("button", { name: en.knowledge.undo }).click();
  await expect(row.getByText("NT$1,499")).toBeVisible();
  await page.goto(`${address()}/console/products?product=${id}&tab=history`);
  await expect(versions).toHaveCount(5);
  await expect(versions.nth(0)).toContainText(en.history.kinds.undo);
  await expect(versions.nth(1)).toContainText(en.history.kinds.restore);
});

test("a version whose SKU another product has by now is refused, in words", async ({ page }) => {
  const owner = await newMerchant("Numbers");
  const saved = (await owner.product.saveProduct({ product: { sku: "A-1", name: "Cup" } })).product;
  await owner.product.saveProduct({ product: { id: saved?.id, sku: "A-2", name: "Cup" } });
  await owner.product.saveProduct({ product: { sku: "A-1", name: "Bowl" } });
  await page.context().addCookies([owner.cookie]);
  await page.goto(`${address()}/console/products?product=${saved?.id}&tab=history`);
  await page.getByRole("dialog").getByRole("button", { name: en.history.restore }).click();
  await expect(page.getByText(new RegExp(`^${words.code.sku_taken}`))).toBeVisible();
  expect((await owner.product.listProducts({})).products.map((one) => one.sku)).toEqual(["A-2", "A-1"]);
});

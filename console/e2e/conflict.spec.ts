import type { Browser } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { colleague, type Merchant, newMerchant } from "./caller";
import { accessible, address, expect, fits, test, watch } from "./fixture";

const words = en.meanwhile;

/** at opens an address in a browser of the member's own. */
async function at(browser: Browser, member: Merchant, path: string) {
  const context = await browser.newContext();
  await context.addCookies([member.cookie]);
  const page = await context.newPage();
  const { wrong } = watch(page);
  await page.goto(`${address()}/console${path}`);
  return { page, wrong, drawer: page.getByRole("dialog").first(), close: () => context.close() };
}

test("two members write the same entry: neither loses a word, and neither overwrites unseen", async ({
  page,
  browser,
}) => {
  const owner = await newMerchant("Both Write");
  const ming = await colleague(owner);
  const content = { question: "How long is delivery?", answer: "Two days.", category: "Shipping" };
  const id = (await owner.knowledge.createEntry({ content })).entry?.id ?? "";
  const stored = async () => (await owner.knowledge.getEntry({ id })).entry;
  await page.context().addCookies([owner.cookie]);
  await page.goto(`${address()}/console/knowledge?entry=${id}`);
  const drawer = page.getByRole("dialog").first();
  const answer = drawer.getByLabel(en.entry.answer, { exact: true });
  await answer.fill("Mine: three days.");

  // The other member, in a browser of their own, is first.
  const other = await at(browser, ming, `/knowledge?entry=${id}`);
  await other.drawer.getByLabel(en.entry.answer, { exact: true }).fill("Hers: four days.");
  await other.drawer.getByLabel(en.entry.category).fill("Delivery");
  await other.drawer.getByRole("button", { name: en.act.save }).click();
  await expect(other.page.getByText(en.entry.saved)).toBeVisible();

  await drawer.getByRole("button", { name: en.act.save }).click();
  const notice = drawer.getByRole("alert");
  await expect(notice).toContainText(ming.email);
  await expect(answer).toHaveValue("Mine: three days.");
  // What only she has changed is there; what both have waits for a choice.
  await expect(drawer.getByLabel(en.entry.category)).toHaveValue("Delivery");
  expect((await stored())?.answer).toBe("Hers: four days.");
  await fits(page, "conflict-entry");
  await notice.getByRole("button", { name: words.see }).press("Enter");
  await expect(drawer.locator("ins")).toHaveText(["Hers: four days.", "Delivery"]);
  await fits(page, "conflict-entry-beside");
  await drawer.getByRole("button", { name: en.act.save, exact: true }).press("Enter");
  await expect(notice).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(notice.getByRole("button", { name: words.over })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(en.entry.saved)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await stored()).toMatchObject({ answer: "Mine: three days.", category: "Delivery" });

  // She had it open, and has begun something else: it is told when she comes back to the tab, and can be taken.
  await other.page.goto(`${address()}/console/knowledge?entry=${id}`);
  const hers = other.drawer.getByLabel(en.entry.answer, { exact: true });
  await expect(hers).toHaveValue("Mine: three days.");
  await hers.fill("Hers again.");
  await owner.knowledge.updateEntry({ id, content: { ...content, answer: "Five days." } });
  await other.drawer.getByRole("button", { name: en.act.save, exact: true }).click();
  await other.drawer.getByRole("button", { name: words.take }).click();
  await expect(hers).toHaveValue("Five days.");
  await expect(other.drawer.getByLabel(en.entry.category)).toHaveValue("Shipping");
  await expect(other.drawer.getByRole("alert")).toHaveCount(0);
  await accessible(other.page);

  // A form that nobody has touched takes in what comes.
  await owner.knowledge.updateEntry({ id, content: { ...content, answer: "Six days." } });
  await other.page.reload();
  await expect(hers).toHaveValue("Six days.");
  expect(other.wrong).toEqual([]);
  await other.close();
});

test("what is being written outlives Back, Escape and a closed tab, until the reader lets it go", async ({
  page,
}) => {
  const owner = await newMerchant("Leaves");
  const content = { question: "Sizes?", answer: "S to XL." };
  await owner.knowledge.createEntry({ content });
  await page.context().addCookies([owner.cookie]);
  await page.goto(`${address()}/console/knowledge`);
  await page.getByRole("button", { name: content.question }).click();
  const drawer = page.getByRole("dialog").first();
  const answer = drawer.getByLabel(en.entry.answer, { exact: true });
  await answer.fill("S to XXL.");
  const question = page.getByRole("dialog", { name: en.entry.discardTitle });
  const kept = async () => {
    await expect(question).toBeVisible();
    await accessible(page);
    await question.getByRole("button", { name: en.entry.keep }).click();
    await expect(question).toHaveCount(0);
    await expect(page).toHaveURL(/entry=/);
    await expect(answer).toHaveValue("S to XXL.");
  };
  await page.goBack();
  await kept();
  await page.keyboard.press("Escape");
  await kept();
  // The key that asked takes the question back too.
  await page.keyboard.press("Escape");
  await expect(question.getByRole("button", { name: en.entry.keep })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(answer).toHaveValue("S to XXL.");
  // A tab that is closed asks in the browser's own words.
  const asked = page.waitForEvent("dialog");
  const reloaded = page.reload({ timeout: 5_000 }).catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await reloaded;
  await expect(answer).toHaveValue("S to XXL.");
  await page.goBack();
  await question.getByRole("button", { name: en.entry.discard }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/knowledge$/);

  // The same where the address opened it.
  await page.goForward();
  await page.reload();
  await answer.fill("S only.");
  await page.keyboard.press("Escape");
  await expect(question.getByRole("button", { name: en.entry.keep })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(answer).toHaveValue("S only.");
});

test("a product that a colleague changed is not overwritten, and one that was deleted can be kept", async ({
  page,
}) => {
  const owner = await newMerchant("Goods Too");
  const ming = await colleague(owner);
  const product = { sku: "TEA-1", name: "Oolong", price: "100", currency: "TWD", stock: 4 };
  const id = (await owner.product.saveProduct({ product })).product?.id ?? "";
  // The address opens a product that its page does not show.
  await page.context().addCookies([owner.cookie]);
  await page.goto(`${address()}/console/products?q=nothing&product=${id}`);
  const drawer = page.getByRole("dialog").first();
  const name = drawer.getByLabel(en.products.form.name, { exact: true });
  await name.fill("My oolong");
  await ming.product.saveProduct({ product: { ...product, id, name: "Her oolong", stock: 0 } });
  await drawer.getByRole("button", { name: en.act.save }).click();
  const notice = drawer.getByRole("alert");
  await expect(notice).toContainText(ming.email);
  await expect(drawer.getByLabel(en.products.form.stock)).toHaveValue("0");
  await notice.getByRole("button", { name: words.see }).click();
  await expect(drawer.locator("ins")).toHaveText(["Her oolong", en.products.stocks.out]);
  await fits(page, "conflict-product");
  await notice.getByRole("button", { name: words.over }).click();
  await expect(page.getByText(en.products.form.saved)).toBeVisible();
  const now = (await owner.product.getProduct({ id })).product;
  expect([now?.name, now?.stock]).toEqual(["My oolong", 0]);

  await page.goto(`${address()}/console/products?product=${id}`);
  await name.fill("Kept oolong");
  await ming.product.deleteProducts({ ids: [id] });
  await drawer.getByRole("button", { name: en.act.save }).click();
  await expect(notice).toHaveText(words.product.deleted);
  await expect(name).toHaveValue("Kept oolong");
  await drawer.getByRole("button", { name: words.product.asNew }).click();
  await expect(page.locator("#content").getByText("Kept oolong")).toBeVisible();

  await page.goto(`${address()}/console/products?product=${id}`);
  await expect(drawer.getByText(words.product.missingTitle)).toBeVisible();
  await fits(page, "product-missing");
});

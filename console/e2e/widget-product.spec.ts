// Products as a shopper meets them: the answer out of the shop's own row, and its card.
import type { Page } from "@playwright/test";
import { type Merchant, newMerchant } from "./caller";
import { ask, field, launcher, log } from "./chat";
import { accessible, address, expect, noSidewaysScroll, test } from "./fixture";
import { openShop, type Shop } from "./shop";

const card = (page: Page) => log(page).locator(".product");

/** openTea opens the page of a shop that sells oolong, and the widget on it. */
async function openTea(page: Page, origins: Set<string>): Promise<{ merchant: Merchant; shop: Shop }> {
  const merchant = await newMerchant("Lantern Tea");
  const { tenant } = await merchant.tenant.getTenant({});
  const shop = await openShop(
    "Oolong",
    `<script async src="${address()}/widget.js" data-key="${tenant?.publishableKey}" data-language="en"></script>`,
  );
  origins.add(shop.origin);
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
  await merchant.product.saveProduct({
    product: {
      sku: "TEA-101",
      name: "Winter oolong",
      price: "1299",
      currency: "TWD",
      stock: 4,
      link: `${shop.origin}/winter-oolong`,
      image: `${shop.origin}/oolong.svg`,
    },
  });
  await merchant.product.saveProduct({
    product: {
      sku: "TEA-102",
      name: "Jasmine green",
      price: "480",
      currency: "TWD",
      link: "https://elsewhere.example/jasmine",
      image: "https://elsewhere.example/jasmine.svg",
    },
  });
  await page.goto(shop.origin);
  await launcher(page).click();
  return { merchant, shop };
}

test("tells a price out of the shop's row, with a card that leads to the product", async ({
  page,
  context,
  tolerance,
}) => {
  const { merchant, shop } = await openTea(page, tolerance.origins);
  await ask(page, "How much is the winter oolong?");
  await expect(card(page)).toHaveCount(1);
  await expect(log(page).getByText("NT$1,299").first()).toBeVisible();
  await expect(card(page)).toContainText("Winter oolong");
  await expect(card(page)).toHaveAttribute("href", `${shop.origin}/winter-oolong`);
  await expect(log(page).getByRole("link", { name: /^Winter oolong.*opens in a new tab/ })).toHaveCount(1);
  const picture = card(page).locator("img");
  await expect(picture).toHaveJSProperty("complete", true);
  expect(await picture.evaluate((e: HTMLImageElement) => e.naturalWidth)).toBeGreaterThan(0);
  const box = await picture.boundingBox();
  expect([box?.width, box?.height]).toEqual([64, 64]);
  await accessible(page);
  await page.setViewportSize({ width: 375, height: 700 });
  await noSidewaysScroll(page);
  await accessible(page);

  // From the keyboard, in a tab of its own that knows nothing of this one.
  await card(page).focus();
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Enter");
  const product = await opened;
  await expect(product).toHaveURL(`${shop.origin}/winter-oolong`);
  expect(await product.evaluate(() => window.opener)).toBeNull();
  await product.close();

  // What was told stays told, whatever becomes of the product since.
  const { products } = await merchant.product.listProducts({ search: "TEA-101" });
  await merchant.product.deleteProducts({ ids: products.map((one) => one.id) });
  await page.reload();
  await launcher(page).click();
  await expect(card(page)).toContainText("NT$1,299");
  await expect(card(page)).toHaveAttribute("href", `${shop.origin}/winter-oolong`);
  await shop.close();
});

test("the demo shop shows what it sells, drawn, and leads to it", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  await ask(page, "how much is the Pine Daypack?");
  await expect(card(page)).toHaveAttribute("href", `${address()}/demo/#HP-BP20`);
  const picture = card(page).locator("img");
  await expect.poll(() => picture.evaluate((e: HTMLImageElement) => e.naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator("#HP-BP20")).toContainText("Pine Daypack 20L");
  await accessible(page);
});

test("neither links to nor fetches from a page that is not the shop's", async ({ page, tolerance }) => {
  const { shop } = await openTea(page, tolerance.origins);
  await ask(page, "what does the jasmine green cost");
  await expect(card(page)).toContainText("NT$480");
  await expect(card(page)).not.toHaveAttribute("href");
  await expect(card(page).locator("img")).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await shop.close();
});

test("shows the picture on the shop's own chat page too, under a policy that names its origin", async ({
  page,
  tolerance,
}) => {
  const { merchant, shop } = await openTea(page, tolerance.origins);
  const { look } = await merchant.widget.getLook({});
  await merchant.widget.setLook({ look: look ?? {}, hosted: true });
  const { tenant } = await merchant.tenant.getTenant({});
  const response = await page.goto(`${address()}/c/${tenant?.slug}?lang=en`);
  expect(response?.headers()["content-security-policy"]).toMatch(
    new RegExp(`; img-src data: ${shop.origin.replaceAll(".", "\\.")}$`),
  );
  await ask(page, "Is the winter oolong in stock?");
  await expect(card(page)).toContainText("Winter oolong");
  const picture = card(page).locator("img");
  await expect.poll(() => picture.evaluate((e: HTMLImageElement) => e.naturalWidth)).toBeGreaterThan(0);
  await shop.close();
});

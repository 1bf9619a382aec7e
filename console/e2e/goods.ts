// Merchants who sell things, for the tests of products.
import type { Page } from "@playwright/test";
import { type Merchant, newMerchant } from "./caller";

/** enter signs a new merchant in who sells some things. */
export async function enter(
  page: Page,
  ...products: { sku: string; name: string; stock?: number }[]
): Promise<Merchant> {
  const merchant = await newMerchant("Products");
  for (const product of products)
    await merchant.product.saveProduct({ product: { ...product, price: "100", currency: "TWD" } });
  await page.context().addCookies([merchant.cookie]);
  return merchant;
}

/** sold is what a merchant sells, in the order in which it came. */
export const sold = async (merchant: Merchant) =>
  (await merchant.product.listProducts({})).products.map((p) => [
    p.sku,
    p.name,
    p.price,
    p.currency,
    p.stock,
  ]);

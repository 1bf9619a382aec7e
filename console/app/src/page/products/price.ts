import type { Product } from "../../gen/storebot/v1/product_pb";
import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";

/** priceText writes a price as the reader's language does. */
export function priceText(
  product: Pick<Product, "price" | "currency">,
  t: Catalogue,
  format: Format,
): string {
  return product.price === "" ? t.products.noPrice : format.price(product.price, product.currency);
}

/** stockText says how many there are. */
export function stockText(stock: number | undefined, t: Catalogue): string {
  if (stock === undefined) return t.products.stocks.uncounted;
  return stock === 0 ? t.products.stocks.out : t.products.pieces(stock);
}

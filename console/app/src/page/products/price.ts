import type { Product } from "../../gen/storebot/v1/product_pb";
import type { Catalogue } from "../../i18n/catalogue";

/** priceText writes a price as it stands in the row, with its currency before it: no digit is rounded away. */
export function priceText(product: Pick<Product, "price" | "currency">, t: Catalogue): string {
  return product.price === "" ? t.products.noPrice : `${product.currency} ${product.price}`.trim();
}

/** stockText says how many there are. */
export function stockText(stock: number | undefined, t: Catalogue): string {
  if (stock === undefined) return t.products.stocks.uncounted;
  return stock === 0 ? t.products.stocks.out : t.products.pieces(stock);
}

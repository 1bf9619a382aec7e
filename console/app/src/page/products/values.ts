import type { Product } from "../../gen/storebot/v1/product_pb";

/** ProductValues is a product as its form holds it. */
export type ProductValues = {
  sku: string;
  name: string;
  price: string;
  currency: string;
  /** Empty: not counted. */
  stock: number | string;
  link: string;
  image: string;
  /** One a line. */
  otherNames: string;
  phrasings: string[];
  attributes: { name: string; value: string }[];
};

/** valuesOf is a product for its form; without one, an empty form. */
export function valuesOf(product: Product | undefined): ProductValues {
  return {
    sku: product?.sku ?? "",
    name: product?.name ?? "",
    price: product?.price ?? "",
    currency: product?.currency ?? "",
    stock: product?.stock ?? "",
    link: product?.link ?? "",
    image: product?.image ?? "",
    otherNames: (product?.otherNames ?? []).join("\n"),
    phrasings: product?.phrasings ?? [],
    attributes: (product?.attributes ?? []).map(({ name, value }) => ({ name, value })),
  };
}

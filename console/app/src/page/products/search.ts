export const stockFilters = ["in", "out", "uncounted"] as const;
export type StockFilterName = (typeof stockFilters)[number];

export type ProductsSearch = {
  q?: string;
  stock?: StockFilterName;
  page?: number;
  token?: string;
  /** A product's id, or "new". */
  product?: string;
  /** Which side of the product is shown. */
  tab?: "history";
};

const word = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && value !== "") ? String(value) : undefined;

/** readProducts reads what stands after "?" in the list's address. */
export function readProducts(raw: Record<string, unknown>): ProductsSearch {
  const page = typeof raw.page === "number" && raw.page > 1 ? Math.floor(raw.page) : undefined;
  return {
    q: word(raw.q),
    stock: stockFilters.find((name) => name === raw.stock),
    page,
    token: page ? word(raw.token) : undefined,
    product: word(raw.product),
    tab: raw.tab === "history" ? raw.tab : undefined,
  };
}

import { expect, it } from "vitest";
import type { ProductCard } from "./contract";
import { product } from "./product";

const origins = ["https://shop.example"];
const whole: ProductCard = {
  sku: "TEA-101",
  name: "Oolong <b>tea</b>",
  price: "NT$1,299",
  availability: "In stock",
  link: "https://shop.example/oolong",
  image: "https://shop.example/oolong.svg",
};

it("shows what the shop has of a product, and leads to its page", () => {
  const card = product(whole, origins) as HTMLAnchorElement;
  expect(card.href).toBe(whole.link);
  expect(card.target).toBe("_blank");
  expect(card.rel).toBe("noopener");
  expect(card.textContent).toBe("Oolong <b>tea</b>NT$1,299 · In stock (opens in a new tab)");
  const picture = card.querySelector("img");
  expect(picture?.src).toBe(whole.image);
  expect(picture?.getAttribute("alt")).toBe("");
});

it("says nothing of what is not told", () => {
  expect(product({ name: "Oolong" }, origins).textContent).toBe("Oolong");
  expect(product({ name: "Oolong", availability: "Sold out" }, origins).textContent).toBe("OolongSold out");
});

it.each([
  "",
  "//shop.example/x",
  "javascript:alert(1)",
  "data:image/svg+xml,<svg/>",
  "https://evil.example/x",
  "https://shop.example@evil.example/x",
  "https://user@shop.example/x",
  "http://shop.example/x",
])("neither fetches nor follows %s", (address) => {
  const card = product({ ...whole, link: address, image: address }, origins);
  expect(card.tagName).toBe("DIV");
  expect(card.querySelector("img, a, [src], [href]")).toBeNull();
});

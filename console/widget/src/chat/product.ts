import type { ProductCard } from "./contract";
import { el } from "./dom";
import { own } from "./link";
import * as t from "./text/en";

/**
 * A product as the shop has it: picture, name, price, whether there are any.
 * Picture and link are shown of the shop's own origins alone.
 */
export function product(card: ProductCard, origins: readonly string[]): HTMLElement {
  const { name = "", price, availability, link = "", image = "" } = card;
  const box = own(link, origins) ? el("a", { href: link, target: "_blank", rel: "noopener" }) : el("div");
  box.className = "card product";
  // Lazy before it has an address; the name says what is on it.
  if (own(image, origins)) box.append(el("img", { loading: "lazy", alt: "" }, { src: image }));
  box.append(el("div", el("b", name), el("p.small", [price, availability].filter(Boolean).join(" · "))));
  if (box.matches("a")) box.append(el("span.sr", t.elsewhere));
  return box;
}

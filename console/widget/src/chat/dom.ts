type Part<K extends keyof HTMLElementTagNameMap> = Node | string | Partial<HTMLElementTagNameMap[K]>;

/**
 * A new element, "tag" or "tag.class": texts and nodes become its children,
 * objects its properties. Text is only ever set as text.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  spec: K | `${K}.${string}`,
  ...parts: Part<K>[]
): HTMLElementTagNameMap[K] {
  const [tag, className = ""] = spec.split(".") as [K, string?];
  const e = Object.assign(document.createElement(tag), { className });
  for (const part of parts) {
    if (typeof part === "string" || part instanceof Node) e.append(part);
    else Object.assign(e, part);
  }
  return e;
}

/** A button that does not submit. */
export const button = (name: string, onclick: () => void, ...parts: Part<"button">[]) =>
  el(`button.${name}`, { type: "button", onclick }, ...parts);

/** A drawing for the eye only, one path on a 24 × 24 grid: what holds it carries the name. */
export function icon(path: string): SVGSVGElement {
  const draw = <K extends keyof SVGElementTagNameMap>(tag: K, attribute: string, value: string) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    e.setAttribute(attribute, value);
    return e;
  };
  const svg = draw("svg", "viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(draw("path", "d", path));
  return svg;
}

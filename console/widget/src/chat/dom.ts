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

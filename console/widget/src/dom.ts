/** A new element, "tag" or "tag.class", with its children. Text is only ever set as text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  spec: K | `${K}.${string}`,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const [tag, name = ""] = spec.split(".") as [K, string?];
  const e = document.createElement(tag);
  e.className = name;
  e.append(...children);
  return e;
}

/** A button that does not submit. */
export function button(name: string, press: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  return Object.assign(el(`button.${name}`, ...children), { type: "button", onclick: press });
}

/** The drawings, each one path on a 24 × 24 grid. */
export const drawings = {
  talk: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM8 9h8m-8 3.5h5",
  close: "M6 6l12 12m0-12L6 18",
  send: "M12 20V5m-6.5 6.5L12 5l6.5 6.5",
  thumb: "M7 11v9H4v-9h3Zm0 0 4-8a2 2 0 0 1 2 2v4h5.5a2 2 0 0 1 2 2.3l-1 7a2 2 0 0 1-2 1.7H7",
};

/** A drawing for the eye only: what holds it carries the name. */
export function icon(name: keyof typeof drawings): SVGSVGElement {
  const draw = <K extends keyof SVGElementTagNameMap>(tag: K, attribute: string, value: string) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    e.setAttribute(attribute, value);
    return e;
  };
  const svg = draw("svg", "viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(draw("path", "d", drawings[name]));
  return svg;
}

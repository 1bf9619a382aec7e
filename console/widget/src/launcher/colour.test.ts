import { expect, it } from "vitest";
import { rolls } from "../test/roll";
import { luminance, shades } from "./colour";

const rgb = (css: string) =>
  css.startsWith("#")
    ? (css.slice(1).match(css.length > 4 ? /../g : /./g) ?? []).map((h) =>
        Number.parseInt(h.length > 1 ? h : h + h, 16),
      )
    : (css.match(/[\d.]+/g) ?? []).map(Number);

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(rgb(a)), luminance(rgb(b))].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

it("reaches 4.5 to 1 with any colour", () => {
  const roll = rolls(7);
  const hexes = ["#000000", "#ffffff", "#767676", "#ff0000", "#00ff00", "#0000ff", "#ffd54a"];
  for (let n = 0; n < 3000; n++)
    hexes.push(
      `#${roll(1 << 24)
        .toString(16)
        .padStart(6, "0")}`,
    );
  for (const hex of hexes) {
    const s = shades(hex);
    if (!s) throw new Error(`${hex} is refused`);
    expect(contrast(s.fill, s.on), `${hex} filled`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(s.ink, "#f5f6f4"), `${hex} written`).toBeGreaterThanOrEqual(4.5);
  }
});

it("refuses what is no colour", () => {
  for (const text of ["", "red", "#12", "#1234567", "#00000g", "url(x)"])
    expect(shades(text)).toBeUndefined();
});

/**
 * A shop's colour made readable: itself to fill with, black or white to write
 * on it, and a form dark enough to write with on the panel.
 */
export type Shades = { fill: string; on: string; ink: string };

type RGB = readonly number[];

/** Relative luminance, 0 to 1, WCAG 2.2. */
export function luminance(c: RGB): number {
  const [r = 0, g = 0, b = 0] = c.map((v) => (v > 10 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 3295));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Up to here white has 4.5 to 1 on a colour; from here on black has. */
const MIDDLE = 0.183;

/** Up to here a colour has 4.5 to 1 on the panel's grey, #f5f6f4. */
const DARK = 0.16;

/** undefined when the text is not of the form #rrggbb. */
export function shades(hex: string): Shades | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  let ink: RGB = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  const on = luminance(ink) > MIDDLE ? "#000" : "#fff";
  while (luminance(ink) > DARK) ink = ink.map((v) => v * 0.9);
  return { fill: hex, on, ink: `rgb(${ink})` };
}

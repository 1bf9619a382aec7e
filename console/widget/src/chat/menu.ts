import type { Stage } from "../stage";
import { button, el } from "./dom";
import * as t from "./text/en";

const languages = [
  ["en", "English"],
  ["zh-Hant", "繁體中文"],
  ["zh-Hans", "简体中文"],
] as const;

const MORE = "M4 7h16M4 12h16M4 17h16";

/** What is seldom needed: the language, and the end. */
export function menu({ icon, speak }: Pick<Stage, "icon" | "speak">, end: () => void) {
  const box = el(
    "details.menu",
    el("summary.x", icon(MORE), { ariaLabel: t.more }),
    el(
      "div",
      ...languages
        .filter(([tag]) => tag !== t.tag)
        .map(([lang, name]) => button("item", () => speak(lang), name, { lang })),
      button(
        "item",
        () => {
          box.open = false;
          end();
        },
        t.end,
      ),
    ),
  );
  return box;
}

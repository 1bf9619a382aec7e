import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { nearestLanguage } from "./catalogue";
import { en } from "./en";
import { zhHans } from "./zh-Hans";
import { zhHant } from "./zh-Hant";

const source = join(import.meta.dirname, "..");

/** texts flattens a catalogue; functions are called with numbers that read as words too. */
function texts(part: unknown, path = ""): [string, string][] {
  if (typeof part === "string") return [[path, part]];
  if (typeof part === "function") return [[path, part(3, 7, 5)]];
  return Object.entries(part as object).flatMap(([key, value]) =>
    texts(value, path ? `${path}.${key}` : key),
  );
}

// Names and words that are the same in each language.
const same = new Set([
  "app.name",
  "languages.en",
  "languages.zh-Hant",
  "languages.zh-Hans",
  "install.platforms.shopify",
  "start.facts.contact.example",
  "install.platforms.woocommerce",
  // The quotation marks of English and of simplified Chinese.
  "products.quoted",
]);

describe("catalogues", () => {
  for (const [name, catalogue] of [
    ["zh-Hant", zhHant],
    ["zh-Hans", zhHans],
  ] as const)
    it(`${name} translates everything`, () => {
      const english = new Map(texts(en));
      const translated = new Map(texts(catalogue));
      expect([...translated.keys()]).toEqual([...english.keys()]);
      const left = [...translated].filter(([key, text]) => !same.has(key) && text === english.get(key));
      expect(left).toEqual([]);
      expect([...translated].filter(([, text]) => text.trim() === "")).toEqual([]);
    });

  it("keeps the two scripts apart", () => {
    const scripts = (catalogue: typeof en) =>
      texts(catalogue)
        .filter(([key]) => !/^languages|templateBody|sheet|rows/.test(key))
        .map(([, text]) => text)
        .join("");
    expect(scripts(zhHant).match(/[们这说问题设录钥数码复时]/g)).toBeNull();
    expect(scripts(zhHans).match(/[們這說問題設錄鑰數碼複時]/g)).toBeNull();
  });

  it("finds the nearest language", () => {
    expect(nearestLanguage(["zh-TW", "en"])).toBe("zh-Hant");
    expect(nearestLanguage(["zh-HK"])).toBe("zh-Hant");
    expect(nearestLanguage(["zh-CN"])).toBe("zh-Hans");
    expect(nearestLanguage(["zh"])).toBe("zh-Hans");
    expect(nearestLanguage(["fr-FR", "en-GB"])).toBe("en");
    expect(nearestLanguage([])).toBe("en");
  });
});

type Node = { type: string; start: number; [key: string]: unknown };

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit);
  else if (node && typeof node === "object") {
    if ("type" in node) visit(node as Node);
    for (const value of Object.values(node)) walk(value, visit);
  }
}

const letters = /\p{L}{2}/u;
const shown = new Set([
  "label",
  "title",
  "placeholder",
  "description",
  "aria-label",
  "alt",
  "closeButtonLabel",
  "lead",
]);

/** strayTexts finds words for people that stand in a component itself. */
function strayTexts(name: string, code: string): string[] {
  const stray: string[] = [];
  walk(parseSync(name, code).program, (node) => {
    if (node.type === "JSXText" && letters.test(String(node.value))) stray.push(String(node.value).trim());
    if (node.type !== "JSXAttribute" || !shown.has((node.name as { name: string }).name)) return;
    const value = node.value as {
      type: string;
      value?: unknown;
      expression?: { type: string; value?: unknown };
    } | null;
    const literal = value?.type === "JSXExpressionContainer" ? value.expression : value;
    // An address as an example is no language's text.
    if (
      typeof literal?.value === "string" &&
      letters.test(literal.value) &&
      !/^https:\/\//.test(literal.value)
    )
      stray.push(literal.value);
  });
  return stray;
}

describe("texts in components", () => {
  it("are found", () => {
    expect(strayTexts("a.tsx", "<p>Hello there</p>")).toEqual(["Hello there"]);
    expect(strayTexts("a.tsx", '<input aria-label="Name" />')).toEqual(["Name"]);
    expect(strayTexts("a.tsx", '<input placeholder={"你的名字"} />')).toEqual(["你的名字"]);
    expect(strayTexts("a.tsx", '<p className="wide">{t.app.name}: </p>')).toEqual([]);
  });

  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"),
  );
  it("are all in the catalogue", () => {
    const stray = files.flatMap((name) =>
      strayTexts(name, readFileSync(join(source, name), "utf8")).map((text) => `${name}: ${text}`),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(stray).toEqual([]);
  });
});

import type { Catalogue } from "./en";

export type { Catalogue };

export const languages = ["en", "zh-Hant", "zh-Hans"] as const;
export type Language = (typeof languages)[number];

const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: async () => (await import("./en")).en,
  "zh-Hant": async () => (await import("./zh-Hant")).zhHant,
  "zh-Hans": async () => (await import("./zh-Hans")).zhHans,
};

export function loadCatalogue(language: Language): Promise<Catalogue> {
  return loaders[language]();
}

export function isLanguage(word: string | null | undefined): word is Language {
  return languages.includes(word as Language);
}

/** nearestLanguage finds the catalogue for what a browser asks for, such as zh-TW or en-GB. */
export function nearestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (isLanguage(tag)) return tag;
    const lower = tag.toLowerCase();
    if (lower.startsWith("zh")) return /hant|tw|hk|mo/.test(lower) ? "zh-Hant" : "zh-Hans";
    if (lower.startsWith("en")) return "en";
  }
  return "en";
}

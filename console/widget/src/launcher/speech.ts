/** The languages that there is a chat file for. */
export type Speech = "en" | "zh-Hant" | "zh-Hans";

/** The nearest of our languages to a BCP 47 tag: English for all that we do not speak. */
export function speech(tag: string): Speech {
  if (!/^zh\b/i.test(tag)) return "en";
  return /hans/i.test(tag) || !/hant|tw|hk|mo/i.test(tag) ? "zh-Hans" : "zh-Hant";
}

/** What the launcher says: its name, and that the chat could not be loaded. */
export const words: Record<Speech, readonly [string, string]> = {
  en: ["Ask us", "No connection. Try again"],
  "zh-Hant": ["問問我們", "沒有連線，請再試一次"],
  "zh-Hans": ["问问我们", "没有连接，请再试一次"],
};

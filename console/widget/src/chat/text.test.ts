import { expect, it } from "vitest";
import * as en from "./text/en";
import * as hans from "./text/zh-Hans";
import * as hant from "./text/zh-Hant";

it("has every text in every language, with the same blanks", () => {
  for (const texts of [hant, hans] as Record<string, string>[]) {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const [name, text] of Object.entries(en)) {
      expect(texts[name], name).toBeTruthy();
      expect(texts[name]?.match(/\{\w+\}/g), name).toEqual(text.match(/\{\w+\}/g));
    }
  }
});

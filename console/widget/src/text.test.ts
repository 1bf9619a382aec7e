import { expect, it } from "vitest";
import { column, texts } from "./text";

it("finds the column of a tag", () => {
  for (const [tag, want] of [
    ["en-GB", 0],
    ["fr", 0],
    ["", 0],
    ["zh-TW", 1],
    ["zh-Hant-HK", 1],
    ["zh-hk", 1],
    ["zh", 2],
    ["zh-CN", 2],
    ["zh-Hans-HK", 2],
    ["zh-SG", 2],
  ] as const) {
    expect(column(tag), tag).toBe(want);
  }
});

it("has every text in every language", () => {
  for (const tag of ["en", "zh-Hant", "zh-Hans"]) {
    for (const [name, text] of Object.entries(texts(tag))) expect(text, `${tag} ${name}`).not.toBe("");
    expect(texts(tag).wait).toContain("{n}");
  }
});

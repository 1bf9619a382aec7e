import { expect, it } from "vitest";
import { speech, words } from "./speech";

it("finds the nearest language of a tag", () => {
  for (const [tag, want] of [
    ["en-GB", "en"],
    ["fr", "en"],
    ["", "en"],
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-hk", "zh-Hant"],
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["zh-Hans-HK", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
  ] as const) {
    expect(speech(tag), tag).toBe(want);
    expect(words[speech(tag)][0]).toBeTruthy();
  }
});

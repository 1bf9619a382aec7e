import { durationFromMs, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { minorDigits, newFormat } from "./format";
import { zhHans } from "./zh-Hans";
import { zhHant } from "./zh-Hant";

// Narrow no-break spaces differ between versions of the language data.
const plain = (text: string) => text.replace(/\s/g, " ");

describe("format", () => {
  const english = newFormat("en", en.figure, "UTC");
  const taiwan = newFormat("zh-Hant", zhHant.figure, "Asia/Taipei");

  it("writes money with the currency's own digits", () => {
    expect(plain(english.money(1234n, "USD"))).toBe("$12.34");
    expect(plain(english.money(1234567n, "USD"))).toBe("$12,346");
    expect(plain(english.money(500n, "JPY"))).toBe("¥500");
    expect(plain(english.money(793600n, "TWD"))).toBe("NT$7,936");
    expect(minorDigits("JPY")).toBe(0);
    expect(minorDigits("EUR")).toBe(2);
  });

  it("writes waits in the unit that fits", () => {
    expect(plain(english.wait(durationFromMs(6)))).toBe("6 ms");
    expect(plain(english.wait(durationFromMs(1340)))).toBe("1.3 sec");
    expect(english.wait(undefined)).toBe("");
  });

  it("never says that something took no time", () => {
    const chinese = newFormat("zh-Hans", zhHans.figure, "Asia/Shanghai");
    for (const ms of [0, 0.4, 0.6, 0.99]) {
      expect(plain(english.wait(durationFromMs(ms)))).toBe("under 1 ms");
      expect(english.waitMs(ms)).toBe(english.wait(durationFromMs(ms)));
      expect(plain(taiwan.wait(durationFromMs(ms)))).toMatch(/^不到 1 毫秒$/);
      expect(plain(chinese.wait(durationFromMs(ms)))).toMatch(/^不到 1 毫秒$/);
    }
    expect(plain(english.wait(durationFromMs(1)))).toBe("1 ms");
  });

  it("writes prices with all digits that they have, and no more than prices have", () => {
    expect(english.price("2480.00", "TWD")).toBe("NT$2,480");
    expect(english.price("1299.5", "TWD")).toBe("NT$1,299.5");
    expect(english.price("12", "USD")).toBe("$12.00");
    expect(english.price("0.1234", "EUR")).toBe("€0.1234");
    expect(english.price("123456789012.1234", "USD")).toBe("$123,456,789,012.1234");
    expect(english.price("250", "")).toBe("250");
    expect(english.price("cheap", "TWD")).toBe("TWD cheap");
    expect(english.price("5", "¥¥")).toBe("¥¥ 5");
    expect(taiwan.price("12.5", "USD")).toBe("US$12.50");
    expect(newFormat("zh-Hans", zhHans.figure, "UTC").price("99", "CNY")).toBe("¥99.00");
  });

  it("writes work in minutes, then hours", () => {
    expect(english.work(90)).toBe("90 minutes");
    expect(english.work(330)).toBe("5.5 hours");
    expect(english.work(84, 330)).toBe("1.4 hours");
    expect(plain(taiwan.work(330))).toBe("5.5 小時");
  });

  it("says how long ago something was", () => {
    const now = Date.UTC(2026, 0, 10, 12);
    const at = (hours: number) => timestampFromDate(new Date(now - hours * 3_600_000));
    expect(english.ago(at(0), now)).toBe("just now");
    expect(english.ago(at(5), now)).toBe("5 hours ago");
    expect(english.ago(at(24 * 10), now)).toBe("10 days ago");
    expect(english.ago(at(24 * 100), now)).toBe("Oct 2, 2025");
    expect(english.ago(undefined, now)).toBe("");
  });

  it("keeps numerals apart from Chinese words, as the catalogue does", () => {
    const chinese = newFormat("zh-Hans", zhHans.figure, "Asia/Shanghai");
    const now = Date.UTC(2026, 0, 10, 12);
    const at = timestampFromDate(new Date(now - 8 * 60_000));
    expect([chinese.ago(at, now), chinese.age(at, now), chinese.work(330), chinese.waitMs(1340)]).toEqual([
      "8 分钟前",
      "8 分钟",
      "5.5 小时",
      "1.3 秒",
    ]);
    expect(chinese.date(at)).toBe("2026年1月10日"); // a date's own form
  });

  it("says how long something has lasted", () => {
    const now = Date.UTC(2026, 0, 10, 12);
    const at = (minutes: number) => timestampFromDate(new Date(now - minutes * 60_000));
    expect(english.age(at(-1), now)).toBe("1 minute");
    expect(english.age(at(0), now)).toBe("1 minute");
    expect(english.age(at(119), now)).toBe("119 minutes");
    expect(english.age(at(60 * 5), now)).toBe("5 hours");
    expect(plain(taiwan.age(at(60 * 24 * 3), now))).toBe("3 天");
    expect(english.age(undefined, now)).toBe("");
  });

  it("puts sentences one after the other", () => {
    expect(english.sentences("One.", undefined, "Two.")).toBe("One. Two.");
    expect(taiwan.sentences("一。", false, "二。")).toBe("一。二。");
  });
});

import { describe, expect, it } from "vitest";
import { complete } from "./starter";

describe("complete", () => {
  const entries = [{ facts: ["hours"] }, { facts: ["hours", "contact"] }, { facts: ["returns"] }];

  it("counts an entry once each of its facts is given", () => {
    expect(complete(entries, {})).toBe(0);
    expect(complete(entries, { hours: "9 to 5" })).toBe(1);
    expect(complete(entries, { hours: "9 to 5", contact: "us@shop.example" })).toBe(2);
  });

  it("takes blanks for nothing", () => {
    expect(complete(entries, { returns: "  " })).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { readFigures, readHome, readImport, readKnowledge, readLogIn } from "./search";

describe("the address", () => {
  it("brings back a list's state", () => {
    expect(
      readKnowledge({ q: 2024, category: "Shipping", page: 3, token: "abc", entry: "new", other: 1 }),
    ).toEqual({
      q: "2024",
      category: "Shipping",
      language: undefined,
      page: 3,
      token: "abc",
      entry: "new",
    });
  });

  it("drops what makes no sense", () => {
    expect(readKnowledge({ page: -1, token: "abc", q: "" })).toEqual({});
    expect(readHome({ period: "1y", view: "pie", ledger: "yes" })).toEqual({});
    expect(readImport({ status: "broken" })).toEqual({});
    expect(readFigures({ day: "2026-02-28" })).toEqual({ day: "2026-02-28" });
    for (const day of ["2026-13-01", "2026-01-45", "yesterday"]) expect(readFigures({ day })).toEqual({});
  });

  it("leads nowhere outside after logging in", () => {
    expect(readLogIn({ next: "/console/gaps" }).next).toBe("/console/gaps");
    for (const next of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
    ])
      expect(readLogIn({ next }).next).toBeUndefined();
  });
});
